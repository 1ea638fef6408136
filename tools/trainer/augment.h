// Random changes to a training crop: geometry by one affine sampling, colour in the space of
// optical densities, where stains add up.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/cells/density.h"
#include "tools/trainer/random.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// `wide` is an interleaved 8-bit RGB crop of wide_px; writes recipe.input_px^2 normalised values
// per channel, channel after channel, to `target`.
void augment(const std::uint8_t* wide, int wide_px, const Recipe& recipe, Random& random,
             float* target);
// The same for a recipe with the normalisation density; `density` is what the core measures around
// the cell.
void augment(const std::uint8_t* wide, int wide_px, const Density& density, const Recipe& recipe,
             Random& random, float* target);
// Another stain and light: rewrites `count` interleaved RGB densities, clipped as the core does.
void tint(const AugmentPlan& plan, Random& random, float* densities, std::size_t count);
// The middle of a wide crop, unchanged, as densities, normalised, channel after channel.
void normalise(const std::uint8_t* wide, int wide_px, const Density& density, const Recipe& recipe,
               float* target);
// The unchanged crop of recipe.input_px, normalised, channel after channel.
void normalise(const std::uint8_t* exact, const Recipe& recipe, float* target);

}  // namespace leukolens::trainer
