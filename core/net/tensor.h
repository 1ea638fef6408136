// A dense float32 tensor, NHWC order.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace leukolens {

struct Tensor {
  std::array<std::size_t, 4> shape{0, 0, 0, 0};  // batch, height, width, channels
  std::vector<float> values;                     // size == product of shape
};

}  // namespace leukolens
