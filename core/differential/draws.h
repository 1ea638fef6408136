// Random draws from the distributions that the second interval needs, from seeded numbers.
#pragma once

#include <cstdint>
#include <span>

#include "core/count/bootstrap.h"

namespace leukolens {

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : random_(seed) {}

  double uniform();            // in (0, 1)
  double normal();             // mean 0, variance 1
  double gamma(double shape);  // scale 1; shape > 0
  double beta(double a, double b);
  std::uint64_t binomial(std::uint64_t n, double p);
  // In place: weights of a Dirichlet, all > 0, become one draw from it.
  void dirichlet(std::span<double> weights);

 private:
  SeededRandom random_;
};

}  // namespace leukolens
