#include "tools/phantoms/texture.h"

#include "tools/phantoms/random.h"

namespace leukolens::phantoms {

double value_noise(std::uint32_t seed, Point p) {
  const double left = std::floor(p.x), top = std::floor(p.y);
  const int x = static_cast<int>(left), y = static_cast<int>(top);
  const double u = smooth_step(0, 1, p.x - left), v = smooth_step(0, 1, p.y - top);
  const double above = mix(hash_share(seed, x, y), hash_share(seed, x + 1, y), u);
  const double below = mix(hash_share(seed, x, y + 1), hash_share(seed, x + 1, y + 1), u);
  return mix(above, below, v);
}

double fractal_noise(std::uint32_t seed, Point p, int octaves) {
  double sum = 0, weight = 1, total = 0;
  for (int i = 0; i < octaves; ++i) {
    sum += weight * value_noise(seed + static_cast<std::uint32_t>(i), p);
    total += weight;
    weight *= 0.5;
    p = p * 2;
  }
  return sum / total;
}

double grain_depth(const Grains& grains, Point p) {
  const Point q = p * (1 / grains.spacing);
  const int column = static_cast<int>(std::floor(q.x)), row = static_cast<int>(std::floor(q.y));
  double deepest = 0;
  for (int y = row - 1; y <= row + 1; ++y) {
    for (int x = column - 1; x <= column + 1; ++x) {
      if (hash_share(grains.seed, x, y) >= grains.share) continue;
      const Point middle{x + 0.15 + 0.7 * hash_share(grains.seed + 1, x, y),
                         y + 0.15 + 0.7 * hash_share(grains.seed + 2, x, y)};
      const double radius =
          mix(grains.small_radius, grains.large_radius, hash_share(grains.seed + 3, x, y));
      deepest = std::max(deepest, 1 - length(q - middle) * grains.spacing / radius);
    }
  }
  return deepest;
}

}  // namespace leukolens::phantoms
