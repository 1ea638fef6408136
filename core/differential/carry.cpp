#include "core/differential/carry.h"

#include <algorithm>
#include <utility>

#include "core/differential/rounding.h"

namespace leukolens {
namespace {

constexpr double kFewestOfKind = 20;
constexpr double kWorstCondition = 20;

// Where names stand in every result; others come after, by name. The draws depend on the order, so
// it must not be that of a file.
std::vector<std::size_t> usual_order(const std::vector<std::string>& names) {
  const auto place = [&](std::size_t i) {
    const auto known = std::ranges::find(known_classes(), names[i], &KnownClass::name);
    return std::pair(known - known_classes().begin(), names[i]);
  };
  std::vector<std::size_t> order(names.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, place);
  return order;
}

AnswerTable in_usual_order(const AnswerTable& table) {
  AnswerTable ordered{table.source, {}, {}, {}};
  const std::vector<std::size_t> kinds = usual_order(table.kinds),
                                 answers = usual_order(table.answers);
  for (const std::size_t answer : answers) ordered.answers.push_back(table.answers[answer]);
  for (const std::size_t kind : kinds) {
    ordered.kinds.push_back(table.kinds[kind]);
    std::vector<double>& row = ordered.counts.emplace_back();
    for (const std::size_t answer : answers) row.push_back(table.counts[kind][answer]);
  }
  return ordered;
}

// The counted cells as the sampler takes them.
struct Sorted {
  std::vector<std::string> kinds;  // of the table, then others that a person saw
  std::vector<std::uint64_t> answers, reviewed;
  std::uint64_t without_rates = 0;  // unreviewed, but the table has no such answer
  std::uint64_t known = 0, answered = 0;
};

Sorted sorted(const Counts& counts, const AnswerTable& table) {
  Sorted cells;
  cells.kinds = table.kinds;
  cells.answers.resize(table.answers.size());
  cells.reviewed.resize(table.kinds.size());
  for (const ClassCount& row : counts.classes) {
    if (row.counting != Counting::kInN) continue;
    const auto answer = std::ranges::find(table.answers, row.name);
    if (answer == table.answers.end()) {
      cells.without_rates += row.unreviewed;
    } else {
      cells.answers[static_cast<std::size_t>(answer - table.answers.begin())] = row.unreviewed;
      cells.answered += row.unreviewed;
    }
    const std::uint64_t known = row.cells - row.unreviewed;
    if (row.name == kUnsureClass || known == 0) continue;  // looked at, and still not known
    auto kind = std::ranges::find(cells.kinds, row.name);
    if (kind == cells.kinds.end()) {
      cells.kinds.push_back(row.name);
      cells.reviewed.push_back(known);
    } else {
      cells.reviewed[static_cast<std::size_t>(kind - cells.kinds.begin())] = known;
    }
    cells.known += known;
  }
  return cells;
}

// Why the table can't carry an interval, if so.
std::optional<Note> refusal(const Counts& counts, const AnswerTable& table, const Sorted& cells) {
  if (counts.unreviewed_elsewhere > 0) return Note{NoteCode::kUnreviewedUntold};
  if (cells.answered == 0) {
    return Note{cells.without_rates > 0 ? NoteCode::kNoRates : NoteCode::kAllReviewed};
  }
  for (std::size_t kind = 0; kind < table.kinds.size(); ++kind) {
    double checked = 0;
    for (const double n : table.counts[kind]) checked += n;
    if (checked < kFewestOfKind) return Note{NoteCode::kTableTooSmall, table.kinds[kind]};
  }
  const double condition = condition_number(table);
  if (condition <= kWorstCondition) return std::nullopt;
  const bool is_singular = condition > 1e6;
  return Note{NoteCode::kTableTellsNothing,
              is_singular ? "without limit" : fixed_text(rounded_up(condition, 0), 0)};
}

// The person's cells as they are, the answers as they most likely are.
double likeliest(const Sorted& cells, const std::vector<double>& shares, std::size_t kind) {
  const double hidden =
      kind < shares.size() ? shares[kind] * static_cast<double>(cells.answered) : 0;
  return (hidden + static_cast<double>(cells.reviewed[kind])) /
         static_cast<double>(cells.answered + cells.known);
}

}  // namespace

void carry_errors(const Counts& counts, Differential& result) {
  if (!counts.table) return;
  const AnswerTable table = in_usual_order(*counts.table);
  const Sorted cells = sorted(counts, table);
  if (auto note = refusal(counts, table, cells)) {
    result.notes.push_back(*std::move(note));
    return;
  }
  const std::vector<double> shares = likeliest_shares(table, cells.answers);
  const std::vector<Interval> intervals =
      carried_intervals(table, cells.answers, cells.reviewed, {});
  SecondInterval second{table.source, cells.answered + cells.known, cells.answered, {}};
  for (std::size_t kind = 0; kind < cells.kinds.size(); ++kind) {
    second.kinds.push_back({cells.kinds[kind], likeliest(cells, shares, kind), intervals[kind]});
  }
  result.second_interval = std::move(second);
  result.notes.push_back({NoteCode::kSecondInterval, table.source});
  if (cells.without_rates > 0) {
    const bool one = cells.without_rates == 1;
    result.notes.push_back({NoteCode::kAnswersLeftOut,
                            std::to_string(cells.without_rates) + (one ? " answer" : " answers")});
  }
}

}  // namespace leukolens
