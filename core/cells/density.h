// Colour made comparable between stains and lamps: optical density against the picture's own light,
// in units of its own dark. The trainers call these very functions.
#pragma once

#include <cstddef>

#include "core/picture/picture.h"

namespace leukolens {

// What a window of a picture says of its light and stain.
struct Density {
  float light[3] = {255, 255, 255};  // R, G, B of what lets most light through, 0..255
  float scale = 1;                   // mean density over R, G, B of the darkest twentieth, > 0
};

// Measures the part of `window` that lies inside the picture, on a grid of at most 64 x 64 points;
// the whole picture when no part does. Points darker than 24 in all channels are a frame or a
// vignette, not smear, and are left out unless there are no others. `light` is the 95th percentile
// of each channel; `scale` the 95th percentile of the mean density, at least 0.15, so that an even
// surface is not blown up.
Density measure_density(const Picture& picture, const Box& window);

// Rewrites `count` interleaved RGB values v, 0..255, as densities: ln((light + 1) / (v + 1)) /
// scale, clipped to -0.5..2. The ground becomes about 0, a dark nucleus about 1.
void to_density(const Density& density, float* rgb, std::size_t count);

}  // namespace leukolens
