#include "core/picture/layout.h"

#include <cstdlib>
#include <string>

namespace leukolens {

Error ends_early(std::size_t size) {
  return {ErrorCode::kTruncatedPicture,
          "it ends after " + std::to_string(size) + " bytes without its end mark"};
}

Error ends_early(std::size_t size, std::uint64_t needed) {
  return {ErrorCode::kTruncatedPicture,
          std::to_string(size) + " of " + std::to_string(needed) + " bytes are there"};
}

Result<Layout> read_layout(PictureFormat format, std::span<const std::byte> file) {
  switch (format) {
    case PictureFormat::kJpeg:
      return read_jpeg_layout(file);
    case PictureFormat::kPng:
      return read_png_layout(file);
    case PictureFormat::kBmp:
      return read_bmp_layout(file);
    case PictureFormat::kGif:
      return read_gif_layout(file);
    case PictureFormat::kPnm:
      return read_pnm_layout(file);
    default:  // have readers of their own
      break;
  }
  std::abort();
}

}  // namespace leukolens
