// A scene -> pixels.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/phantoms/scene.h"

namespace leukolens::phantoms {

// 8-bit RGB, rows from the top, width_px * height_px * 3 values.
std::vector<std::uint8_t> draw(const Settings& settings, const Scene& scene);

}  // namespace leukolens::phantoms
