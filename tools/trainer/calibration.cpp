#include "tools/trainer/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace leukolens::trainer {
namespace {

torch::Tensor label_per_picture(const Answers& answers) {
  return answers.labels.repeat_interleave(answers.variants);
}

double log_likelihood(const Answers& answers, double temperature) {
  const torch::Tensor logits = answers.logits.to(torch::kFloat64) / temperature;
  const torch::Tensor labels = label_per_picture(answers).unsqueeze(1);
  return logits.log_softmax(1).gather(1, labels).mean().item<double>();
}

// Highest point of a function with one, by golden section over the logarithm.
double best_temperature(const Answers& answers) {
  const double ratio = (std::sqrt(5.0) - 1) / 2;
  double low = std::log(0.25), high = std::log(4.0);
  while (high - low > 1e-4) {
    const double a = high - ratio * (high - low), b = low + ratio * (high - low);
    const bool left = log_likelihood(answers, std::exp(a)) > log_likelihood(answers, std::exp(b));
    (left ? high : low) = left ? b : a;
  }
  return std::exp((low + high) / 2);
}

}  // namespace

Answers joined(const std::vector<Answers>& parts) {
  Answers all;
  std::vector<torch::Tensor> logits, labels;
  for (const Answers& part : parts) {
    logits.push_back(part.logits);
    labels.push_back(part.labels);
    all.variants = part.variants;
  }
  all.logits = torch::cat(logits);
  all.labels = torch::cat(labels);
  return all;
}

Fit fit(const Answers& answers, double target_accuracy) {
  Fit result;
  result.temperature = best_temperature(answers);
  const auto [highest, picked] = (answers.logits / result.temperature).softmax(1).max(1);
  const torch::Tensor right = picked.eq(label_per_picture(answers));
  for (int percent = 50; percent <= 95; ++percent) {
    result.threshold = percent / 100.0;
    const torch::Tensor sure = highest.ge(result.threshold);
    const double count = sure.sum().item<double>();
    result.share_classified = count / static_cast<double>(sure.size(0));
    result.accuracy_classified =
        count > 0 ? right.logical_and(sure).sum().item<double>() / count : 0;
    if (result.accuracy_classified >= target_accuracy) break;
  }
  return result;
}

double accuracy_per_picture(const Answers& answers) {
  return answers.logits.argmax(1)
      .eq(label_per_picture(answers))
      .to(torch::kFloat64)
      .mean()
      .item<double>();
}

std::string figures(const Answers& answers, const std::vector<std::string>& classes) {
  const std::int64_t originals = answers.labels.size(0);
  const torch::Tensor mean =
      answers.logits.softmax(1).view({originals, answers.variants, -1}).mean(1);
  const torch::Tensor right = mean.argmax(1).eq(answers.labels);
  const long right_count = right.sum().item<long>();
  char line[200];
  std::snprintf(line, sizeof line, "per picture %.1f %%, per original %.1f %% (%ld of %ld), recall",
                100 * accuracy_per_picture(answers),
                100.0 * static_cast<double>(right_count) / static_cast<double>(originals),
                right_count, static_cast<long>(originals));
  std::string text = line;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const torch::Tensor members = answers.labels.eq(static_cast<std::int64_t>(c));
    text += (c ? ", " : " ") + classes[c] + " " +
            std::to_string(right.logical_and(members).sum().item<long>()) + "/" +
            std::to_string(members.sum().item<long>());
  }
  return text;
}

}  // namespace leukolens::trainer
