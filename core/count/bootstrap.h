// Intervals for observations that come in groups (the many pictures of one blood cell): whole
// groups are drawn again with replacement, so that pictures of one cell don't pass for many cells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/count/interval.h"

namespace leukolens {

// SplitMix64: the same numbers on every machine and in every browser.
class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::size_t below(std::size_t n);  // 0..n-1, each as likely; n > 0

 private:
  std::uint64_t state_;
};

struct BootstrapPlan {
  std::size_t resamples = 2000;
  std::uint64_t seed = 1;
  double confidence = 0.95;
};

// Of sorted values, at least one: linear between the two neighbours of p (0..1), as most statistics
// programs do by default.
double percentile(const std::vector<double>& sorted, double p);

// Percentile interval of `statistic`, which is given the indices of the groups drawn (as many as
// there are). Draws for which it is not a number, such as the recall of a class that wasn't drawn,
// are left out; without any other the interval is not a number.
Interval bootstrap(std::size_t groups,
                   const std::function<double(std::span<const std::size_t> drawn)>& statistic,
                   const BootstrapPlan& plan);

}  // namespace leukolens
