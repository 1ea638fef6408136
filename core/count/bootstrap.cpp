#include "core/count/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace leukolens {

double percentile(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::uint64_t SeededRandom::next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::size_t SeededRandom::below(std::size_t n) {
  // Numbers of the last, incomplete round would favour small results.
  const std::uint64_t range = n, incomplete = (0 - range) % range;
  std::uint64_t number = next();
  while (number < incomplete) number = next();
  return static_cast<std::size_t>(number % range);
}

Interval bootstrap(std::size_t groups,
                   const std::function<double(std::span<const std::size_t> drawn)>& statistic,
                   const BootstrapPlan& plan) {
  SeededRandom random(plan.seed);
  std::vector<std::size_t> drawn(groups);
  std::vector<double> values;
  values.reserve(plan.resamples);
  for (std::size_t i = 0; groups > 0 && i < plan.resamples; ++i) {
    for (std::size_t& group : drawn) group = random.below(groups);
    const double value = statistic(drawn);
    if (!std::isnan(value)) values.push_back(value);
  }
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  if (values.empty()) return {kNan, kNan};
  std::sort(values.begin(), values.end());
  const double tail = (1 - plan.confidence) / 2;
  return {percentile(values, tail), percentile(values, 1 - tail)};
}

}  // namespace leukolens
