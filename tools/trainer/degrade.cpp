#include "tools/trainer/degrade.h"

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wshadow"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "core/picture/decode.h"

namespace leukolens::trainer {
namespace {

// Weighted pixels of a line of `px` that one pixel of a line of `small` covers.
void shrink_line(const float* from, int px, int step, float* to, int small) {
  const float factor = static_cast<float>(px) / static_cast<float>(small);
  for (int i = 0; i < small; ++i) {
    const float start = factor * static_cast<float>(i), end = start + factor;
    float sum = 0;
    for (int k = static_cast<int>(start); k < px && static_cast<float>(k) < end; ++k) {
      const float low = std::max(start, static_cast<float>(k));
      sum += (std::min(end, static_cast<float>(k + 1)) - low) * from[k * step];
    }
    to[i] = sum / factor;
  }
}

void grow_line(const float* from, int small, float* to, int px, int step) {
  const float factor = static_cast<float>(small) / static_cast<float>(px);
  for (int i = 0; i < px; ++i) {
    const float at = std::clamp((static_cast<float>(i) + 0.5f) * factor - 0.5f, 0.0f,
                                static_cast<float>(small - 1));
    const int left = std::min(static_cast<int>(at), small - 1);
    const int right = std::min(left + 1, small - 1);
    to[i * step] = from[left] + (at - static_cast<float>(left)) * (from[right] - from[left]);
  }
}

}  // namespace

void coarsen(int px, double factor, float* planes) {
  const int small = std::max(2, static_cast<int>(std::lround(px / factor)));
  std::vector<float> line(small);
  for (int pass = 0; pass < 2; ++pass) {
    const int step = pass ? px : 1, across = pass ? 1 : px;
    for (int row = 0; row < 3 * px; ++row) {
      float* start = planes + (row / px) * px * px + (row % px) * across;
      shrink_line(start, px, step, line.data(), small);
      grow_line(line.data(), small, start, px, step);
    }
  }
}

void compress(int px, int quality, float* planes) {
  const int area = px * px;
  std::vector<std::uint8_t> rgb(static_cast<std::size_t>(area) * 3), file;
  for (int i = 0; i < area; ++i) {
    for (int c = 0; c < 3; ++c) {
      rgb[i * 3 + c] = static_cast<std::uint8_t>(planes[c * area + i] + 0.5f);
    }
  }
  const auto append = [](void* to, void* data, int size) {
    auto& bytes = *static_cast<std::vector<std::uint8_t>*>(to);
    const auto* from = static_cast<const std::uint8_t*>(data);
    bytes.insert(bytes.end(), from, from + size);
  };
  stbi_write_jpg_to_func(append, &file, px, px, 3, rgb.data(), quality);
  const auto picture = decode(std::as_bytes(std::span(file)));
  if (!picture)
    throw std::runtime_error("a JPEG made for training can't be read: " +
                             error_message(picture.error()));
  for (int i = 0; i < area; ++i) {
    for (int c = 0; c < 3; ++c) planes[c * area + i] = picture->rgb[i * 3 + c];
  }
}

}  // namespace leukolens::trainer
