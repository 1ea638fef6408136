// Picture files for tests: made byte by byte where the format allows it, so that every pixel is
// known, and read from fixtures/pictures where it doesn't.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/picture/picture.h"

namespace picture_files {

using File = std::vector<std::byte>;

File from_text(std::string_view text);
// From tests/fixtures/pictures (see make.py there); fails the test when it is missing.
File fixture(const std::string& name);

// Any size and colours: pixel (x, y) has ((x * 5 + y) mod 256, (255 - x * 3) mod 256, x * y mod
// 251).
leukolens::Picture pattern(int width, int height);

// `samples`: big-endian where depth is 16. Colour types as in the standard: 0 grey, 2 RGB, 4 grey
// and alpha, 6 RGBA. Stored without compression. `extra` goes in whole before the data.
File png(int width, int height, int depth, int colour_type,
         const std::vector<std::uint8_t>& samples, const File& extra = {});
File png_chunk(std::string_view type, const std::vector<std::uint8_t>& data);

// `bits`: 24 (BGR) or 32 (BGRA, alpha as given).
File bmp(const leukolens::Picture& picture, int bits, std::uint8_t alpha = 255,
         bool upside_down = true);

// One palette index (0..3) a pixel: black, white, red, blue. `transparent` is an index or -1.
File gif(int width, int height, const std::vector<std::vector<std::uint8_t>>& frames,
         int transparent = -1);

// "P6" of the picture's bytes, or any header with any samples.
File pnm(const leukolens::Picture& picture);
File pnm(std::string_view header, const std::vector<std::uint8_t>& samples);

// The JPEG with an APP1 that holds an EXIF orientation.
File with_orientation(const File& jpeg, int orientation, bool big_endian);

}  // namespace picture_files
