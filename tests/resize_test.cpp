// Resampling against a plain twin that looks at every source pixel.
#include "core/picture/resize.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "doctest.h"
#include "tests/picture_files.h"

using namespace leukolens;
using picture_files::pattern;

namespace {

// Weight of source pixel `i` (which may lie beyond the edge) in target pixel `t` of one axis.
double weight(double from, double length, int target_size, int t, int i) {
  const double step = length / target_size;
  if (step >= 1) {  // the share of the target pixel that the source pixel covers
    const double left = std::max(from + t * step, double(i));
    const double right = std::min(from + (t + 1) * step, i + 1.0);
    return std::max(0.0, right - left) / step;
  }
  return std::max(0.0, 1 - std::abs(from + (t + 0.5) * step - (i + 0.5)));
}

double plain(const Picture& source, const Region& region, int width, int height, int x, int y,
             int channel) {
  constexpr int kBeyond = 40;
  double sum = 0;
  for (int v = -kBeyond; v < source.height + kBeyond; ++v) {
    const double row = weight(region.y, region.height, height, y, v);
    if (row == 0) continue;
    for (int u = -kBeyond; u < source.width + kBeyond; ++u) {
      const int inner_u = std::clamp(u, 0, source.width - 1);
      const int inner_v = std::clamp(v, 0, source.height - 1);
      sum += row * weight(region.x, region.width, width, x, u) *
             source.rgb[std::size_t((inner_v * source.width + inner_u) * 3 + channel)];
    }
  }
  return sum;
}

std::vector<float> resampled(const Picture& source, const Region& region, int width, int height) {
  std::vector<float> target(std::size_t(width * height * 3), -1.0f);
  resample(source, region, width, height, target.data());
  return target;
}

}  // namespace

TEST_CASE("resampling equals the plain twin") {
  struct Row {
    int source_width, source_height;
    Region region;
    int width, height;
  };
  const Row rows[] = {
      {37, 23, {0, 0, 37, 23}, 10, 7},            // smaller on both axes
      {37, 23, {0, 0, 37, 23}, 61, 50},           // larger on both
      {37, 23, {0, 0, 37, 23}, 61, 5},            // larger and smaller
      {37, 23, {3.25, 2.5, 20.1, 11.7}, 13, 11},  // a fractional part
      {37, 23, {-8.3, -5.5, 30, 30}, 9, 8},       // beyond the upper left corner
      {37, 23, {20, 10, 30.5, 31.25}, 40, 12},    // beyond the lower right corner
      {37, 23, {-30, -30, 97, 83}, 16, 16},       // beyond every edge
      {37, 23, {-20, 5, 10, 10}, 4, 20},          // wholly outside
      {37, 23, {5.5, 6.5, 12, 12}, 12, 12},       // shifted by half a pixel
      {16, 16, {0, 0, 16, 16}, 1, 1},             // everything in one pixel
      {16, 16, {4, 4, 0.5, 0.5}, 3, 3},           // inside one pixel
  };
  for (const Row& row : rows) {
    CAPTURE(row.width);
    CAPTURE(row.region.x);
    const Picture source = pattern(row.source_width, row.source_height);
    const std::vector<float> values = resampled(source, row.region, row.width, row.height);
    double worst = 0;
    for (int y = 0; y < row.height; ++y) {
      for (int x = 0; x < row.width; ++x) {
        for (int c = 0; c < 3; ++c) {
          const double exact = plain(source, row.region, row.width, row.height, x, y, c);
          worst =
              std::max(worst, std::abs(exact - values[std::size_t((y * row.width + x) * 3 + c)]));
        }
      }
    }
    CHECK(worst < 1e-3);
  }
}

TEST_CASE("the whole picture keeps its mean however it is shrunk") {
  const Picture source = pattern(101, 67);
  const double mean =
      std::accumulate(source.rgb.begin(), source.rgb.end(), 0.0) / double(source.rgb.size());
  for (int width : {1, 7, 50, 100, 101}) {
    const std::vector<float> values = resampled(source, {0, 0, 101, 67}, width, 13);
    const double shrunk =
        std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
    CHECK(shrunk == doctest::Approx(mean).epsilon(1e-6));
  }
}

TEST_CASE("the same size gives the same pixels, an even surface stays even") {
  const Picture source = pattern(40, 30);
  const std::vector<float> same = resampled(source, {0, 0, 40, 30}, 40, 30);
  CHECK(std::equal(same.begin(), same.end(), source.rgb.begin()));

  Picture even = source;
  std::fill(even.rgb.begin(), even.rgb.end(), std::uint8_t{77});
  for (int size : {3, 17, 90}) {
    for (float value : resampled(even, {-3.3, 4.7, 29.9, 31}, size, size)) {
      CHECK(value == doctest::Approx(77).epsilon(1e-6));
    }
  }
}

TEST_CASE("fit shrinks to the longer side and never enlarges") {
  struct Row {
    int width, height, side, fitted_width, fitted_height;
  };
  for (const Row& row :
       {Row{640, 480, 160, 160, 120}, Row{480, 640, 160, 120, 160}, Row{100, 50, 160, 100, 50},
        Row{1000, 20, 100, 100, 2}, Row{1000, 16, 10, 10, 1}}) {
    Picture source = pattern(row.width, row.height);
    source.warnings = {Warning::kAnimation};
    const Picture fitted = fit(source, row.side);
    CHECK(fitted.width == row.fitted_width);
    CHECK(fitted.height == row.fitted_height);
    CHECK(fitted.rgb.size() == std::size_t(fitted.width * fitted.height * 3));
    CHECK(fitted.warnings == source.warnings);
  }
  // Rounded to the nearest step: the mean of 0, 0, 0 and 255 is 63.75.
  Picture corner = pattern(32, 32);
  std::fill(corner.rgb.begin(), corner.rgb.end(), std::uint8_t{0});
  corner.rgb[0] = 255;
  CHECK(fit(corner, 16).rgb[0] == 64);
}

TEST_CASE("cut gives the region's pixels and repeats the edge beyond the picture") {
  const Picture source = pattern(40, 30);
  const Picture inner = cut(source, {10, 5, 8, 6}, 8, 6);
  REQUIRE(inner.width == 8);
  REQUIRE(inner.height == 6);
  for (int y = 0; y < 6; ++y) {
    const auto row = source.rgb.begin() + ((5 + y) * 40 + 10) * 3;
    CHECK(std::equal(row, row + 8 * 3, inner.rgb.begin() + y * 8 * 3));
  }
  const Picture outer = cut(source, {-5, -5, 5, 5}, 5, 5);
  for (std::size_t k = 0; k < outer.rgb.size(); ++k) CHECK(outer.rgb[k] == source.rgb[k % 3]);
}
