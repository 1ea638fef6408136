#include "core/count/measures.h"

#include <algorithm>
#include <cmath>

namespace leukolens {

double Proportion::share() const {
  return n == 0 ? std::numeric_limits<double>::quiet_NaN()
                : static_cast<double>(hits) / static_cast<double>(n);
}

Confusion::Confusion(std::span<const Outcome> outcomes, std::size_t classes)
    : classes_(classes), counts_(classes * (classes + 1)) {
  for (const Outcome& outcome : outcomes) {
    ++counts_[outcome.truth * (classes + 1) + std::min(outcome.answer, classes)];
  }
}

std::uint64_t Confusion::at(std::size_t truth, std::size_t answer) const {
  return counts_[truth * (classes_ + 1) + std::min(answer, classes_)];
}

Proportion Confusion::accuracy() const {
  Proportion accuracy;
  for (std::size_t i = 0; i < classes_; ++i) {
    accuracy.hits += at(i, i);
    accuracy.n += recall(i).n;
  }
  return accuracy;
}

Proportion Confusion::recall(std::size_t truth) const {
  Proportion recall{at(truth, truth), at(truth, kNoAnswer)};
  for (std::size_t answer = 0; answer < classes_; ++answer) recall.n += at(truth, answer);
  return recall;
}

Proportion Confusion::precision(std::size_t answer) const {
  Proportion precision{at(answer, answer), 0};
  for (std::size_t truth = 0; truth < classes_; ++truth) precision.n += at(truth, answer);
  return precision;
}

double Confusion::mean_recall() const {
  double sum = 0;
  std::size_t occurring = 0;
  for (std::size_t i = 0; i < classes_; ++i) {
    const Proportion one = recall(i);
    if (one.n == 0) continue;
    sum += one.share();
    ++occurring;
  }
  return occurring == 0 ? std::numeric_limits<double>::quiet_NaN()
                        : sum / static_cast<double>(occurring);
}

std::uint64_t Confusion::unanswered() const {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < classes_; ++i) sum += at(i, kNoAnswer);
  return sum;
}

double expected_calibration_error(std::span<const Outcome> outcomes, std::size_t bins) {
  std::vector<double> gap(bins);  // sum of (confidence - right) in the bin
  std::size_t answered = 0;
  for (const Outcome& outcome : outcomes) {
    if (outcome.answer == kNoAnswer) continue;
    const auto bin = static_cast<std::size_t>(outcome.confidence * static_cast<double>(bins));
    gap[std::min(bin, bins - 1)] +=
        outcome.confidence - (outcome.answer == outcome.truth ? 1.0 : 0.0);
    ++answered;
  }
  if (answered == 0) return std::numeric_limits<double>::quiet_NaN();
  double error = 0;
  for (const double one : gap) error += std::fabs(one);
  return error / static_cast<double>(answered);
}

}  // namespace leukolens
