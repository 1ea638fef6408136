// What a file says of its picture, and whether it is there to its end: read before any memory is
// taken, because the decoder fills what is missing with grey and calls it a success.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/picture/picture.h"
#include "core/result.h"

namespace leukolens {

struct Layout {
  std::uint64_t width = 0, height = 0;  // as stored, before any turn
  int orientation = 1;                  // EXIF, 1..8
  bool may_be_transparent = false;
  bool sixteen_bit = false;
  bool animated = false;
  bool other_colours = false;   // a profile whose colours aren't those of sRGB
  std::uint32_t maximum = 255;  // PNM: the sample value of white
  std::size_t data_at = 0;      // BMP, PNM: where the pixels begin
};

// Walks the file's structure. Errors: truncated_picture, broken_picture.
Result<Layout> read_layout(PictureFormat format, std::span<const std::byte> file);

// One for each format.
Result<Layout> read_jpeg_layout(std::span<const std::byte> file);
Result<Layout> read_png_layout(std::span<const std::byte> file);
Result<Layout> read_bmp_layout(std::span<const std::byte> file);
Result<Layout> read_gif_layout(std::span<const std::byte> file);
Result<Layout> read_pnm_layout(std::span<const std::byte> file);

// The file ends early: before its end mark, or with fewer bytes than it needs.
Error ends_early(std::size_t size);
Error ends_early(std::size_t size, std::uint64_t needed);

}  // namespace leukolens
