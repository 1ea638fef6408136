// The size a file gives for its picture, held against what can be read, before memory is taken.
#pragma once

#include <cstdint>

#include "core/picture/picture.h"
#include "core/result.h"

namespace leukolens {

// Pixels as stored. Errors: broken_picture (0), too_many_pixels, picture_too_small.
Result<Done> check_size(std::uint64_t width, std::uint64_t height, const Limits& limits);

}  // namespace leukolens
