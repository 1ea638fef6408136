// Box -> the net's input tensor. The trainer calls this very function.
#pragma once

#include "core/net/tensor.h"
#include "core/picture/picture.h"

namespace leukolens {

// What a net's numbers are made of.
enum class Normalisation {
  kLinear,   // RGB scaled to 0..1
  kDensity,  // optical density against the light and the dark around the cell, see density.h
};

// How a net wants its input; travels in the model file.
struct InputSpec {
  int width = 0, height = 0;
  Normalisation normalisation = Normalisation::kLinear;
  float mean[3] = {0, 0, 0}, std[3] = {1, 1, 1};  // x = (normalised value - mean) / std
  float crop_scale = 1.2f;     // side of the square crop / longer side of the box
  float context_scale = 2.0f;  // kDensity: side of the square that is measured / longer side
};

// The square around the middle of `box`, `scale` times as wide as its longer side, in whole pixels;
// may reach beyond the picture.
Box context(const Box& box, double scale);

// Fills `tensor` (resized to 1 x height x width x 3 if needed) with the square around the middle of
// `box`, area-true resampled; beyond the picture's edge the edge pixel is repeated.
void crop(const Picture& picture, const Box& box, const InputSpec& spec, Tensor& tensor);

}  // namespace leukolens
