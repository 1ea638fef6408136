// Logits -> calibrated probabilities -> verdict. Cannot fail.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace leukolens {

enum class Verdict { kClassified, kUnsure, kOtherOrAbnormal, kNotAWhiteCell };
// "classified", "unsure", "other_or_abnormal", "not_a_white_cell".
std::string_view verdict_name(Verdict verdict);

// An answer beside the classes: what the cell is if it is none of them.
struct Side {
  Verdict verdict = Verdict::kOtherOrAbnormal;
  float threshold = 1;  // 0..1, at or above it the cell gets the verdict
};

// Chosen on validation data, travels in the model file.
struct Calibration {
  float temperature = 1;           // > 0, the classes' logits are divided by it
  float classified_threshold = 0;  // 0..1, highest probability at or above it: classified, else
                                   // unsure
  std::vector<Side> sides = {};    // one for each logit behind those of the classes
};

struct Judgement {
  std::size_t class_index = 0;  // of the highest probability
  Verdict verdict = Verdict::kUnsure;
  std::vector<float> probabilities;  // in label order, sum 1
  std::vector<float> sides;          // of each of Calibration::sides, 0..1, on its own
};

// `logits` has one finite value per label, at least one, and one per side behind them. Of several
// sides that reach their threshold the one that exceeds it most gives the verdict.
Judgement judge(std::span<const float> logits, const Calibration& calibration);

}  // namespace leukolens
