// Box -> the net's input tensor. The trainer calls this very function.
#pragma once

#include "core/net/tensor.h"
#include "core/picture/picture.h"

namespace leukolens {

// How a net wants its input; travels in the model file.
struct InputSpec {
  int width = 0, height = 0;
  float mean[3] = {0, 0, 0},
        std[3] = {1, 1, 1};  // of RGB scaled to 0..1: x = (v / 255 - mean) / std
  float crop_scale = 1.2f;   // side of the square crop / longer side of the box
};

// Fills `tensor` (resized to 1 x height x width x 3 if needed) with the square around the middle of
// `box`, area-true resampled; beyond the picture's edge the edge pixel is repeated.
void crop(const Picture& picture, const Box& box, const InputSpec& spec, Tensor& tensor);

}  // namespace leukolens
