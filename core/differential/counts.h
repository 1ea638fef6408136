// What was counted on a smear, as the differential takes it. Plain data: the command line fills it
// from a file or from options, the page from what is under review.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace leukolens {

// How a class takes part: among the n cells that are 100 %, told per 100 of them, or not at all.
enum class Counting { kInN, kPer100, kOutside };

// "in_n", "per_100", "outside".
std::string_view counting_name(Counting counting);
std::optional<Counting> counting_of(std::string_view name);

// The classes that need no explanation, in the order of every result. Bands are neutrophils.
struct KnownClass {
  std::string_view name;
  Counting counting;
  bool always_shown = false;  // a line also where none was seen: the interval bounds it
};
std::span<const KnownClass> known_classes();

inline constexpr std::string_view kUnsureClass = "unsure";
inline constexpr std::string_view kErythroblastClass = "erythroblast";

struct ClassCount {
  std::string name;
  Counting counting = Counting::kInN;
  std::uint64_t cells = 0;
  std::uint64_t unreviewed = 0;  // of `cells`, those that no person has looked at
};

enum class RangeUnit { kPerLitre, kPercent };

// Of one class: 10^9 cells per litre, or per cent; low < high.
struct ReferenceRange {
  std::string name;
  double low = 0, high = 0;
};

// Ranges differ between laboratories: a set has a name, a date and a source.
struct RangeSet {
  std::string id, title, population, date, source;  // all but id may be empty
  RangeUnit unit = RangeUnit::kPerLitre;
  std::vector<ReferenceRange> ranges;
};

// What a classifier answered on cells of known kind: counts[kind][answer]. Answers may be more than
// kinds ("unsure").
struct AnswerTable {
  std::string source;  // which model, which pictures
  std::vector<std::string> kinds, answers;
  std::vector<std::vector<double>> counts;
};

// A net that answered cells among those counted.
struct ModelUsed {
  std::string name, version;
  std::string sha256;  // of its file, 64 lower-case hex digits
};

struct Counts {
  std::vector<ClassCount> classes;         // each name once
  std::uint64_t unreviewed_elsewhere = 0;  // more unreviewed cells of n, of an untold class
  bool one_smear = true;                   // and counted consecutively
  std::optional<double> white_count;       // 10^9/L
  bool white_count_includes_erythroblasts = false;
  std::optional<RangeSet> range;
  std::optional<AnswerTable> table;
  std::vector<ModelUsed> models;  // none where a person counted alone
};

// Errors: wrong_counts, with what is wrong: a class twice or nameless, control
// characters, more unreviewed than
// counted, more than a million cells, a model without a name or with a hash that is none, a white
// count not in 0..1000, a range upside down, a table that isn't one.
Result<Done> check(const Counts& counts);

}  // namespace leukolens
