#include "core/picture/pixels.h"

#include <utility>

namespace leukolens {
namespace {

// Walking the stored picture in the order in which it is seen: pixel numbers of the start, of a
// step to the right and of a step down.
struct Walk {
  std::ptrdiff_t start, right, down;
};

Walk walk_for(int orientation, std::ptrdiff_t width, std::ptrdiff_t height) {
  const std::ptrdiff_t last_column = width - 1, last_row = (height - 1) * width;
  switch (orientation) {
    case 2:  // mirrored left to right
      return {last_column, -1, width};
    case 3:  // upside down
      return {last_row + last_column, -1, -width};
    case 4:  // mirrored top to bottom
      return {last_row, 1, -width};
    case 5:  // mirrored along the falling diagonal
      return {0, width, 1};
    case 6:  // to be turned a quarter clockwise
      return {last_row, -width, 1};
    case 7:  // mirrored along the rising diagonal
      return {last_row + last_column, -width, -1};
    case 8:  // to be turned a quarter counterclockwise
      return {last_column, width, -1};
    default:
      return {0, 1, width};
  }
}

std::uint8_t over_white(std::uint32_t value, std::uint32_t alpha) {
  return static_cast<std::uint8_t>((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

bool is_grey(const std::vector<std::uint8_t>& rgb) {
  for (std::size_t i = 0; i < rgb.size(); i += 3) {
    if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) return false;
  }
  return true;
}

}  // namespace

Picture to_picture(const Samples& samples, int orientation, PictureFormat format) {
  Picture picture;
  picture.width = samples.width;
  picture.height = samples.height;
  if (orientation >= 5) std::swap(picture.width, picture.height);
  picture.format = format;
  picture.rgb.resize(std::size_t(samples.width) * samples.height * 3);

  const Walk walk = walk_for(orientation, samples.width, samples.height);
  bool opaque = true;
  std::uint8_t* out = picture.rgb.data();
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x, out += 3) {
      const std::ptrdiff_t pixel = walk.start + x * walk.right + y * walk.down;
      const std::uint8_t* in = samples.values + pixel * samples.channels;
      const std::uint8_t alpha = samples.channels == 4 ? in[3] : 255;
      opaque = opaque && alpha == 255;
      for (int c = 0; c < 3; ++c) out[c] = over_white(in[c], alpha);
    }
  }
  if (!opaque) picture.warnings.push_back(Warning::kTransparency);
  if (is_grey(picture.rgb)) picture.warnings.push_back(Warning::kGrey);
  return picture;
}

}  // namespace leukolens
