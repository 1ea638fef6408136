// How good answers are: confusion matrix, accuracy, recall, precision, calibration error. Only
// numbers; classes are indices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace leukolens {

// The answer where none was given, such as for a picture in which no cell was found. Wrong always.
inline constexpr std::size_t kNoAnswer = std::numeric_limits<std::size_t>::max();

struct Outcome {
  std::size_t truth = 0;
  std::size_t answer = kNoAnswer;
  double confidence = 0;  // the answer's probability, 0..1
};

// `hits` of `n`.
struct Proportion {
  std::uint64_t hits = 0, n = 0;
  double share() const;  // not a number if n == 0
};

// Rows are true classes, columns answers; the last column counts no answer.
class Confusion {
 public:
  // Each truth is < classes, each answer < classes or kNoAnswer.
  Confusion(std::span<const Outcome> outcomes, std::size_t classes);

  std::size_t classes() const { return classes_; }
  std::uint64_t at(std::size_t truth, std::size_t answer) const;  // answer may be kNoAnswer

  Proportion accuracy() const;
  Proportion recall(std::size_t truth) const;      // of those that are it
  Proportion precision(std::size_t answer) const;  // of those called it
  double mean_recall() const;                      // over the classes that occur
  std::uint64_t unanswered() const;

 private:
  std::size_t classes_;
  std::vector<std::uint64_t> counts_;
};

// Expected calibration error over the outcomes with an answer: the mean gap between confidence and
// accuracy in bins of equal width, weighted by their size. Not a number without an answer.
double expected_calibration_error(std::span<const Outcome> outcomes, std::size_t bins = 15);

// Share of pairs in which the positive has the higher score, ties half: the area under the ROC
// curve. Not a number if either is empty.
double auroc(std::span<const double> positives, std::span<const double> negatives);

// One bin of a reliability plot: answers whose confidence lies in [from, to).
struct ReliabilityBin {
  double from = 0, to = 1;
  std::size_t answers = 0;
  double confidence = 0, accuracy = 0;  // means; not numbers without an answer
};

// The bins of expected_calibration_error, lowest first.
std::vector<ReliabilityBin> reliability(std::span<const Outcome> outcomes, std::size_t bins = 15);

// The surest share of the outcomes, and how many of those are right. Outcomes without an answer are
// the least sure.
struct CoveragePoint {
  double coverage = 1;    // share answered, 0..1
  double accuracy = 0;    // not a number if there are no outcomes
  double confidence = 0;  // of the least sure of them
};

// At each of `coverages` (above 0, at most 1): the ceil(coverage x n) surest outcomes.
std::vector<CoveragePoint> accuracy_against_coverage(std::span<const Outcome> outcomes,
                                                     std::span<const double> coverages);

}  // namespace leukolens
