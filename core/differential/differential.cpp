#include "core/differential/differential.h"

#include <algorithm>

#include "core/differential/carry.h"
#include "core/differential/rounding.h"

namespace leukolens {
namespace {

constexpr std::string_view kStatusNames[] = {"none", "preliminary", "not_complete", "complete"};

constexpr std::uint64_t kFewest = 50;       // below: no differential
constexpr std::uint64_t kUsualLeast = 100;  // below: preliminary

// The rows of one way of counting, known classes in their order and then the person's own.
std::vector<ClassCount> rows_of(const Counts& counts, Counting counting) {
  std::vector<ClassCount> rows;
  const auto is_known = [](const ClassCount& row) {
    return std::ranges::count(known_classes(), row.name, &KnownClass::name) > 0;
  };
  for (const KnownClass& known : known_classes()) {
    if (known.name == kUnsureClass) {  // the unsure come last of what has a name
      for (const ClassCount& row : counts.classes) {
        if (row.counting == counting && !is_known(row)) rows.push_back(row);
      }
    }
    const auto row = std::ranges::find(counts.classes, known.name, &ClassCount::name);
    if (row != counts.classes.end()) {
      if (row->counting == counting) rows.push_back(*row);
    } else if (known.always_shown && known.counting == counting) {
      rows.push_back({std::string(known.name), counting});
    }
  }
  return rows;
}

std::uint64_t unsure_in(const Counts& counts) {
  const auto row = std::ranges::find(counts.classes, kUnsureClass, &ClassCount::name);
  return row == counts.classes.end() ? 0 : row->cells;
}

// Unsure cells once, also those that nobody has looked at.
std::uint64_t open_cells(const Counts& counts, std::uint64_t unreviewed) {
  const auto row = std::ranges::find(counts.classes, kUnsureClass, &ClassCount::name);
  const std::uint64_t both = row == counts.classes.end() ? 0 : row->unreviewed;
  return unsure_in(counts) + unreviewed - both;
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  return std::to_string(part) + " (" + fixed_text(per_100(part, whole), 1) + " %)";
}

void set_status(const Counts& counts, Differential& result) {
  const std::uint64_t open = open_cells(counts, result.unreviewed);
  if (!counts.one_smear) {
    result.notes.push_back({NoteCode::kSeveralSmears});
  } else if (result.n < kFewest) {
    result.notes.push_back({NoteCode::kTooFew});
  } else if (10 * open > result.n) {
    result.status = DifferentialStatus::kNotComplete;
    result.notes.push_back({NoteCode::kNotComplete, share_text(open, result.n)});
    if (result.n < kUsualLeast) result.notes.push_back({NoteCode::kPreliminary});
  } else if (result.n < kUsualLeast) {
    result.status = DifferentialStatus::kPreliminary;
    result.notes.push_back({NoteCode::kPreliminary});
  } else {
    result.status = DifferentialStatus::kComplete;
  }
  if (result.unreviewed > 0) {
    result.notes.push_back({NoteCode::kUnverified, share_text(result.unreviewed, result.n)});
  }
}

void set_white_count(const Counts& counts, Differential& result) {
  if (!counts.white_count) return;
  const auto seen = std::ranges::find(result.per_100, kErythroblastClass, &Beside::name);
  const double per_100 = seen == result.per_100.end() ? 0 : seen->per_100;
  const double entered = *counts.white_count, corrected = entered * 100 / (100 + per_100);
  const bool is_in = counts.white_count_includes_erythroblasts;
  result.white_count = WhiteCount{entered, corrected, is_in ? corrected : entered};
  if (per_100 == 0) return;
  const NoteCode code = is_in ? NoteCode::kWhiteCountCorrected : NoteCode::kWhiteCountAsEntered;
  result.notes.push_back({code, fixed_text(rounded(corrected, 2), 2)});
}

void judge(const Differential& result, ClassShare& row) {
  const RangeSet& set = *result.range;
  const auto range = std::ranges::find(set.ranges, row.name, &ReferenceRange::name);
  if (range == set.ranges.end()) return;
  const bool in_percent = set.unit == RangeUnit::kPercent;
  const double scale = in_percent ? 100 : result.white_count->used;
  row.range = *range;
  row.flag =
      flag_of(scale * row.share, {scale * row.interval.lower, scale * row.interval.upper}, *range);
  if (row.flag == Flag::kSpansHigh) {
    row.count_more = count_more(row.share, result.n, range->high / scale);
  } else if (row.flag == Flag::kSpansLow) {
    row.count_more = count_more(row.share, result.n, range->low / scale);
  }
}

// Absolute counts are what is flagged; percentages only while no white count is known, because a
// high share of one class lowers all others.
bool can_flag(Differential& result) {
  if (!result.range) return false;
  const bool in_percent = result.range->unit == RangeUnit::kPercent;
  if (in_percent != result.white_count.has_value()) return true;
  result.notes.push_back(
      {in_percent ? NoteCode::kFlagsNeedAbsolute : NoteCode::kFlagsNeedWhiteCount,
       result.range->title.empty() ? result.range->id : result.range->title});
  return false;
}

void set_shares(Differential& result) {
  const bool flags = can_flag(result);
  for (ClassShare& row : result.classes) {
    row.share = static_cast<double>(row.cells) / static_cast<double>(result.n);
    row.interval = clopper_pearson(row.cells, result.n);
    if (result.white_count) {
      const double scale = result.white_count->used;
      row.absolute = scale * row.share;
      row.absolute_interval = {scale * row.interval.lower, scale * row.interval.upper};
    }
    if (flags) judge(result, row);
  }
}

void add_notes_on_figures(Differential& result) {
  std::int64_t tenths = 0;
  std::string unseen;
  for (const ClassShare& row : result.classes) {
    tenths += per_100_tenths(row.cells, result.n);
    if (row.cells == 0) unseen += (unseen.empty() ? "" : ", ") + row.name;
  }
  if (tenths != 1000) {
    result.notes.push_back(
        {NoteCode::kNotHundred, fixed_text(static_cast<double>(tenths) / 10, 1)});
  }
  if (!unseen.empty()) result.notes.push_back({NoteCode::kNoneSeen, unseen});
  result.notes.push_back({NoteCode::kCountingInterval});
}

Differential counted(const Counts& counts) {
  Differential result;
  result.unreviewed = counts.unreviewed_elsewhere;
  for (const ClassCount& row : rows_of(counts, Counting::kInN)) {
    result.n += row.cells;
    result.unreviewed += row.unreviewed;
    result.classes.push_back({row.name, row.cells});
  }
  const auto n = static_cast<double>(result.n);
  for (const ClassCount& row : rows_of(counts, Counting::kPer100)) {
    const double per_100 = result.n == 0 ? 0 : 100 * static_cast<double>(row.cells) / n;
    result.per_100.push_back({row.name, row.cells, per_100});
  }
  for (const ClassCount& row : rows_of(counts, Counting::kOutside)) {
    result.not_counted.push_back({row.name, row.cells});
  }
  result.range = counts.range;
  result.models = counts.models;
  return result;
}

}  // namespace

std::string_view status_name(DifferentialStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

Result<Differential> differential(const Counts& counts) {
  if (auto checked = check(counts); !checked) return checked.error();
  Differential result = counted(counts);
  set_status(counts, result);
  if (result.status == DifferentialStatus::kNone) return result;
  set_white_count(counts, result);
  set_shares(result);
  add_notes_on_figures(result);
  carry_errors(counts, result);
  return result;
}

}  // namespace leukolens
