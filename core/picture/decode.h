// Bytes of a file -> Picture: JPEG, PNG (8 and 16 bit), BMP and GIF (first frame) by stb_image,
// binary PNM by a reader of our own.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/picture/picture.h"
#include "core/result.h"

namespace leukolens {

// The format is told by the bytes, never by a name. EXIF orientation is applied, alpha is laid over
// white, grey becomes RGB, 16 bits become 8. Thread-safe. Errors: empty_file, foreign_format,
// tiff_file (see tiff.h), unknown_format, too_many_bytes, too_many_pixels (both before memory is
// taken), picture_too_small, truncated_picture, broken_picture, out_of_memory (while unpacking). A
// JPEG that lacks data, also amid them, is truncated_picture; a few bytes lost or changed can go
// unseen.
Result<Picture> decode(std::span<const std::byte> file, const Limits& limits = {});

// Pixels that another decoder made of a file: 8-bit sRGB, RGB or RGBA as their number tells, alpha
// not multiplied in. `start`: the file's first bytes, which tell the format; kOther if they don't.
// Errors: too_many_pixels, picture_too_small, broken_picture (as many bytes make no such picture).
Result<Picture> take_decoded(std::span<const std::byte> start, std::span<const std::byte> pixels,
                             int width, int height, const Limits& limits = {});

// What reads a format, as reports name it: "stb_image", "leukolens", "libtiff" or "browser".
std::string_view decoder_name(PictureFormat format);

}  // namespace leukolens
