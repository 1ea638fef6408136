// TIFF: bytes of a file -> its pictures, by libtiff. Apart from decode, because a file holds many
// pictures and because the page fetches this reader only when a TIFF file comes.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "core/picture/picture.h"
#include "core/result.h"

namespace leukolens {

// Do the bytes begin as a TIFF or BigTIFF file does?
bool is_tiff(std::span<const std::byte> file);

// An open file. The bytes are lent and must outlive it. Not thread-safe; two files share nothing.
class TiffFile {
 public:
  // Reads the directories, no pixels. Errors: too_many_bytes, broken_picture, foreign_format (a
  // slide scanner's pyramid or a camera's raw file: the way out is named).
  static Result<TiffFile> open(std::span<const std::byte> file, const Limits& limits = {});
  TiffFile(TiffFile&&) noexcept;
  TiffFile& operator=(TiffFile&&) noexcept;
  ~TiffFile();

  // At least 1; smaller copies of a page and masks are not counted.
  int pages() const;
  // 0 <= index < pages(). 1 to 16 bits a sample; palette, grey, RGB, YCbCr and CMYK; uncompressed,
  // PackBits, LZW, deflate and JPEG. Orientation is applied, alpha laid over white, 16 bits become
  // 8. Errors: too_many_pixels (before memory is taken), picture_too_small, truncated_picture,
  // broken_picture, out_of_memory.
  Result<Picture> page(int index);

 private:
  TiffFile();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace leukolens
