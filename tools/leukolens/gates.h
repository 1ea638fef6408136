// What a model must reach, as a protocol states it, and whether it does.
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace leukolens::tool {

struct CardData;

struct Gate {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  std::string title;
  // Of a set of cells, per picture: "accuracy", "mean_recall", "ece", "accuracy_at_90" (at 90 %
  // coverage), "deletion" (share of cells that pass); of a set of fields: "ap50 white_cell" (or
  // another kind), "counted_right", "f1_worst_size", "field_multiply_adds" (mean of its pictures);
  // of a set for the warnings: "quiet" (share of sound pictures without one), "noticed " and the
  // name of what was done; of a set to be refused: "auroc" (of the worst kind); of the net:
  // "parameters", "multiply_adds" (of one run at the file's input), "int8_bytes".
  std::string measure;
  std::vector<std::string> of;               // sets, or "set:subset"; none for measures of the net
  std::string combine = "worst";             // or "mean", where there are several
  double at_least = kNone, at_most = kNone;  // one of them is given
};

struct GateResult {
  const Gate* gate = nullptr;
  double value = Gate::kNone;  // not a number if one of the sets wasn't run
  bool met = false;
};

// Throws Fault: a measure, set or subset that is unknown.
std::vector<GateResult> judge(const std::vector<Gate>& gates, const CardData& data);

std::string gates_markdown(const std::vector<GateResult>& results);

}  // namespace leukolens::tool
