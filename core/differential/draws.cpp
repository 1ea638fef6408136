#include "core/differential/draws.h"

#include <cmath>

namespace leukolens {

double Draws::uniform() { return (static_cast<double>(random_.next() >> 11) + 0.5) * 0x1p-53; }

// The polar method of Marsaglia; its second number is not kept, so that draws have no memory.
double Draws::normal() {
  for (;;) {
    const double u = 2 * uniform() - 1, v = 2 * uniform() - 1;
    const double s = u * u + v * v;
    if (s < 1 && s > 0) return u * std::sqrt(-2 * std::log(s) / s);
  }
}

// Marsaglia and Tsang 2000, ACM TOMS 26:363-372; below 1 by their boost from shape + 1.
double Draws::gamma(double shape) {
  if (shape < 1) return gamma(shape + 1) * std::pow(uniform(), 1 / shape);
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = normal(), root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (std::log(uniform()) < x * x / 2 + d - d * v + d * std::log(v)) return d * v;
  }
}

double Draws::beta(double a, double b) {
  const double x = gamma(a);
  return x / (x + gamma(b));
}

// While n is large, the middle one of n uniform numbers tells on which side of p half of them lie
// (Devroye 1986, Non-Uniform Random Variate Generation, chapter X.4).
std::uint64_t Draws::binomial(std::uint64_t n, double p) {
  std::uint64_t hits = 0;
  while (n > 40) {
    const std::uint64_t rank = 1 + n / 2;
    const double middle = beta(static_cast<double>(rank), static_cast<double>(n + 1 - rank));
    if (middle >= p) {
      n = rank - 1;
      p /= middle;
    } else {
      hits += rank;
      n -= rank;
      p = (p - middle) / (1 - middle);
    }
  }
  for (; n > 0; --n) hits += uniform() < p;
  return hits;
}

void Draws::dirichlet(std::span<double> weights) {
  double sum = 0;
  for (double& weight : weights) {
    weight = gamma(weight);
    sum += weight;
  }
  for (double& weight : weights) weight /= sum;
}

}  // namespace leukolens
