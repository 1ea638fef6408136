// The look of a cell's stain and lamp in a few numbers, and how far it is from those a net has
// seen. The trainer calls these very functions.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "core/net/model.h"
#include "core/picture/picture.h"

namespace leukolens {

// Logarithms of the light's red and blue by its green; the share of red and of green in the density
// of what is dark, then of what is half dark; the logarithm of how dense the dark is.
using Stain = std::array<float, kStainValues>;

// Measured in the square around the box, on 48 x 48 points.
Stain stain_of(const Picture& picture, const Box& box);

// What a net's training cells gather around; travels in the model file. Lent.
struct KnownStains {
  std::span<const float> centres;  // rows of kStainValues; empty: none are known
  std::span<const float> spread;   // kStainValues, above 0: the unit of each value
  float farthest = 1;              // > 0
};

// To the nearest centre, in parts of the farthest: above 1 is farther than nearly all training
// cells. Root mean square over the values, each in its unit. 0 if no stains are known.
float stain_distance(const Stain& stain, const KnownStains& known);

}  // namespace leukolens
