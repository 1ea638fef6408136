#include "core/differential/differential.h"

namespace leukolens {
namespace {

struct Entry {
  std::string_view name, sentence;
};

constexpr Entry kEntries[] = {
#define LEUKOLENS_NOTE(name, code, sentence) {code, sentence},
#include "core/differential/notes.def"
#undef LEUKOLENS_NOTE
};

}  // namespace

std::string_view note_name(NoteCode code) { return kEntries[static_cast<std::size_t>(code)].name; }

std::string note_text(const Note& note) {
  std::string sentence(kEntries[static_cast<std::size_t>(note.code)].sentence);
  const std::size_t at = sentence.find("{}");
  if (at != std::string::npos) sentence.replace(at, 2, note.what);
  return sentence;
}

}  // namespace leukolens
