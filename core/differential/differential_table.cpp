#include <algorithm>

#include "core/differential/differential_text.h"
#include "core/differential/rounding.h"
#include "core/report/json.h"
#include "core/report/reading.h"
#include "core/report/utf8.h"

namespace leukolens {
namespace {

// Characters on a terminal, roughly: code points.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, columns(text)), ' ');
}

std::string left_padded(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, columns(text)), ' ') + text;
}

std::string ranged(const Interval& shown, int decimals) {
  return fixed_text(shown.lower, decimals) + "–" + fixed_text(shown.upper, decimals);
}

std::string percent_text(double percent, const Interval& shown, bool none_seen) {
  if (none_seen) return "0 % (up to " + fixed_text(shown.upper, 1) + " %)";
  return fixed_text(percent, 1) + " % (" + ranged(shown, 1) + ')';
}

std::string flag_text(const ClassShare& row) {
  if (!row.range) return "";
  std::string text;
  if (row.flag == Flag::kHigh) text = "high, ";
  if (row.flag == Flag::kLow) text = "low, ";
  if (row.flag == Flag::kSpansHigh) text = "spans the upper edge, ";
  if (row.flag == Flag::kSpansLow) text = "spans the lower edge, ";
  if (row.count_more) text += "count about " + std::to_string(*row.count_more) + " more, ";
  return text + "range " + json_number(written(row.range->low)) + "–" +
         json_number(written(row.range->high));
}

std::string class_line(const ClassShare& row, const Differential& result) {
  std::string line = padded(valid_utf8(row.name), 21) + left_padded(std::to_string(row.cells), 6);
  if (result.status != DifferentialStatus::kNone) {
    const double percent = per_100(row.cells, result.n);
    line += "  " + padded(percent_text(percent, outward(row.interval, 100, 1), row.cells == 0), 21);
  }
  if (row.absolute) {
    line += "  " + padded(fixed_text(rounded(*row.absolute, 2), 2) + " (" +
                              ranged(outward(row.absolute_interval, 1, 2), 2) + ") x 10^9/L",
                          28);
  }
  line += "  " + flag_text(row);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

std::string beside_lines(const Differential& result) {
  std::string text;
  for (const Beside& row : result.per_100) {
    text += padded(valid_utf8(row.name), 21) + left_padded(std::to_string(row.cells), 6);
    if (result.status != DifferentialStatus::kNone) {
      const double ratio = per_100(row.cells, result.n);
      text += "  " + fixed_text(ratio, 1) + " per 100 white cells, not among them";
    }
    text += '\n';
  }
  for (const Beside& row : result.not_counted) {
    text += padded(valid_utf8(row.name), 21) + left_padded(std::to_string(row.cells), 6) +
            "  not counted\n";
  }
  return text;
}

std::string second_lines(const SecondInterval& second) {
  std::string text = "\nWith the classifier's errors, of " + std::to_string(second.cells) +
                     " cells, " + std::to_string(second.answers) + " not reviewed:\n";
  for (const KindShare& kind : second.kinds) {
    text += padded(valid_utf8(kind.name), 21) + "        " +
            percent_text(rounded(100 * kind.share, 1), outward(kind.interval, 100, 1), false) +
            '\n';
  }
  return text;
}

std::string range_line(const RangeSet& set) {
  std::string text = "\nRanges: " + (set.title.empty() ? set.id : set.title);
  for (const std::string& part : {set.population, set.date}) {
    if (!part.empty()) text += ", " + part;
  }
  return valid_utf8(text) + '\n';
}

std::string status_text(DifferentialStatus status) {
  std::string text(status_name(status));
  std::ranges::replace(text, '_', ' ');
  return status == DifferentialStatus::kNone ? "no differential" : text;
}

}  // namespace

std::string model_text(const ModelUsed& model) {
  return valid_utf8(model.name + ' ' + model.version) + " (SHA-256 " + model.sha256 + ')';
}

std::string differential_table(const Differential& result) {
  std::string text =
      std::to_string(result.n) + " white cells: " + status_text(result.status) + "\n\n";
  for (const ClassShare& row : result.classes) text += class_line(row, result);
  text += beside_lines(result);
  if (result.second_interval) text += second_lines(*result.second_interval);
  if (result.range) text += range_line(*result.range);
  text += '\n';
  for (const Note& note : result.notes) text += valid_utf8(note_text(note)) + '\n';
  text += "LeukoLens " + std::string(kProgramVersion);
  for (const ModelUsed& model : result.models) text += ", model " + model_text(model);
  return text + '\n' + std::string(kIntendedUse) + '\n';
}

}  // namespace leukolens
