#include "core/cells/stain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/cells/crop.h"
#include "core/cells/density.h"
#include "core/picture/resize.h"

namespace leukolens {
namespace {

constexpr int kGrid = 48;
constexpr double kWindow = 1;  // cut-out cells have no more around them
// Parts of the darkest twentieth: nucleus, then cytoplasm and red cells; less is ground.
constexpr float kDark = 0.6f, kHalfDark = 0.15f;

struct Hue {
  float sum[3] = {0, 0, 0};

  void add(const float* density) {
    for (int c = 0; c < 3; ++c) sum[c] += std::max(density[c], 0.0f);
  }
  float share(int channel) const {
    const float all = sum[0] + sum[1] + sum[2];
    return all > 0 ? sum[channel] / all : 1.0f / 3;
  }
};

float log_ratio(float a, float b) { return std::log((a + 1) / (b + 1)); }

}  // namespace

Stain stain_of(const Picture& picture, const Box& box) {
  const Box square = context(box, kWindow);
  const Density density = measure_density(picture, square);
  std::vector<float> values(std::size_t(kGrid) * kGrid * 3);
  resample(picture, region_of(square), kGrid, kGrid, values.data());
  to_density(density, values.data(), values.size() / 3);
  Hue dark, half_dark;
  for (std::size_t i = 0; i < values.size(); i += 3) {
    const float mean = (values[i] + values[i + 1] + values[i + 2]) / 3;
    if (mean >= kDark) {
      dark.add(&values[i]);
    } else if (mean >= kHalfDark) {
      half_dark.add(&values[i]);
    }
  }
  return {log_ratio(density.light[0], density.light[1]),
          log_ratio(density.light[2], density.light[1]),
          dark.share(0),
          dark.share(1),
          half_dark.share(0),
          half_dark.share(1),
          std::log(density.scale)};
}

float stain_distance(const Stain& stain, const KnownStains& known) {
  if (known.centres.empty()) return 0;
  float nearest = std::numeric_limits<float>::max();
  for (std::size_t row = 0; row + kStainValues <= known.centres.size(); row += kStainValues) {
    float sum = 0;
    for (std::size_t i = 0; i < kStainValues; ++i) {
      const float off = (stain[i] - known.centres[row + i]) / known.spread[i];
      sum += off * off;
    }
    nearest = std::min(nearest, sum);
  }
  return std::sqrt(nearest / kStainValues) / known.farthest;
}

}  // namespace leukolens
