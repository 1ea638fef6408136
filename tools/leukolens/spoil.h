// Sound pictures made unfit on purpose, to see whether the warnings notice.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/leukolens.h"

namespace leukolens::tool {

// A fault of a picture and the warning that it should get.
struct Spoil {
  std::string name;
  Warning expected;
  // `cell_px`: longer side of a white cell.
  std::function<Picture(const Picture& sound, double cell_px)> apply;
};

// Blur by a Gaussian, too much light, stains of other hues.
const std::vector<Spoil>& spoils();

// X, Y, Z of red, green and blue, as a profile states them (for D50).
using Primaries = double[3][3];
// The smallest ICC profile that states primaries.
std::vector<std::byte> colour_profile(const Primaries& xyz);

// The JPEG file with an ICC profile whose primaries are those of Adobe RGB (1998); empty for
// another format.
std::vector<std::byte> with_adobe_rgb(std::span<const std::byte> file);

}  // namespace leukolens::tool
