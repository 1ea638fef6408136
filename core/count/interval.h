// The exact binomial interval of Clopper and Pearson. Only numbers.
#pragma once

#include <cstdint>

namespace leukolens {

// Shares, 0..1.
struct Interval {
  double lower = 0, upper = 1;
};

// Regularised incomplete beta function I_x(a, b), a and b > 0, x in 0..1; absolute error < 1e-10
// for a + b up to 1e6.
double incomplete_beta(double a, double b, double x);
// The x with I_x(a, b) == p; absolute error < 1e-10.
double beta_quantile(double p, double a, double b);

// For `hits` of `n`, hits <= n. Never narrower than `confidence` (0..1, exclusive) promises. n == 0
// says nothing: 0..1.
Interval clopper_pearson(std::uint64_t hits, std::uint64_t n, double confidence = 0.95);

}  // namespace leukolens
