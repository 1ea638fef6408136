#include "core/differential/differential_text.h"
#include "core/differential/rounding.h"
#include "core/report/csv.h"
#include "core/report/json.h"
#include "core/report/reading.h"

namespace leukolens {
namespace {

constexpr std::string_view kHeader =
    "class,count,counting,percent,lower,upper,absolute,absolute_lower,absolute_upper,flag,"
    "count_more,second_percent,second_lower,second_upper,per_100,n,status,models,program,"
    "intended_use\r\n";

std::string limits(const Interval& shown) {
  return json_number(written(shown.lower)) + ',' + json_number(written(shown.upper));
}

std::string second_fields(const std::string& name, const Differential& result) {
  if (result.second_interval) {
    for (const KindShare& kind : result.second_interval->kinds) {
      if (kind.name != name) continue;
      return json_number(written(rounded(100 * kind.share, 1))) + ',' +
             limits(outward(kind.interval, 100, 1));
    }
  }
  return ",,";
}

std::string tail(const Differential& result) {
  std::string models;
  for (const ModelUsed& model : result.models) {
    models += (models.empty() ? "" : "; ") + model_text(model);
  }
  return ',' + std::to_string(result.n) + ',' + std::string(status_name(result.status)) + ',' +
         csv_text(models) + ",LeukoLens " + std::string(kProgramVersion) + ',' +
         csv_text(kIntendedUse) + "\r\n";
}

std::string per_100_field(std::uint64_t cells, const Differential& result) {
  return json_number(written(per_100(cells, result.n)));
}

std::string class_line(const ClassShare& row, const Differential& result) {
  std::string line = csv_text(row.name) + ',' + std::to_string(row.cells) + ",in_n,";
  if (result.status == DifferentialStatus::kNone) return line + ",,,,,,,,,,," + tail(result);
  line += per_100_field(row.cells, result) + ',' + limits(outward(row.interval, 100, 1)) + ',';
  line += row.absolute ? json_number(written(rounded(*row.absolute, 2))) + ',' +
                             limits(outward(row.absolute_interval, 1, 2))
                       : ",,";
  line += ',' + std::string(flag_name(row.flag)) + ',';
  if (row.count_more) line += std::to_string(*row.count_more);
  return line + ',' + second_fields(row.name, result) + ',' + tail(result);
}

std::string beside_line(const Beside& row, std::string_view counting, bool has_ratio,
                        const Differential& result) {
  std::string line = csv_text(row.name) + ',' + std::to_string(row.cells) + ',' +
                     std::string(counting) + ",,,,,,,,,,,,";
  if (has_ratio && result.status != DifferentialStatus::kNone) {
    line += per_100_field(row.cells, result);
  }
  return line + tail(result);
}

}  // namespace

std::string differential_csv(const Differential& result) {
  std::string text(kHeader);
  for (const ClassShare& row : result.classes) text += class_line(row, result);
  for (const Beside& row : result.per_100) {
    text += beside_line(row, counting_name(Counting::kPer100), true, result);
  }
  for (const Beside& row : result.not_counted) {
    text += beside_line(row, counting_name(Counting::kOutside), false, result);
  }
  return text;
}

}  // namespace leukolens
