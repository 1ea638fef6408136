// Dyes of a Romanowsky stain and the light that shines through them (Beer and Lambert: dyes lying
// over each other add up in optical density).
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace leukolens::phantoms {

// How much of each dye the light meets at one place; 1 is the usual strength.
struct Dyes {
  double haemoglobin = 0;  // pink of red cells
  double eosin = 0;        // orange-red of eosinophil granules
  double azure = 0;        // blue of cytoplasm
  double violet = 0;       // azure and eosin together: chromatin, platelets, fine granules
  Dyes operator+(const Dyes& other) const {
    return {haemoglobin + other.haemoglobin, eosin + other.eosin, azure + other.azure,
            violet + other.violet};
  }
  Dyes operator*(double factor) const {
    return {haemoglobin * factor, eosin * factor, azure * factor, violet * factor};
  }
};

using Rgb = std::array<double, 3>;

struct Stain {
  std::string_view name;
  double eosin, azure;  // strength of the two dyes, 0..3
  Rgb light;            // 0..255, colour of the empty background
};

// The stains that have a name; the first is the default.
const std::vector<Stain>& known_stains();
// What is left of the light behind the dyes, 0..1 for each channel.
Rgb transmitted(const Stain& stain, const Dyes& dyes);

}  // namespace leukolens::phantoms
