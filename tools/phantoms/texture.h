// Noise of a place: the same point of the same seed always has the same value.
#pragma once

#include <cstdint>

#include "tools/phantoms/geometry.h"

namespace leukolens::phantoms {

// Smooth value noise, 0..1, with hills about 1 unit of `p` wide.
double value_noise(std::uint32_t seed, Point p);
// Several octaves of it, each twice as fine and half as strong; 0..1.
double fractal_noise(std::uint32_t seed, Point p, int octaves);

// Round grains scattered evenly, about one for each square of side `spacing`.
struct Grains {
  std::uint32_t seed = 0;
  double spacing = 1;                             // um
  double small_radius = 0.3, large_radius = 0.4;  // um, below spacing
  double share = 1;                               // of the squares that hold one
};
// How deep `p` lies in the nearest grain: 1 at its middle, 0 at its edge and outside.
double grain_depth(const Grains& grains, Point p);

}  // namespace leukolens::phantoms
