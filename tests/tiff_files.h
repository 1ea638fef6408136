// TIFF files for tests, written by libtiff into memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/picture/picture.h"
#include "tests/picture_files.h"

namespace tiff_files {

struct Page {
  leukolens::Picture picture;
  std::uint16_t compression = 1;  // libtiff's COMPRESSION_*
  int bits = 8;                   // 8, or 16: every sample times 257
  int channels = 3;               // 1: the red channel as grey; 4: with `alpha`, not multiplied in
  std::uint8_t alpha = 255;
  bool is_tiled = false;     // tiles of 16 x 16, else strips of 7 rows
  bool is_separate = false;  // a plane for each channel
  int orientation = 1;
  std::uint32_t subfile = 0;  // libtiff's FILETYPE_*
  std::string description = {};
  std::vector<std::byte> profile = {};  // ICC
};

// `mode`: libtiff's, such as "w", "wb" (big-endian), "w8" (BigTIFF).
picture_files::File tiff(const std::vector<Page>& pages, const char* mode = "w");

}  // namespace tiff_files
