#include "core/cells/judge.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace leukolens {

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kClassified:
      return "classified";
    case Verdict::kUnsure:
      return "unsure";
    case Verdict::kOtherOrAbnormal:
      return "other_or_abnormal";
    case Verdict::kNotAWhiteCell:
      return "not_a_white_cell";
  }
  std::abort();
}

namespace {

// The verdict of the side that exceeds its threshold most, if one reaches it.
void judge_sides(std::span<const float> logits, const std::vector<Side>& sides,
                 Judgement& judgement) {
  float most = 0;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const float probability = 1 / (1 + std::exp(-logits[i]));
    judgement.sides.push_back(probability);
    const float excess = probability - sides[i].threshold;
    if (excess < most) continue;
    most = excess;
    judgement.verdict = sides[i].verdict;
  }
}

}  // namespace

Judgement judge(std::span<const float> all, const Calibration& calibration) {
  const std::span<const float> logits = all.first(all.size() - calibration.sides.size());
  const auto highest = std::max_element(logits.begin(), logits.end());
  Judgement judgement;
  judgement.class_index = static_cast<std::size_t>(highest - logits.begin());
  judgement.probabilities.reserve(logits.size());
  double sum = 0;
  for (float logit : logits) {
    // Differences to the highest never overflow.
    const double power = std::exp((double(logit) - *highest) / calibration.temperature);
    judgement.probabilities.push_back(static_cast<float>(power));
    sum += power;
  }
  for (float& probability : judgement.probabilities) probability = float(probability / sum);
  const bool sure =
      judgement.probabilities[judgement.class_index] >= calibration.classified_threshold;
  judgement.verdict = sure ? Verdict::kClassified : Verdict::kUnsure;
  judge_sides(all.subspan(logits.size()), calibration.sides, judgement);
  return judgement;
}

}  // namespace leukolens
