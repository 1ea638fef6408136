#include "tools/boxes/boxes.h"

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace leukolens::boxes {
namespace {

// The text between <tag> and </tag>, from `at` on.
std::string_view inner(std::string_view text, const std::string& tag, const std::string& file) {
  const std::size_t from = text.find("<" + tag + ">"), to = text.find("</" + tag + ">");
  if (from == text.npos || to == text.npos || to < from) {
    throw std::runtime_error(file + ": an object has no <" + tag + ">");
  }
  return text.substr(from + tag.size() + 2, to - from - tag.size() - 2);
}

std::ifstream opened(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + " is missing; unpack its zip file again");
  return in;
}

}  // namespace

std::vector<NamedBox> read_voc(const std::filesystem::path& file) {
  std::ifstream in = opened(file);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  std::vector<NamedBox> boxes;
  for (std::size_t at = text.find("<object>"); at != text.npos;
       at = text.find("<object>", at + 1)) {
    const std::string_view object =
        std::string_view(text).substr(at, text.find("</object>", at) - at);
    const auto number = [&](const char* tag) {
      return std::stoi(std::string(inner(object, tag, file.string())));
    };
    const int left = number("xmin"), top = number("ymin");
    boxes.push_back({std::string(inner(object, "name", file.string())),
                     {left, top, number("xmax") - left, number("ymax") - top}});
  }
  return boxes;
}

std::vector<RelativeBox> read_yolo(const std::filesystem::path& file) {
  std::ifstream in = opened(file);
  std::vector<RelativeBox> boxes;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    RelativeBox box;
    double x = 0, y = 0;
    if (!(words >> box.kind >> x >> y >> box.width >> box.height)) {
      throw std::runtime_error(file.string() + ": \"" + line + "\" is no box");
    }
    box.x = x - box.width / 2;
    box.y = y - box.height / 2;
    boxes.push_back(box);
  }
  return boxes;
}

}  // namespace leukolens::boxes
