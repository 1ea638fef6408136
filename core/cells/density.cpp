#include "core/cells/density.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace leukolens {
namespace {

constexpr int kGrid = 64;
constexpr float kRank = 0.95f, kSmallestScale = 0.15f;
constexpr float kLowest = -0.5f, kHighest = 2;
constexpr int kFill = 24;  // no stain is as dark in all channels: a frame, a fill, a vignette
constexpr int kSteps = 4;  // of the table, per grey level

// ln(v + 1) for v in quarter grey levels; a logarithm per value would cost more than the net's
// input.
const std::array<float, 255 * kSteps + 2>& log_table() {
  static const auto table = [] {
    std::array<float, 255 * kSteps + 2> made;
    for (std::size_t i = 0; i < made.size(); ++i) {
      made[i] = std::log(static_cast<float>(i) / kSteps + 1);
    }
    return made;
  }();
  return table;
}

float log_of(float value_0_255) {
  const float at = std::clamp(value_0_255, 0.0f, 255.0f) * kSteps;
  const auto step = static_cast<std::size_t>(at);
  const float low = log_table()[step];
  return low + (at - static_cast<float>(step)) * (log_table()[step + 1] - low);
}

Box inside(const Picture& picture, const Box& box) {
  const int left = std::max(box.x, 0), top = std::max(box.y, 0);
  const int right = std::min(box.x + box.width, picture.width);
  const int bottom = std::min(box.y + box.height, picture.height);
  if (left >= right || top >= bottom) return {0, 0, picture.width, picture.height};
  return {left, top, right - left, bottom - top};
}

// Interleaved RGB of a grid of points, the middles of equal parts, without those that aren't smear;
// all of them where none is.
std::vector<std::uint8_t> grid_of(const Picture& picture, const Box& box) {
  const int columns = std::min(kGrid, box.width), rows = std::min(kGrid, box.height);
  std::vector<std::uint8_t> points, fill;
  points.reserve(std::size_t(columns) * rows * 3);
  for (int row = 0; row < rows; ++row) {
    const int y = box.y + static_cast<int>((2LL * row + 1) * box.height / (2 * rows));
    for (int column = 0; column < columns; ++column) {
      const int x = box.x + static_cast<int>((2LL * column + 1) * box.width / (2 * columns));
      const std::uint8_t* rgb = &picture.rgb[(std::size_t(y) * picture.width + x) * 3];
      std::vector<std::uint8_t>& kind = std::max({rgb[0], rgb[1], rgb[2]}) < kFill ? fill : points;
      kind.insert(kind.end(), rgb, rgb + 3);
    }
  }
  return points.empty() ? fill : points;
}

std::size_t rank_of(std::size_t count) {
  return static_cast<std::size_t>(kRank * static_cast<float>(count - 1));
}

// Of one channel of interleaved grey levels, by counting them.
float ranked(const std::vector<std::uint8_t>& rgb, std::size_t channel) {
  std::array<std::size_t, 256> count{};
  for (std::size_t i = channel; i < rgb.size(); i += 3) ++count[rgb[i]];
  std::size_t level = 0, below = count[0];
  for (const std::size_t at = rank_of(rgb.size() / 3); below <= at; below += count[++level]) {
  }
  return static_cast<float>(level);
}

float ranked(std::vector<float>& values) {
  const auto at = static_cast<std::ptrdiff_t>(rank_of(values.size()));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

}  // namespace

Density measure_density(const Picture& picture, const Box& window) {
  const std::vector<std::uint8_t> points = grid_of(picture, inside(picture, window));
  const std::size_t count = points.size() / 3;
  Density density;
  std::vector<float> values(count, 0.0f);
  for (std::size_t c = 0; c < 3; ++c) {
    density.light[c] = ranked(points, c);
    const float light = log_of(density.light[c]);
    for (std::size_t i = 0; i < count; ++i) {
      values[i] += (light - log_table()[std::size_t(points[i * 3 + c]) * kSteps]) / 3;
    }
  }
  density.scale = std::max(ranked(values), kSmallestScale);
  return density;
}

void to_density(const Density& density, float* rgb, std::size_t count) {
  const float factor = 1 / density.scale;
  float light[3];
  for (int c = 0; c < 3; ++c) light[c] = log_of(density.light[c]);
  for (std::size_t i = 0; i < count; ++i) {
    for (int c = 0; c < 3; ++c, ++rgb) {
      *rgb = std::clamp((light[c] - log_of(*rgb)) * factor, kLowest, kHighest);
    }
  }
}

}  // namespace leukolens
