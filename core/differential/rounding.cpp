#include "core/differential/rounding.h"

#include <cmath>

namespace leukolens {
namespace {

// What differs from a shown step by less is that step: 7.2 * 100 is 720.0000000000001.
constexpr double kNothing = 1e-7;

double power_of_ten(int decimals) {
  constexpr double kPowers[] = {1, 10, 100, 1000};
  return kPowers[decimals];
}

}  // namespace

std::int64_t per_100_tenths(std::uint64_t part, std::uint64_t whole) {
  return static_cast<std::int64_t>((2000 * part + whole) / (2 * whole));
}

double per_100(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(per_100_tenths(part, whole)) / 10;
}

double rounded(double value, int decimals) {
  const double power = power_of_ten(decimals);
  return std::floor(value * power + 0.5 + kNothing) / power;
}

double rounded_down(double value, int decimals) {
  const double power = power_of_ten(decimals);
  return std::floor(value * power + kNothing) / power;
}

double rounded_up(double value, int decimals) {
  const double power = power_of_ten(decimals);
  return std::fmax(0, std::ceil(value * power - kNothing)) / power;
}

Interval outward(const Interval& interval, double scale, int decimals) {
  return {rounded_down(scale * interval.lower, decimals),
          rounded_up(scale * interval.upper, decimals)};
}

std::string fixed_text(double value, int decimals) {
  const auto steps = static_cast<std::uint64_t>(std::floor(value * power_of_ten(decimals) + 0.5));
  std::string digits = std::to_string(steps);
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  return digits;
}

}  // namespace leukolens
