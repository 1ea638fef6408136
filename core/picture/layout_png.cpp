// PNG: chunks from IHDR to IEND, each with its checksum (which the decoder doesn't look at).
#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/picture/bytes.h"
#include "core/picture/icc.h"
#include "core/picture/layout.h"
#include "core/picture/stb_config.h"

namespace leukolens {
namespace {

constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1 ? 0xEDB88320u : 0u) ^ (crc >> 1);
    table[i] = crc;
  }
  return table;
}();

std::uint32_t crc32(Bytes bytes) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (std::byte byte : bytes) crc = kCrcTable[(crc ^ std::uint32_t(byte)) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

// Lower case in the first letter: may be left out, so it may be damaged too.
bool matters(std::string_view type) { return !(type[0] & 0x20) || type == "tRNS"; }

void read_header(Bytes header, Layout& layout) {
  layout.width = big32(header, 0);
  layout.height = big32(header, 4);
  layout.sixteen_bit = byte_at(header, 8) == 16;
  layout.may_be_transparent = (byte_at(header, 9) & 4) != 0;  // colour types 4 and 6
}

// iCCP: a name, its ending zero, the method, the profile compressed.
bool holds_other_colours(Bytes chunk) {
  const std::size_t name = text_of(chunk).find('\0');
  constexpr std::size_t kLargest = 64 << 10;  // those with a matrix are far smaller
  if (name == std::string_view::npos || !holds(chunk, name + 2, 1)) return false;
  const Bytes packed = chunk.subspan(name + 2);
  std::vector<char> profile(kLargest);
  const int size =
      stbi_zlib_decode_buffer(profile.data(), int(kLargest),
                              reinterpret_cast<const char*>(packed.data()), int(packed.size()));
  if (size <= 0) return false;
  return differs_from_srgb(std::as_bytes(std::span(profile).first(std::size_t(size))));
}

}  // namespace

Result<Layout> read_png_layout(Bytes file) {
  Layout layout;
  constexpr std::size_t kFrame = 12;  // length, type and checksum around each chunk's data
  for (std::size_t at = 8; holds(file, at, kFrame);) {
    const std::size_t length = big32(file, at);
    if (length > 0x7FFFFFFF) return Error{ErrorCode::kBrokenPicture, "impossible chunk length"};
    if (!holds(file, at, kFrame + length)) return ends_early(file.size(), at + kFrame + length);
    const std::string_view type = text_of(file.subspan(at + 4, 4));
    if (matters(type) && crc32(file.subspan(at + 4, 4 + length)) != big32(file, at + 8 + length)) {
      return Error{ErrorCode::kBrokenPicture, "wrong checksum at byte " + std::to_string(at)};
    }
    if (at == 8) {
      if (type != "IHDR" || length != 13) return Error{ErrorCode::kBrokenPicture, "first not IHDR"};
      read_header(file.subspan(at + 8, length), layout);
    }
    if (type == "tRNS") layout.may_be_transparent = true;
    if (type == "acTL") layout.animated = length >= 4 && big32(file, at + 8) > 1;  // its frames
    if (type == "iCCP") layout.other_colours = holds_other_colours(file.subspan(at + 8, length));
    if (type == "IEND") return layout;
    at += kFrame + length;
  }
  return ends_early(file.size());
}

}  // namespace leukolens
