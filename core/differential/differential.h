// The differential: shares of the white cells of one smear, with exact intervals, absolute counts
// and flags. Only numbers and codes; differential_json.h and its neighbours make text of them.
//
//   auto result = leukolens::differential(counts);
//   if (!result) return error_message(result.error());
//   puts(differential_json(*result).c_str());
//
// n counts white cells: the five kinds, other and abnormal ones and the unsure. Erythroblasts and
// smudges are told per 100 of them. The rules follow the idea of CLSI H20-A2 (2007, since
// replaced).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/count/interval.h"
#include "core/differential/counts.h"
#include "core/differential/second_interval.h"
#include "core/result.h"

namespace leukolens {

// kNone: under 50 cells, or not of one smear. kPreliminary: under 100. kNotComplete: more than 10 %
// unsure or unreviewed.
enum class DifferentialStatus { kNone, kPreliminary, kNotComplete, kComplete };
std::string_view status_name(DifferentialStatus status);

// kHigh, kLow: the whole interval lies beyond the range. kSpansHigh, kSpansLow: it spans that edge.
enum class Flag { kNone, kHigh, kLow, kSpansHigh, kSpansLow };
std::string_view flag_name(Flag flag);

// One line of the 100 %. Nothing but name and cells if there is no differential.
struct ClassShare {
  std::string name;
  std::uint64_t cells = 0;
  double share = 0;                     // 0..1
  Interval interval = {};               // 0..1, Clopper-Pearson, 95 %
  std::optional<double> absolute = {};  // 10^9/L, only with a white count
  Interval absolute_interval = {};
  std::optional<ReferenceRange> range = {};  // what the flag was judged by
  Flag flag = Flag::kNone;
  // How many cells more would settle a spanned edge if the share stayed; none if over 10,000.
  std::optional<std::uint64_t> count_more = {};
};

// A class beside the 100 %.
struct Beside {
  std::string name;
  std::uint64_t cells = 0;
  double per_100 = 0;  // white cells; 0 for what is only left out
};

// 10^9/L.
struct WhiteCount {
  double entered = 0;
  double corrected = 0;  // as if `entered` included the erythroblasts seen
  double used = 0;       // one of the two
};

enum class NoteCode {
#define LEUKOLENS_NOTE(name, code, sentence) name,
#include "core/differential/notes.def"
#undef LEUKOLENS_NOTE
};

// `what` fills the {} of the sentence.
struct Note {
  NoteCode code;
  std::string what = {};
};

// Stable name for programs, such as "not_100".
std::string_view note_name(NoteCode code);
std::string note_text(const Note& note);

struct Differential {
  std::uint64_t n = 0;
  std::uint64_t unreviewed = 0;  // of n
  DifferentialStatus status = DifferentialStatus::kNone;
  std::vector<ClassShare> classes;
  std::vector<Beside> per_100, not_counted;
  std::optional<WhiteCount> white_count;
  std::optional<RangeSet> range;
  std::optional<SecondInterval> second_interval;
  std::vector<Note> notes;
  std::vector<ModelUsed> models;
};

// Errors: those of check(counts).
Result<Differential> differential(const Counts& counts);

// The flag of an interval against a range in the same unit.
Flag flag_of(double estimate, const Interval& interval, const ReferenceRange& range);
// How many more than n cells the interval needs to lie on one side of `edge` (a share), if
// `share` stays; none if over 10,000.
std::optional<std::uint64_t> count_more(double share, std::uint64_t n, double edge);

}  // namespace leukolens
