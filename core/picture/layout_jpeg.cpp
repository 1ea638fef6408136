// JPEG: segments from SOI to EOI, entropy-coded data behind each SOS.
#include <cstring>
#include <string>

#include "core/picture/bytes.h"
#include "core/picture/exif.h"
#include "core/picture/icc.h"
#include "core/picture/jpeg_scan.h"
#include "core/picture/layout.h"

namespace leukolens {
namespace {

constexpr std::uint32_t kTables = 0xC4, kEndOfImage = 0xD9, kStartOfScan = 0xDA;
constexpr std::uint32_t kRestartInterval = 0xDD, kApp1 = 0xE1, kApp2 = 0xE2;
// A progressive picture needs about ten; more only cost time.
constexpr int kMostScans = 200;

bool stands_alone(std::uint32_t marker) { return marker == 0x01 || (marker & 0xF8) == 0xD0; }

bool starts_frame(std::uint32_t marker) {
  const bool table = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
  return ((marker & 0xF0) == 0xC0 && !table) || marker == 0xF7;
}

// Position of the next marker's second byte at or after `at`, or the file's size. Stuffed zeros and
// restart marks belong to the data.
std::size_t next_marker(Bytes file, std::size_t at) {
  while (at < file.size()) {
    const void* found = std::memchr(file.data() + at, 0xFF, file.size() - at);
    if (!found) break;
    at = static_cast<std::size_t>(static_cast<const std::byte*>(found) - file.data()) + 1;
    while (at < file.size() && byte_at(file, at) == 0xFF) ++at;
    if (at < file.size() && byte_at(file, at) != 0 && !stands_alone(byte_at(file, at))) return at;
  }
  return file.size();
}

Result<Done> read_frame(std::uint32_t marker, Bytes segment, Layout& layout, JpegScans& scans) {
  if (marker > 0xC2) {
    const char* kind = marker == 0xF7                     ? "JPEG-LS"
                       : marker == 0xC3 || marker == 0xCB ? "lossless JPEG"
                       : marker >= 0xC9                   ? "arithmetic-coded JPEG"
                                                          : "hierarchical JPEG";
    return Error{ErrorCode::kBrokenPicture, std::string(kind) + " is not supported"};
  }
  if (segment.size() < 6) return Error{ErrorCode::kBrokenPicture, "frame header too short"};
  if (byte_at(segment, 0) != 8) {
    return Error{ErrorCode::kBrokenPicture,
                 std::to_string(byte_at(segment, 0)) + "-bit JPEG is not supported"};
  }
  if (layout.width) return Error{ErrorCode::kBrokenPicture, "second frame header"};
  layout.height = big16(segment, 1);
  layout.width = big16(segment, 3);
  return scans.start_frame(segment, marker == 0xC2);
}

// Of a profile in several segments the first, which states the primaries of all but odd ones.
bool starts_other_colours(Bytes segment) {
  constexpr std::string_view kStart("ICC_PROFILE\0\x01", 13);
  return text_of(segment).starts_with(kStart) && segment.size() > kStart.size() &&
         differs_from_srgb(segment.subspan(kStart.size() + 1));
}

// What the picture's data need; `data` is what follows the segment, with the next marker's first
// byte.
Result<Done> read_segment(std::uint32_t marker, Bytes segment, Bytes data, Layout& layout,
                          JpegScans& scans) {
  if (starts_frame(marker)) return read_frame(marker, segment, layout, scans);
  if (marker == kTables) return scans.read_tables(segment);
  if (marker == kRestartInterval) return scans.read_restart_interval(segment);
  if (marker == kStartOfScan) return scans.check_scan(segment, data);
  return Done{};
}

}  // namespace

Result<Layout> read_jpeg_layout(Bytes file) {
  Layout layout;
  JpegScans scans;
  int count = 0;
  bool oriented = false;
  for (std::size_t at = next_marker(file, 2), next = 0; at < file.size(); at = next) {
    const std::uint32_t marker = byte_at(file, at);
    if (marker == kEndOfImage) {
      if (!count) return Error{ErrorCode::kBrokenPicture, "no picture data"};
      if (auto whole = scans.finish(); !whole) return whole.error();
      return layout;
    }
    if (!holds(file, at + 1, 2)) break;
    const std::size_t length = big16(file, at + 1);
    if (length < 2) return Error{ErrorCode::kBrokenPicture, "segment too short"};
    if (!holds(file, at + 1, length)) break;
    const Bytes segment = file.subspan(at + 3, length - 2);
    next = next_marker(file, at + 1 + length);
    if (marker == kApp1 && !oriented && text_of(segment).starts_with({"Exif\0\0", 6})) {
      layout.orientation = exif_orientation(segment.subspan(6));
      oriented = true;
    }
    if (marker == kApp2 && starts_other_colours(segment)) layout.other_colours = true;
    if (marker == kStartOfScan && ++count > kMostScans) {
      return Error{ErrorCode::kBrokenPicture, "too many scans"};
    }
    const Bytes data = file.subspan(at + 1 + length, next - (at + 1 + length));
    if (auto read = read_segment(marker, segment, data, layout, scans); !read) return read.error();
  }
  return ends_early(file.size());
}

}  // namespace leukolens
