#include "tools/trainer/voc.h"

#include <stdexcept>
#include <string_view>

#include "tools/trainer/files.h"

namespace leukolens::trainer {
namespace {

// The text between <tag> and </tag>, from `at` on.
std::string_view inner(std::string_view text, const std::string& tag, const std::string& file) {
  const std::size_t from = text.find("<" + tag + ">"), to = text.find("</" + tag + ">");
  if (from == text.npos || to == text.npos || to < from) {
    throw std::runtime_error(file + ": an object has no <" + tag + ">");
  }
  return text.substr(from + tag.size() + 2, to - from - tag.size() - 2);
}

}  // namespace

std::vector<NamedBox> read_voc(const std::filesystem::path& file) {
  const std::vector<std::byte> bytes = read_bytes(file);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<NamedBox> boxes;
  for (std::size_t at = text.find("<object>"); at != text.npos;
       at = text.find("<object>", at + 1)) {
    const std::string_view object = text.substr(at, text.find("</object>", at) - at);
    const auto number = [&](const char* tag) {
      return std::stoi(std::string(inner(object, tag, file.string())));
    };
    const int left = number("xmin"), top = number("ymin");
    boxes.push_back({std::string(inner(object, "name", file.string())),
                     {left, top, number("xmax") - left, number("ymax") - top}});
  }
  return boxes;
}

}  // namespace leukolens::trainer
