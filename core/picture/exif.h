// Which way up a picture is to be shown, as cameras note it.
#pragma once

#include <cstddef>
#include <span>

namespace leukolens {

// EXIF orientation 1..8 (1 = as stored) from a TIFF structure, as it stands behind "Exif\0\0" in a
// JPEG's APP1. 1 also where it is missing or damaged: a bad note must not lose the picture.
int exif_orientation(std::span<const std::byte> tiff);

}  // namespace leukolens
