#include "core/count/interval.h"

#include <cmath>

namespace leukolens {
namespace {

// Stirling's series from 10 up, the recurrence below it. std::lgamma would do, but it writes a
// global.
double log_gamma(double x) {
  double shift = 0;
  while (x < 10) shift -= std::log(x++);
  const double r = 1 / (x * x);
  const double series =
      (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x;
  constexpr double kHalfLogTwoPi = 0.91893853320467274178;
  return shift + (x - 0.5) * std::log(x) - x + kHalfLogTwoPi + series;
}

double away_from_zero(double value) { return std::fabs(value) < 1e-300 ? 1e-300 : value; }

// Continued fraction of I_x(a, b) by Lentz's method; quick where x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
  constexpr int kMaxTerms = 10'000;
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double fraction = d;
  for (int m = 1; m <= kMaxTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    fraction *= d * c;
    if (std::fabs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

}  // namespace

double incomplete_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incomplete_beta(b, a, 1 - x);
  const double log_front =
      log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) + b * std::log1p(-x);
  return std::exp(log_front) * beta_fraction(a, b, x) / a;
}

double beta_quantile(double p, double a, double b) {
  // I_x is monotone in x: halving the range 60 times leaves less than 1e-18.
  double low = 0, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (incomplete_beta(a, b, middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

Interval clopper_pearson(std::uint64_t hits, std::uint64_t n, double confidence) {
  const double tail = (1 - confidence) / 2;
  const double x = static_cast<double>(hits), misses = static_cast<double>(n - hits);
  Interval interval;
  if (hits > 0) interval.lower = beta_quantile(tail, x, misses + 1);
  if (hits < n) interval.upper = beta_quantile(1 - tail, x + 1, misses);
  return interval;
}

}  // namespace leukolens
