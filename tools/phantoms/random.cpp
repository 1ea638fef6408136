#include "tools/phantoms/random.h"

namespace leukolens::phantoms {

Random::Random(std::uint64_t seed, std::uint64_t stream)
    : state_(0), increment_((stream << 1) | 1) {
  next();
  state_ += seed;
  next();
}

std::uint32_t Random::next() {
  const std::uint64_t old = state_;
  state_ = old * 6364136223846793005ULL + increment_;
  const auto shifted = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
  const auto turn = static_cast<std::uint32_t>(old >> 59);
  return (shifted >> turn) | (shifted << ((32 - turn) & 31));
}

double Random::uniform() { return next() * (1.0 / 4294967296.0); }

double Random::between(double low, double high) { return low + (high - low) * uniform(); }

int Random::whole(int low, int high) {
  return low + static_cast<int>((std::uint64_t{next()} * std::uint64_t(high - low + 1)) >> 32);
}

bool Random::chance(double share) { return uniform() < share; }

Point Random::direction() {
  for (;;) {
    const double x = between(-1, 1), y = between(-1, 1);
    const double square = x * x + y * y;
    if (square > 0.01 && square < 1) return Point{x, y} * (1 / std::sqrt(square));
  }
}

Point Random::offset(double low, double high) {
  const Point unit = direction();
  return unit * between(low, high);
}

std::uint32_t hash(std::uint32_t seed, std::int32_t x, std::int32_t y) {
  std::uint32_t h = seed * 0x9E3779B1u;
  h = (h ^ static_cast<std::uint32_t>(x)) * 0x85EBCA6Bu;
  h ^= h >> 15;
  h = (h ^ static_cast<std::uint32_t>(y)) * 0xC2B2AE35u;
  h ^= h >> 13;
  h *= 0x27D4EB2Fu;
  return h ^ (h >> 16);
}

}  // namespace leukolens::phantoms
