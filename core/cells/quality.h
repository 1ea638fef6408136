// Whether a picture is fit to be judged: sharp, not washed out, of a stain the net knows. The rates
// of false alarms and of what is noticed stand in model/quality_card.md.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/cells/stain.h"
#include "core/picture/picture.h"

namespace leukolens {

struct Quality {
  // Medians over the white cells; none without cells.
  std::optional<float> sharpness;       // 0..1, see sharpness_of
  std::optional<float> stain_distance;  // as stain_distance; none if the net knows no stains
  float white = 0;  // 0..1, share of the picture as bright as can be in two channels
};

// How much of the steepness inside a box a slight blur takes away, three hundredths of its longer
// side wide: near 0 for what is as smooth already, near 1 for specks. Blind to contrast.
float sharpness_of(const Picture& picture, const Box& box);

// `cells` are the boxes of the white cells.
Quality assess(const Picture& picture, std::span<const Box> cells, const KnownStains& known);

// What a person should know before trusting the answer.
std::vector<Warning> warnings_of(const Quality& quality);

}  // namespace leukolens
