#include "tools/leukolens/gates.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "tools/leukolens/card.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr double kNinety = 0.9;

double of_figures(const Figures& figures, const std::string& measure) {
  if (measure == "accuracy") return figures.accuracy.share;
  if (measure == "mean_recall") return figures.mean_recall.share;
  if (measure == "ece") return figures.calibration_error;
  if (measure == "accuracy_at_90") {
    for (const CoveragePoint& point : figures.coverage) {
      if (std::fabs(point.coverage - kNinety) < 1e-9) return point.accuracy;
    }
  }
  throw Fault("a set of cells has no measure \"" + measure + '"');
}

double of_fields(const FieldCard& card, const std::string& measure) {
  if (measure == "counted_right") return card.counted_right.share;
  if (measure == "field_multiply_adds") return card.multiply_adds;
  if (measure == "f1_worst_size") {
    double worst = 1;
    for (const SizeFigures& size : card.sizes) worst = std::min(worst, size.f1);
    return worst;
  }
  for (const KindFigures& kind : card.kinds) {
    if (measure == "ap50 " + kind.kind) return kind.average_precision.share;
  }
  throw Fault("a set of fields has no measure \"" + measure + '"');
}

double of_refusal(const RefusalCard& card, const std::string& measure) {
  if (measure != "auroc") throw Fault("a refusal has no measure \"" + measure + '"');
  double worst = 1;
  for (const RefusedKind& kind : card.kinds) worst = std::min(worst, kind.auroc.share);
  return worst;
}

double of_quality(const QualityCard& card, const std::string& measure) {
  if (measure == "quiet") {
    return static_cast<double>(card.quiet) / static_cast<double>(card.pictures);
  }
  constexpr std::string_view kNoticed = "noticed ";
  for (const WarningRate& rate : card.rates) {
    if (measure == std::string(kNoticed) + rate.shown) return rate.rate().share;
  }
  throw Fault("a set for the warnings has no measure \"" + measure + '"');
}

double of_deletion(const CardData& data, const std::string& set) {
  const auto card = std::ranges::find(data.deletions, set, &DeletionCard::name);
  if (card == data.deletions.end()) throw Fault("the set " + set + " has no deletion test");
  return card->marked_loses_more.share;
}

// Nothing if the set wasn't run.
std::optional<double> measured(const CardData& data, const std::string& place,
                               const std::string& measure) {
  const std::size_t colon = std::min(place.find(':'), place.size());
  const std::string name = place.substr(0, colon);
  const std::string part = colon == place.size() ? "all" : place.substr(colon + 1);
  const auto fields = std::ranges::find(data.fields, name, &FieldCard::name);
  if (fields != data.fields.end()) return of_fields(*fields, measure);
  const auto quality = std::ranges::find(data.qualities, name, &QualityCard::name);
  if (quality != data.qualities.end()) return of_quality(*quality, measure);
  const auto refusal = std::ranges::find(data.refusals, name, &RefusalCard::name);
  if (refusal != data.refusals.end()) return of_refusal(*refusal, measure);
  const auto set = std::ranges::find(data.sets, name, &SetCard::name);
  if (set == data.sets.end()) return std::nullopt;
  if (measure == "deletion") return of_deletion(data, name);
  const auto view = std::ranges::find(set->views, part, &View::name);
  if (view == set->views.end()) throw Fault("the set " + name + " has no part \"" + part + '"');
  return of_figures(view->per_picture, measure);
}

GateResult judged(const Gate& gate, const CardData& data) {
  GateResult result{&gate};
  const bool at_most = std::isnan(gate.at_least);
  std::vector<double> values;
  if (gate.measure == "parameters") values = {static_cast<double>(data.parameters)};
  if (gate.measure == "multiply_adds") values = {static_cast<double>(data.multiply_adds)};
  if (gate.measure == "int8_bytes") values = {static_cast<double>(data.int8_bytes)};
  for (const std::string& place : gate.of) {
    const auto value = measured(data, place, gate.measure);
    if (!value) return result;
    values.push_back(*value);
  }
  if (values.empty()) throw Fault("the gate \"" + gate.title + "\" measures nothing");
  if (gate.combine == "mean") {
    result.value = 0;
    for (const double value : values) result.value += value / static_cast<double>(values.size());
  } else {
    result.value = at_most ? std::ranges::max(values) : std::ranges::min(values);
  }
  result.met = at_most ? result.value <= gate.at_most : result.value >= gate.at_least;
  return result;
}

std::string shown(const Gate& gate, double value) {
  if (gate.measure == "ece" || gate.measure == "auroc") return fixed(value, 3);
  if (gate.of.empty() || gate.measure == "field_multiply_adds") return fixed(value, 0);
  return percent(value);
}

}  // namespace

std::vector<GateResult> judge(const std::vector<Gate>& gates, const CardData& data) {
  std::vector<GateResult> results;
  for (const Gate& gate : gates) results.push_back(judged(gate, data));
  return results;
}

std::string gates_markdown(const std::vector<GateResult>& results) {
  std::string text = "## Aims\n\n| aim | bound | measured | |\n| --- | --- | --- | --- |\n";
  for (const GateResult& result : results) {
    const Gate& gate = *result.gate;
    const bool at_most = std::isnan(gate.at_least);
    text += "| " + gate.title + " | " + (at_most ? "at most " : "at least ") +
            shown(gate, at_most ? gate.at_most : gate.at_least) + " | ";
    if (std::isnan(result.value)) {
      text += "not run | |\n";
    } else {
      text +=
          shown(gate, result.value) + " | " + (result.met ? "reached" : "**not reached**") + " |\n";
    }
  }
  return text + '\n';
}

}  // namespace leukolens::tool
