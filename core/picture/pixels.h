// Rows of samples as a decoder leaves them -> a Picture as seen.
#pragma once

#include <cstdint>

#include "core/picture/picture.h"

namespace leukolens {

// 8-bit samples, rows from the top, interleaved without padding; lent by the caller.
struct Samples {
  const std::uint8_t* values = nullptr;
  int width = 0, height = 0;
  int channels = 3;  // 3: RGB, 4: RGBA with alpha not multiplied in
};

// Turns by EXIF orientation (1..8) and lays alpha over white. Adds kTransparency if any pixel is
// not opaque, kGrey if none has colour.
Picture to_picture(const Samples& samples, int orientation, PictureFormat format);

}  // namespace leukolens
