// Pixels -> a PNG file's bytes.
#pragma once

#include <cstdint>
#include <vector>

namespace leukolens::phantoms {

// `rgb` holds width * height * 3 values, rows from the top. Empty if there is not enough memory.
std::vector<std::uint8_t> to_png(const std::vector<std::uint8_t>& rgb, int width_px, int height_px);

}  // namespace leukolens::phantoms
