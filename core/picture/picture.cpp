#include "core/picture/picture.h"

#include <cstdlib>

namespace leukolens {

std::string_view format_name(PictureFormat format) {
  switch (format) {
    case PictureFormat::kJpeg:
      return "JPEG";
    case PictureFormat::kPng:
      return "PNG";
    case PictureFormat::kBmp:
      return "BMP";
    case PictureFormat::kGif:
      return "GIF";
    case PictureFormat::kPnm:
      return "PNM";
    case PictureFormat::kTiff:
      return "TIFF";
    case PictureFormat::kWebp:
      return "WebP";
    case PictureFormat::kAvif:
      return "AVIF";
    case PictureFormat::kOther:
      return "other";
  }
  std::abort();
}

std::string_view warning_name(Warning warning) {
  switch (warning) {
    case Warning::kNoCellFound:
      return "no_cell_found";
    case Warning::kAnimation:
      return "first_frame_only";
    case Warning::kTransparency:
      return "transparency_over_white";
    case Warning::kSixteenBit:
      return "sixteen_bit_reduced";
    case Warning::kGrey:
      return "grey_picture";
    case Warning::kColourProfile:
      return "colour_profile_ignored";
    case Warning::kBlurred:
      return "blurred";
    case Warning::kOverexposed:
      return "overexposed";
    case Warning::kUnfamiliarStain:
      return "unfamiliar_stain";
  }
  std::abort();
}

}  // namespace leukolens
