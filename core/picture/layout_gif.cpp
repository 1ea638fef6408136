// GIF: header, then blocks up to the trailer; data come in pieces of at most 255 bytes.
#include <string>

#include "core/picture/bytes.h"
#include "core/picture/layout.h"

namespace leukolens {
namespace {

// Bytes of the colour table a packed field announces.
std::size_t table_bytes(std::uint32_t packed) {
  return packed & 0x80 ? std::size_t{3} << ((packed & 7) + 1) : 0;
}

// Position behind the pieces that start at `at`, or past the file's end.
std::size_t skip_pieces(Bytes file, std::size_t at) {
  while (at < file.size() && byte_at(file, at) != 0) at += 1 + byte_at(file, at);
  return at + 1;
}

}  // namespace

Result<Layout> read_gif_layout(Bytes file) {
  if (!holds(file, 0, 13)) return ends_early(file.size());
  Layout layout;
  layout.width = little16(file, 6);
  layout.height = little16(file, 8);
  layout.may_be_transparent = true;
  int frames = 0;
  std::size_t at = 13 + table_bytes(byte_at(file, 10));
  while (at < file.size()) {
    switch (byte_at(file, at)) {
      case 0x21:  // extension: a label, then pieces
        at = skip_pieces(file, at + 2);
        break;
      case 0x2C:  // frame: place, size, colour table, code size, then pieces
        if (!holds(file, at, 10)) return ends_early(file.size());
        at = skip_pieces(file, at + 10 + table_bytes(byte_at(file, at + 9)) + 1);
        layout.animated = ++frames > 1;
        break;
      case 0x3B:
        if (!frames) return Error{ErrorCode::kBrokenPicture, "no frame"};
        return layout;
      default:
        return Error{ErrorCode::kBrokenPicture, "unknown block at byte " + std::to_string(at)};
    }
  }
  return ends_early(file.size());
}

}  // namespace leukolens
