// BMP: two headers, perhaps a palette, then rows padded to four bytes.
#include <cstdlib>

#include "core/picture/bytes.h"
#include "core/picture/layout.h"

namespace leukolens {

Result<Layout> read_bmp_layout(Bytes file) {
  if (!holds(file, 0, 18)) return ends_early(file.size(), 18);
  const std::uint32_t header = little32(file, 14);
  if (!holds(file, 14, header)) return ends_early(file.size(), std::uint64_t{14} + header);
  if (header != 12 && header < 40) return Error{ErrorCode::kBrokenPicture, "unknown BMP"};

  Layout layout;
  layout.data_at = little32(file, 10);
  std::uint32_t bits = 0, compression = 0;
  if (header == 12) {
    layout.width = little16(file, 18);
    layout.height = little16(file, 20);
    bits = little16(file, 24);
  } else {
    layout.width = little32(file, 18);
    // Negative: the rows run from the top.
    layout.height = std::uint64_t(std::llabs(std::int32_t(little32(file, 22))));
    bits = little16(file, 28);
    compression = little32(file, 30);
  }
  layout.may_be_transparent = bits == 16 || bits == 32;
  constexpr std::uint64_t kLargest = 1 << 24;  // the sums below must not overflow
  if (layout.width > kLargest || layout.height > kLargest || bits > 32) {
    return Error{ErrorCode::kBrokenPicture, "impossible BMP header"};
  }
  constexpr std::uint32_t kPlain = 0, kBitFields = 3;
  if (compression != kPlain && compression != kBitFields) {
    return Error{ErrorCode::kBrokenPicture, "compressed BMP is not supported"};
  }
  if (layout.height > 0) {
    const std::uint64_t row = (layout.width * bits + 31) / 32 * 4;
    const std::uint64_t last_row = (layout.width * bits + 7) / 8;  // its padding may be left out
    const std::uint64_t needed = layout.data_at + row * (layout.height - 1) + last_row;
    if (file.size() < needed) return ends_early(file.size(), needed);
  }
  return layout;
}

}  // namespace leukolens
