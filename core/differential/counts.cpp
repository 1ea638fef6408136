#include "core/differential/counts.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace leukolens {
namespace {

constexpr std::string_view kCountingNames[] = {"in_n", "per_100", "outside"};

constexpr KnownClass kClasses[] = {
    {"neutrophil", Counting::kInN, true},
    {"lymphocyte", Counting::kInN, true},
    {"monocyte", Counting::kInN, true},
    {"eosinophil", Counting::kInN, true},
    {"basophil", Counting::kInN, true},
    {"immature_granulocyte", Counting::kInN},
    {"blast", Counting::kInN},
    {"other_or_abnormal", Counting::kInN},
    {kUnsureClass, Counting::kInN},
    {kErythroblastClass, Counting::kPer100},
    {"smudge", Counting::kPer100},
    {"not_a_white_cell", Counting::kOutside},
    {"artefact", Counting::kOutside},
    {"platelet", Counting::kOutside},
};

constexpr std::uint64_t kMostCells = 1'000'000;

Error wrong(std::string what) { return {ErrorCode::kWrongCounts, std::move(what)}; }

// Results are shown on terminals, which obey control characters.
bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

Result<Done> check_classes(const Counts& counts) {
  std::set<std::string_view> seen;
  std::uint64_t all = 0, in_n = 0, unreviewed = 0;
  for (const ClassCount& row : counts.classes) {
    if (row.name.empty()) return wrong("a class has no name");
    if (!is_plain(row.name)) return wrong("the name of a class has a control character");
    if (!seen.insert(row.name).second) return wrong("the class " + row.name + " is there twice");
    if (row.unreviewed > row.cells) {
      return wrong(row.name + " has more unreviewed cells than cells");
    }
    if (row.cells > kMostCells || (all += row.cells) > kMostCells) {
      return wrong("more than a million cells");
    }
    if (row.counting != Counting::kInN) continue;
    in_n += row.cells;
    unreviewed += row.unreviewed;
  }
  if (counts.unreviewed_elsewhere > in_n - unreviewed) {
    return wrong("more cells are unreviewed than counted");
  }
  return Done{};
}

Result<Done> check_range(const RangeSet& set) {
  if (set.id.empty()) return wrong("the range set has no name");
  for (const std::string& text : {set.id, set.title, set.population, set.date, set.source}) {
    if (!is_plain(text)) return wrong("the words about the ranges have a control character");
  }
  for (const ReferenceRange& range : set.ranges) {
    const bool is_range = std::isfinite(range.low) && std::isfinite(range.high) && range.low >= 0 &&
                          range.low < range.high;
    if (!is_range) {
      return wrong("the range of " + range.name + " has to be a low and a higher limit");
    }
  }
  return Done{};
}

Result<Done> check_table(const AnswerTable& table) {
  bool fits = table.kinds.size() >= 2 && table.answers.size() >= table.kinds.size() &&
              table.counts.size() == table.kinds.size();
  for (const std::vector<double>& row : table.counts) {
    fits = fits && row.size() == table.answers.size() &&
           std::ranges::all_of(row, [](double n) { return std::isfinite(n) && n >= 0; });
  }
  fits = fits && is_plain(table.source) && std::ranges::all_of(table.kinds, is_plain);
  if (!fits) return wrong("the table of answers has to have a row for each of two or more kinds");
  return Done{};
}

Result<Done> check_model(const ModelUsed& model) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  const bool is_hash = model.sha256.size() == 64 && std::ranges::all_of(model.sha256, is_hex);
  const bool is_named = !model.name.empty() && is_plain(model.name) && is_plain(model.version);
  if (!is_hash || !is_named) return wrong("a model has to have a name and the SHA-256 of its file");
  return Done{};
}

}  // namespace

std::string_view counting_name(Counting counting) {
  return kCountingNames[static_cast<std::size_t>(counting)];
}

std::optional<Counting> counting_of(std::string_view name) {
  const auto found = std::ranges::find(kCountingNames, name);
  if (found == std::end(kCountingNames)) return std::nullopt;
  return static_cast<Counting>(found - std::begin(kCountingNames));
}

std::span<const KnownClass> known_classes() { return kClasses; }

Result<Done> check(const Counts& counts) {
  if (auto classes = check_classes(counts); !classes) return classes.error();
  if (counts.white_count && !(*counts.white_count > 0 && *counts.white_count <= 1000)) {
    return wrong("the white count has to be in 10^9/L, above 0 and at most 1000");
  }
  if (counts.range) {
    if (auto range = check_range(*counts.range); !range) return range.error();
  }
  for (const ModelUsed& model : counts.models) {
    if (auto sound = check_model(model); !sound) return sound.error();
  }
  if (counts.table) return check_table(*counts.table);
  return Done{};
}

}  // namespace leukolens
