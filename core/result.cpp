#include "core/result.h"

namespace leukolens {
namespace {

struct Entry {
  std::string_view name;
  std::string_view sentence;
};

constexpr Entry kEntries[] = {
#define LEUKOLENS_ERROR(name, code, sentence) {code, sentence},
#include "core/errors.def"
#undef LEUKOLENS_ERROR
};

const Entry& entry(ErrorCode code) { return kEntries[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view error_name(ErrorCode code) { return entry(code).name; }

std::string error_message(const Error& error) {
  std::string sentence(entry(error.code).sentence);
  const std::size_t at = sentence.find("{}");
  if (at != std::string::npos) sentence.replace(at, 2, error.what);
  return sentence;
}

}  // namespace leukolens
