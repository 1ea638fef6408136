#include "core/cells/mask.h"

#include <algorithm>

namespace leukolens {
namespace {

// A pixel becomes `value` if any pixel at most `radius` away in its row or column has it. Both
// axes one after the other make the square.
void grow(Mask& mask, int radius, std::uint8_t value) {
  const auto grow_line = [&](std::size_t start, std::size_t step, int length,
                             std::vector<std::uint8_t>& line) {
    for (int i = 0; i < length; ++i) line[i] = mask.pixels[start + i * step];
    for (int i = 0; i < length; ++i) {
      const int from = std::max(0, i - radius), to = std::min(length - 1, i + radius);
      const auto begin = line.begin() + from, end = line.begin() + to + 1;
      if (std::find(begin, end, value) != end) mask.pixels[start + i * step] = value;
    }
  };
  std::vector<std::uint8_t> line(std::size_t(std::max(mask.width, mask.height)));
  for (int y = 0; y < mask.height; ++y) {
    grow_line(std::size_t(y) * mask.width, 1, mask.width, line);
  }
  for (int x = 0; x < mask.width; ++x) {
    grow_line(std::size_t(x), std::size_t(mask.width), mask.height, line);
  }
}

// Collects the component around `seed` and clears its pixels in `mask`.
Component take(Mask& mask, std::size_t seed, const std::vector<float>& weights,
               std::vector<std::size_t>& open_pixels) {
  Component component;
  const int width = mask.width;
  int left = width, top = mask.height, right = -1, bottom = -1;
  open_pixels.assign(1, seed);
  mask.pixels[seed] = 0;
  while (!open_pixels.empty()) {
    const std::size_t at = open_pixels.back();
    open_pixels.pop_back();
    const int x = static_cast<int>(at % width), y = static_cast<int>(at / width);
    left = std::min(left, x), right = std::max(right, x);
    top = std::min(top, y), bottom = std::max(bottom, y);
    component.area_px += 1;
    component.weight += weights[at];
    for (int v = std::max(0, y - 1); v <= std::min(mask.height - 1, y + 1); ++v) {
      for (int u = std::max(0, x - 1); u <= std::min(width - 1, x + 1); ++u) {
        const std::size_t next = std::size_t(v) * width + u;
        if (!mask.pixels[next]) continue;
        mask.pixels[next] = 0;
        open_pixels.push_back(next);
      }
    }
  }
  component.box = {left, top, right - left + 1, bottom - top + 1};
  return component;
}

}  // namespace

void close(Mask& mask, int radius) {
  grow(mask, radius, 1);
  grow(mask, radius, 0);
}

void open(Mask& mask, int radius) {
  grow(mask, radius, 0);
  grow(mask, radius, 1);
}

std::vector<Component> components(const Mask& mask, const std::vector<float>& weights) {
  Mask rest = mask;
  std::vector<Component> found;
  std::vector<std::size_t> open_pixels;
  for (std::size_t i = 0; i < rest.pixels.size(); ++i) {
    if (rest.pixels[i]) found.push_back(take(rest, i, weights, open_pixels));
  }
  return found;
}

}  // namespace leukolens
