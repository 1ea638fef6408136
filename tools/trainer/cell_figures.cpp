#include "tools/trainer/cell_figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>

namespace leukolens::trainer {
namespace {

constexpr int kBins = 15;

struct Answer {
  int label = 0, picked = 0;
  double sure = 0, weight = 1;
};

double probability_of(const std::vector<double>& logits, int label, double temperature) {
  const double highest = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (double logit : logits) sum += std::exp((logit - highest) / temperature);
  return std::exp((logits[label] - highest) / temperature) / sum;
}

std::vector<double> row_of(const torch::Tensor& logits, std::size_t row, int count) {
  const float* from = logits.data_ptr<float>() + row * logits.size(1);
  return {from, from + count};
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Answers of the labelled cells of one set, or of all with sets weighing the same.
std::vector<Answer> answers_of(const CellAnswers& all, const std::string& set, int classes,
                               double temperature) {
  std::map<std::string, double> count;
  for (const Cell& cell : all.cells) count[cell.set] += cell.label >= 0;
  std::vector<Answer> list;
  for (std::size_t i = 0; i < all.cells.size(); ++i) {
    const Cell& cell = all.cells[i];
    if (cell.label < 0 || (!set.empty() && cell.set != set)) continue;
    const std::vector<double> logits = row_of(all.logits, i, classes);
    Answer answer;
    answer.label = cell.label;
    answer.picked = int(std::max_element(logits.begin(), logits.end()) - logits.begin());
    answer.sure = probability_of(logits, answer.picked, temperature);
    answer.weight = set.empty() ? 1 / count[cell.set] : 1;
    list.push_back(answer);
  }
  return list;
}

double log_likelihood(const CellAnswers& all, int classes, double temperature) {
  std::map<std::string, double> count, sum;
  for (std::size_t i = 0; i < all.cells.size(); ++i) {
    const Cell& cell = all.cells[i];
    if (cell.label < 0) continue;
    ++count[cell.set];
    sum[cell.set] +=
        std::log(probability_of(row_of(all.logits, i, classes), cell.label, temperature) + 1e-12);
  }
  double mean = 0;
  for (const auto& [set, total] : sum) mean += total / count[set] / double(sum.size());
  return mean;
}

double best_temperature(const CellAnswers& all, int classes) {
  double best = 1, best_value = -1e9;
  for (double t = 0.4; t < 4; t *= 1.02) {
    const double value = log_likelihood(all, classes, t);
    if (value > best_value) best_value = value, best = t;
  }
  return best;
}

double accuracy(const std::vector<Answer>& list) {
  double right = 0, sum = 0;
  for (const Answer& a : list) sum += a.weight, right += a.weight * (a.label == a.picked);
  return sum > 0 ? right / sum : 0;
}

double calibration_error(const std::vector<Answer>& list) {
  double right[kBins] = {}, sure[kBins] = {}, sum = 0, error = 0;
  for (const Answer& a : list) {
    const int bin = std::min(kBins - 1, static_cast<int>(a.sure * kBins));
    right[bin] += a.label == a.picked;
    sure[bin] += a.sure;
    ++sum;
  }
  for (int b = 0; b < kBins; ++b) error += std::abs(right[b] - sure[b]) / sum;
  return error;
}

double accuracy_at_coverage(std::vector<Answer> list, double coverage) {
  std::sort(list.begin(), list.end(),
            [](const Answer& a, const Answer& b) { return a.sure > b.sure; });
  list.resize(static_cast<std::size_t>(std::ceil(coverage * double(list.size()))));
  return accuracy(list);
}

// The larger of the two sides' probabilities.
double refusal_of(const CellAnswers& all, std::size_t row, int classes) {
  const float* logits = all.logits.data_ptr<float>() + row * all.logits.size(1);
  return sigmoid(std::max(logits[classes], logits[classes + 1]));
}

// Share of pairs in the right order.
double auroc(const std::vector<double>& refused, std::vector<double> white) {
  std::sort(white.begin(), white.end());
  double sum = 0;
  for (double r : refused) {
    const auto [low, high] = std::equal_range(white.begin(), white.end(), r);
    sum += double(low - white.begin()) + 0.5 * double(high - low);
  }
  return sum / double(refused.size()) / double(white.size());
}

double side_threshold(const CellAnswers& all, int classes, int side, double kept) {
  std::vector<std::pair<double, double>> sorted;  // probability, weight
  std::map<std::string, double> count;
  for (const Cell& cell : all.cells) count[cell.set] += cell.label >= 0;
  double sum = 0;
  for (std::size_t i = 0; i < all.cells.size(); ++i) {
    if (all.cells[i].label < 0) continue;
    const float* logits = all.logits.data_ptr<float>() + i * all.logits.size(1);
    sorted.emplace_back(sigmoid(logits[classes + side]), 1 / count[all.cells[i].set]);
    sum += sorted.back().second;
  }
  std::sort(sorted.begin(), sorted.end());
  double below = 0;
  for (const auto& [probability, weight] : sorted) {
    below += weight;
    if (below >= kept * sum) return std::clamp(probability, 0.3, 0.95);
  }
  return 0.95;
}

template <class... Values>
std::string text(const char* format, Values... values) {
  char line[300];
  std::snprintf(line, sizeof line, format, values...);
  return line;
}

struct Recalls {
  std::vector<int> members, right;  // of each class
  double mean = 0;                  // of the common ones that have members
};

Recalls recalls_of(const std::vector<Answer>& list, const std::vector<std::string>& classes) {
  Recalls recalls{std::vector<int>(classes.size()), std::vector<int>(classes.size())};
  for (const Answer& a : list) {
    ++recalls.members[a.label];
    recalls.right[a.label] += a.label == a.picked;
  }
  int seen = 0;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    if (classes[c] == "basophil" || recalls.members[c] == 0) continue;
    recalls.mean += double(recalls.right[c]) / recalls.members[c];
    ++seen;
  }
  recalls.mean /= std::max(seen, 1);
  return recalls;
}

std::string set_line(const std::string& set, const std::vector<Answer>& list,
                     const std::vector<std::string>& classes) {
  const Recalls recalls = recalls_of(list, classes);
  std::string line = "  " + set + ":";
  for (std::size_t c = 0; c < classes.size(); ++c) {
    line += text(" %s %d/%d", classes[c].c_str(), recalls.right[c], recalls.members[c]);
  }
  return line + text(
                    "; mean recall of the common %.1f %%, accuracy %.1f %%, at 90 %% coverage %.1f "
                    "%%, ECE %.3f\n",
                    100 * recalls.mean, 100 * accuracy(list), 100 * accuracy_at_coverage(list, 0.9),
                    calibration_error(list));
}

}  // namespace

CellFit fit(const CellAnswers& answers, int classes, double target_accuracy, double kept) {
  CellFit result;
  result.temperature = best_temperature(answers, classes);
  const std::vector<Answer> list = answers_of(answers, "", classes, result.temperature);
  for (int percent = 40; percent <= 95; ++percent) {
    result.threshold = percent / 100.0;
    std::vector<Answer> sure;
    for (const Answer& a : list) {
      if (a.sure >= result.threshold) sure.push_back(a);
    }
    if (accuracy(sure) >= target_accuracy) break;
  }
  for (int side = 0; side < 2; ++side) {
    result.side_thresholds[side] = side_threshold(answers, classes, side, kept);
  }
  return result;
}

double mean_recall(const CellAnswers& answers, const std::string& set,
                   const std::vector<std::string>& classes) {
  const int count = static_cast<int>(classes.size());
  return recalls_of(answers_of(answers, set, count, 1), classes).mean;
}

std::string figures(const CellAnswers& answers, const std::vector<std::string>& classes,
                    const CellFit& fit) {
  const int count = static_cast<int>(classes.size());
  std::map<std::string, int> sets;
  std::map<std::string, std::vector<double>> refusals;
  std::vector<double> white;
  int caught = 0, refused = 0;
  for (std::size_t i = 0; i < answers.cells.size(); ++i) {
    const Cell& cell = answers.cells[i];
    if (cell.label >= 0) {
      ++sets[cell.set];
      white.push_back(refusal_of(answers, i, count));
    } else {
      refusals[cell.kind].push_back(refusal_of(answers, i, count));
    }
  }
  std::string lines;
  for (const auto& [set, members] : sets) {
    lines += set_line(set, answers_of(answers, set, count, fit.temperature), classes);
  }
  for (const auto& [kind, values] : refusals) {
    refused += static_cast<int>(values.size());
    for (double v : values) caught += v >= std::min(fit.side_thresholds[0], fit.side_thresholds[1]);
    if (!white.empty()) {
      lines += text("  refusal of %s (%zu): AUROC %.3f\n", kind.c_str(), values.size(),
                    auroc(values, white));
    }
  }
  if (refused > 0) lines += text("  refused %d of %d\n", caught, refused);
  return lines;
}

}  // namespace leukolens::trainer
