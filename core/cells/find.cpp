// The colour rule: stained nuclei are the bluest things of a smear, red cells and background have
// about as much green as blue.
#include "core/cells/find.h"

#include <algorithm>
#include <cmath>

#include "core/cells/mask.h"
#include "core/picture/resize.h"

namespace leukolens {
namespace {

constexpr int kWorkingWidth = 160;         // narrower pictures are not enlarged
constexpr int kMaxWorkingHeight = 1280;    // bounds the work on pictures like a ribbon
constexpr double kThresholdShare = 0.4;    // of the way from the median to the bluest
constexpr double kBluestQuantile = 0.995;  // robust against single hot pixels
// 8-bit steps from the median to the bluest. Measured: at least 82 on BCCD, 11 on the faintest
// stains of Chula; an even surface with strong camera noise stays under 8.
constexpr float kLeastContrast = 8;

// Blue minus green of the shrunken picture, rows from the top.
struct Blueness {
  int width = 0, height = 0;
  std::vector<float> values;
};

Blueness measure_blueness(const Picture& picture) {
  const double scale = std::min(
      {1.0, double(kWorkingWidth) / picture.width, double(kMaxWorkingHeight) / picture.height});
  Blueness blueness;
  blueness.width = std::max(1, static_cast<int>(std::lround(picture.width * scale)));
  blueness.height = std::max(1, static_cast<int>(std::lround(picture.height * scale)));
  const std::size_t pixels = std::size_t(blueness.width) * blueness.height;
  std::vector<float> rgb(pixels * 3);
  resample(picture, {0, 0, double(picture.width), double(picture.height)}, blueness.width,
           blueness.height, rgb.data());
  blueness.values.resize(pixels);
  for (std::size_t i = 0; i < pixels; ++i) blueness.values[i] = rgb[i * 3 + 2] - rgb[i * 3 + 1];
  return blueness;
}

// Gaussian of sigma 1 px along one line; the edge value is repeated.
void smooth_line(float* values, std::size_t step, int length, std::vector<float>& line) {
  constexpr float kWeights[] = {0.39905028f, 0.24203624f, 0.05400558f, 0.00443305f};
  for (int i = 0; i < length; ++i) line[i] = values[i * step];
  for (int i = 0; i < length; ++i) {
    float sum = kWeights[0] * line[i];
    for (int k = 1; k <= 3; ++k) {
      sum += kWeights[k] * (line[std::max(0, i - k)] + line[std::min(length - 1, i + k)]);
    }
    values[i * step] = sum;
  }
}

void smooth(Blueness& blueness) {
  std::vector<float> line(std::size_t(std::max(blueness.width, blueness.height)));
  float* values = blueness.values.data();
  for (int y = 0; y < blueness.height; ++y) {
    smooth_line(values + std::size_t(y) * blueness.width, 1, blueness.width, line);
  }
  for (int x = 0; x < blueness.width; ++x) {
    smooth_line(values + x, std::size_t(blueness.width), blueness.height, line);
  }
}

float quantile(std::vector<float> values, double share) {
  const auto at = values.begin() + std::lround(share * double(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// From pixels of the shrunken picture to those of the whole one, outwards.
Box enlarge(const Box& box, const Blueness& from, const Picture& to) {
  const double sx = double(to.width) / from.width, sy = double(to.height) / from.height;
  const int left = static_cast<int>(std::floor(box.x * sx));
  const int top = static_cast<int>(std::floor(box.y * sy));
  const int right = std::min(to.width, static_cast<int>(std::ceil((box.x + box.width) * sx)));
  const int bottom = std::min(to.height, static_cast<int>(std::ceil((box.y + box.height) * sy)));
  return {left, top, right - left, bottom - top};
}

}  // namespace

std::vector<Sighting> find_cells(const Picture& picture) {
  Blueness blueness = measure_blueness(picture);
  smooth(blueness);
  const float median = quantile(blueness.values, 0.5);
  const float contrast = quantile(blueness.values, kBluestQuantile) - median;
  if (contrast < kLeastContrast) return {};

  const float threshold = median + float(kThresholdShare) * contrast;
  Mask mask{blueness.width, blueness.height, {}};
  mask.pixels.reserve(blueness.values.size());
  for (float value : blueness.values) mask.pixels.push_back(value > threshold);
  close(mask, 2);
  open(mask, 1);

  for (float& value : blueness.values) value -= median;
  const std::vector<Component> found = components(mask, blueness.values);
  const auto main =
      std::max_element(found.begin(), found.end(),
                       [](const Component& a, const Component& b) { return a.weight < b.weight; });
  if (main == found.end()) return {};
  const double mean = main->weight / double(main->area_px);
  return {{enlarge(main->box, blueness, picture), float(std::clamp(mean / 255, 0.0, 1.0))}};
}

}  // namespace leukolens
