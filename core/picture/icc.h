// What an ICC colour profile says of a picture's colours (ICC.1:2010). Profiles are never applied:
// a picture whose profile differs from sRGB gets a warning.
#pragma once

#include <cstddef>
#include <span>

namespace leukolens {

// Whether an RGB profile's primaries lie visibly elsewhere than those of sRGB. False for what
// states no primaries that can be read: grey, tables without a matrix, damaged profiles.
bool differs_from_srgb(std::span<const std::byte> profile);

}  // namespace leukolens
