// Black-and-white images: morphology and connected components. Pixels beyond the edge never count,
// so that what touches the edge is neither eaten nor fed by it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/picture/picture.h"

namespace leukolens {

// One byte a pixel (0 or 1), rows from the top: pixels.size() == width * height.
struct Mask {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

// Dilation then erosion by a square of 2 * radius + 1 pixels: closes holes and gaps.
void close(Mask& mask, int radius);
// Erosion then dilation: removes specks and thin bridges.
void open(Mask& mask, int radius);

// Pixels that touch each other, corners included.
struct Component {
  Box box;
  std::size_t area_px = 0;
  double weight = 0;  // sum of the given weights over its pixels
};

// All components of 1-pixels; `weights` has one value a pixel.
std::vector<Component> components(const Mask& mask, const std::vector<float>& weights);

}  // namespace leukolens
