#include "core/cells/crop.h"

#include <algorithm>

#include "core/picture/resize.h"

namespace leukolens {

void crop(const Picture& picture, const Box& box, const InputSpec& spec, Tensor& tensor) {
  const std::size_t pixels = std::size_t(spec.width) * spec.height;
  tensor.shape = {1, std::size_t(spec.height), std::size_t(spec.width), 3};
  tensor.values.resize(pixels * 3);  // keeps its memory when the size is the same

  const double side = std::max(1.0, double(spec.crop_scale) * std::max(box.width, box.height));
  const Region square{box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side};
  resample(picture, square, spec.width, spec.height, tensor.values.data());

  float scale[3], shift[3];
  for (int c = 0; c < 3; ++c) {
    scale[c] = 1 / (255 * spec.std[c]);
    shift[c] = spec.mean[c] / spec.std[c];
  }
  float* value = tensor.values.data();
  for (std::size_t i = 0; i < pixels; ++i, value += 3) {
    for (int c = 0; c < 3; ++c) value[c] = value[c] * scale[c] - shift[c];
  }
}

}  // namespace leukolens
