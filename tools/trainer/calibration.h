// Temperature and threshold from pictures the net has not seen, and how well it did on them.
#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

namespace leukolens::trainer {

// Answers for originals, each in several versions.
struct Answers {
  torch::Tensor logits;  // [originals * variants, classes]
  torch::Tensor labels;  // [originals]
  int variants = 1;
};

// The answers of several held-out sides, one after the other. All with the same number of variants.
Answers joined(const std::vector<Answers>& parts);

struct Fit {
  double temperature = 1;          // minimises the negative log-likelihood, within 0.25..4
  double threshold = 0.5;          // lowest reaching the target, within 0.5..0.95
  double accuracy_classified = 0;  // of pictures at or above it
  double share_classified = 0;
};
Fit fit(const Answers& answers, double target_accuracy);

// "per picture 91.2 %, per original 92.5 % (49 of 53), recall eosinophil 16/18, …"
std::string figures(const Answers& answers, const std::vector<std::string>& classes);
// Share of versions answered rightly.
double accuracy_per_picture(const Answers& answers);

}  // namespace leukolens::trainer
