#include "core/cells/crop.h"

#include <algorithm>
#include <cmath>

#include "core/cells/density.h"
#include "core/picture/resize.h"

namespace leukolens {

namespace {

// The square around the middle of a box.
Region square_around(const Box& box, double scale) {
  const double side = std::max(1.0, scale * std::max(box.width, box.height));
  return {box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side};
}

}  // namespace

Box context(const Box& box, double scale) {
  const Region square = square_around(box, scale);
  const int side = static_cast<int>(std::lround(square.width));
  return {static_cast<int>(std::lround(square.x)), static_cast<int>(std::lround(square.y)), side,
          side};
}

void crop(const Picture& picture, const Box& box, const InputSpec& spec, Tensor& tensor) {
  const std::size_t pixels = std::size_t(spec.width) * spec.height;
  tensor.shape = {1, std::size_t(spec.height), std::size_t(spec.width), 3};
  tensor.values.resize(pixels * 3);  // keeps its memory when the size is the same
  resample(picture, square_around(box, double(spec.crop_scale)), spec.width, spec.height,
           tensor.values.data());

  const bool linear = spec.normalisation == Normalisation::kLinear;
  if (!linear) {
    to_density(measure_density(picture, context(box, double(spec.context_scale))),
               tensor.values.data(), pixels);
  }
  float scale[3], shift[3];
  for (int c = 0; c < 3; ++c) {
    scale[c] = 1 / ((linear ? 255 : 1) * spec.std[c]);
    shift[c] = spec.mean[c] / spec.std[c];
  }
  float* value = tensor.values.data();
  for (std::size_t i = 0; i < pixels; ++i, value += 3) {
    for (int c = 0; c < 3; ++c) value[c] = value[c] * scale[c] - shift[c];
  }
}

}  // namespace leukolens
