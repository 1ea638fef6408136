#include "core/count/measures.h"

#include <algorithm>
#include <cmath>
#include <functional>

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

double auroc(std::span<const double> positives, std::span<const double> negatives) {
  if (positives.empty() || negatives.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> sorted(negatives.begin(), negatives.end());
  std::ranges::sort(sorted);
  double pairs = 0;
  for (const double score : positives) {
    const auto [low, high] = std::ranges::equal_range(sorted, score);
    pairs += static_cast<double>(low - sorted.begin()) + 0.5 * static_cast<double>(high - low);
  }
  return pairs / static_cast<double>(positives.size()) / static_cast<double>(sorted.size());
}

std::vector<ReliabilityBin> reliability(std::span<const Outcome> outcomes, std::size_t bins) {
  const double width = 1 / static_cast<double>(bins);
  std::vector<ReliabilityBin> all(bins);
  for (std::size_t i = 0; i < bins; ++i) {
    all[i].from = static_cast<double>(i) * width;
    all[i].to = i + 1 == bins ? 1 : static_cast<double>(i + 1) * width;
  }
  for (const Outcome& outcome : outcomes) {
    if (outcome.answer == kNoAnswer) continue;
    const auto at = static_cast<std::size_t>(outcome.confidence * static_cast<double>(bins));
    ReliabilityBin& bin = all[std::min(at, bins - 1)];
    ++bin.answers;
    bin.confidence += outcome.confidence;
    bin.accuracy += outcome.answer == outcome.truth ? 1 : 0;
  }
  for (ReliabilityBin& bin : all) {
    bin.confidence /= static_cast<double>(bin.answers);
    bin.accuracy /= static_cast<double>(bin.answers);
  }
  return all;
}

double expected_calibration_error(std::span<const Outcome> outcomes, std::size_t bins) {
  std::size_t answered = 0;
  double error = 0;
  for (const ReliabilityBin& bin : reliability(outcomes, bins)) {
    if (bin.answers == 0) continue;
    error += static_cast<double>(bin.answers) * std::fabs(bin.confidence - bin.accuracy);
    answered += bin.answers;
  }
  if (answered == 0) return std::numeric_limits<double>::quiet_NaN();
  return error / static_cast<double>(answered);
}

std::vector<CoveragePoint> accuracy_against_coverage(std::span<const Outcome> outcomes,
                                                     std::span<const double> coverages) {
  std::vector<Outcome> sorted(outcomes.begin(), outcomes.end());
  const auto sureness = [](const Outcome& outcome) {
    return outcome.answer == kNoAnswer ? -1 : outcome.confidence;
  };
  std::ranges::stable_sort(sorted, std::greater(), sureness);
  std::vector<CoveragePoint> points;
  for (const double coverage : coverages) {
    const auto count =
        static_cast<std::size_t>(std::ceil(coverage * static_cast<double>(sorted.size()) - 1e-9));
    const std::span<const Outcome> surest = std::span(sorted).first(std::min(count, sorted.size()));
    double right = 0;
    for (const Outcome& outcome : surest) right += outcome.answer == outcome.truth ? 1 : 0;
    const double n = static_cast<double>(surest.size());
    points.push_back({coverage, right / n, surest.empty() ? 0 : surest.back().confidence});
  }
  return points;
}

}  // namespace leukolens
