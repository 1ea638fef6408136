// A decoded picture and the vocabulary of the picture room. Knows no nets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace leukolens {

// Those after kTiff are never decoded here; a browser may do it.
enum class PictureFormat { kJpeg, kPng, kBmp, kGif, kPnm, kTiff, kWebp, kAvif, kOther };
// "JPEG", "PNG", "BMP", "GIF", "PNM", "TIFF", "WebP", "AVIF", "other".
std::string_view format_name(PictureFormat format);

// What was noticed while reading; none of them stops the reading.
enum class Warning {
  kNoCellFound,      // "no_cell_found": the finder saw nothing that stands out
  kAnimation,        // "first_frame_only": an animated GIF or PNG, only its first frame was read
  kTransparency,     // "transparency_over_white"
  kSixteenBit,       // "sixteen_bit_reduced": 16-bit samples were reduced to 8 bits
  kGrey,             // "grey_picture": no colour, so the stain cannot be judged
  kColourProfile,    // "colour_profile_ignored": its colours are meant otherwise than sRGB
  kBlurred,          // "blurred": its white cells are out of focus, or have few pixels
  kOverexposed,      // "overexposed": much of it is as bright as can be
  kUnfamiliarStain,  // "unfamiliar_stain": its colours are far from those the net was trained on
};
std::string_view warning_name(Warning warning);

// Checked before memory is taken.
struct Limits {
  std::size_t max_bytes = std::size_t{64} << 20;
  std::uint64_t max_pixels = 50'000'000;
};

// Axis-parallel box in pixels of the picture as seen (after EXIF orientation); x to the right, y
// down, (x, y) is the upper left corner. May reach beyond the picture's edge.
struct Box {
  int x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Box&) const = default;
};

// 8-bit sRGB, rows from the top, interleaved RGB without padding: rgb.size() == width * height * 3.
struct Picture {
  int width = 0, height = 0;
  PictureFormat format = PictureFormat::kPng;
  std::vector<Warning> warnings;
  std::vector<std::uint8_t> rgb;
};

}  // namespace leukolens
