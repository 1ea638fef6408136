// What held-out cells say of a net: recall by site and class, calibration, refusal.
#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

#include "tools/trainer/cell_list.h"

namespace leukolens::trainer {

// Logits of some cells, in the order of `cells`.
struct CellAnswers {
  torch::Tensor logits;  // [n, classes + 2]
  std::vector<Cell> cells;
};

struct CellFit {
  double temperature = 1;  // sets weigh the same
  double threshold = 0.5;  // lowest reaching the target accuracy
  double side_thresholds[2] = {1, 1};
};

// `kept` of the white cells stay below each side's threshold. Sets weigh the same throughout.
CellFit fit(const CellAnswers& answers, int classes, double target_accuracy, double kept);

// Mean recall of the four common classes over one set's cells, 0..1.
double mean_recall(const CellAnswers& answers, const std::string& set,
                   const std::vector<std::string>& classes);

// Several lines for people: per set recall per class, mean recall over the four common classes,
// accuracy, at 90 % coverage too, ECE; AUROC of each refused kind.
std::string figures(const CellAnswers& answers, const std::vector<std::string>& classes,
                    const CellFit& fit);

}  // namespace leukolens::trainer
