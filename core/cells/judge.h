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

// Chosen on validation data, travels in the model file.
struct Calibration {
  float temperature = 1;  // > 0, logits are divided by it
  float classified_threshold =
      0;  // 0..1, highest probability at or above it: classified, else unsure
};

struct Judgement {
  std::size_t class_index = 0;  // of the highest probability
  Verdict verdict = Verdict::kUnsure;
  std::vector<float> probabilities;  // in label order, sum 1
};

// `logits` has one finite value per label, at least one.
Judgement judge(std::span<const float> logits, const Calibration& calibration);

}  // namespace leukolens
