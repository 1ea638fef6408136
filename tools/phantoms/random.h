// Chance that is the same on every machine: M. O'Neill's PCG32 (XSH RR 64/32, pcg-random.org) and
// plain arithmetic. The distributions of <random> differ between standard libraries.
#pragma once

#include <cstdint>

#include "tools/phantoms/geometry.h"

namespace leukolens::phantoms {

class Random {
 public:
  // Generators of one seed but different streams are independent of each other.
  Random(std::uint64_t seed, std::uint64_t stream);

  std::uint32_t next();                     // all 32 bits even
  double uniform();                         // 0 <= value < 1
  double between(double low, double high);  // low <= value < high
  int whole(int low, int high);             // low <= value <= high
  bool chance(double share);                // true in `share` of the calls
  Point direction();                        // of length 1, every angle alike
  // In any direction, as far away as between() says. One call, since C++ leaves open which factor
  // of `direction() * between(...)` is worked out first.
  Point offset(double low, double high);

 private:
  std::uint64_t state_, increment_;
};

// Well mixed bits of three numbers; a noise without memory.
std::uint32_t hash(std::uint32_t seed, std::int32_t x, std::int32_t y);
// The same as a share, 0 <= value < 1.
inline double hash_share(std::uint32_t seed, std::int32_t x, std::int32_t y) {
  return hash(seed, x, y) * (1.0 / 4294967296.0);
}

}  // namespace leukolens::phantoms
