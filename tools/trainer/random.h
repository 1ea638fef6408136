// A small random source whose numbers are the same on every machine and standard library.
#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

namespace leukolens::trainer {

// SplitMix64. Streams are told apart by mixing their numbers into the seed with `mixed`.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    state_ += 0x9E3779B97F4A7C15ull;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  // In [0, 1).
  double unit() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
  // In [low, high).
  double between(double low, double high) { return low + (high - low) * unit(); }
  // In [0, count), count > 0.
  std::uint64_t below(std::uint64_t count) {
    return static_cast<std::uint64_t>(unit() * static_cast<double>(count));
  }
  // Mean 0, standard deviation 1 (Box and Muller).
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - unit()));
    return radius * std::cos(6.283185307179586 * unit());
  }
  bool chance(double probability) { return unit() < probability; }

 private:
  std::uint64_t state_;
};

// A number for a text (FNV-1a).
inline std::uint64_t text_number(std::string_view text) {
  std::uint64_t number = 0xCBF29CE484222325ull;
  for (char c : text) number = (number ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
  return number;
}

inline std::uint64_t mixed(std::uint64_t seed, std::uint64_t a, std::uint64_t b) {
  Random first(seed ^ (a * 0xD6E8FEB86659FD93ull));
  Random second(first.bits() ^ (b * 0xA0761D6478BD642Full));
  return second.bits();
}

}  // namespace leukolens::trainer
