#include "core/cells/quality.h"

#include <algorithm>
#include <cmath>

#include "core/cells/crop.h"
#include "core/cells/median.h"
#include "core/picture/resize.h"

namespace leukolens {
namespace {

// Chosen on training and validation pictures, see model/protocols/quality.json.
constexpr float kBlurredBelow = 0.045f;
constexpr float kWhiteAbove = 0.10f;
constexpr std::uint8_t kFull = 253;  // JPEG lets full white waver by 2

constexpr int kSide = 96;  // px a cell is measured at
constexpr double kWindow = 1.15;

using Plane = std::vector<float>;

Plane green_of(const Picture& picture, const Box& box) {
  std::vector<float> rgb(std::size_t(kSide) * kSide * 3);
  resample(picture, region_of(context(box, kWindow)), kSide, kSide, rgb.data());
  Plane green(std::size_t(kSide) * kSide);
  for (std::size_t i = 0; i < green.size(); ++i) green[i] = rgb[i * 3 + 1];
  return green;
}

// Each value's mean with its two neighbours, `step` apart in lines `next` apart.
Plane smoothed(const Plane& plane, std::size_t step, std::size_t next) {
  Plane result(plane.size());
  for (std::size_t line = 0; line < kSide; ++line) {
    for (std::size_t along = 0; along < kSide; ++along) {
      const std::size_t i = line * next + along * step;
      const std::size_t before = along > 0 ? i - step : i, after = along + 1 < kSide ? i + step : i;
      result[i] = (plane[before] + plane[i] + plane[after]) / 3;
    }
  }
  return result;
}

// Squares count, so that outlines weigh more than noise.
float steepness(const Plane& plane) {
  float sum = 0;
  for (int y = 0; y + 1 < kSide; ++y) {
    for (int x = 0; x + 1 < kSide; ++x) {
      const std::size_t i = std::size_t(y) * kSide + x;
      const float right = plane[i + 1] - plane[i], down = plane[i + kSide] - plane[i];
      sum += right * right + down * down;
    }
  }
  return sum;
}

float white_share(const Picture& picture) {
  std::size_t white = 0;
  for (std::size_t i = 0; i < picture.rgb.size(); i += 3) {
    const int full =
        (picture.rgb[i] >= kFull) + (picture.rgb[i + 1] >= kFull) + (picture.rgb[i + 2] >= kFull);
    white += full >= 2;  // one alone is a cast of the lamp
  }
  return static_cast<float>(white) * 3 / static_cast<float>(picture.rgb.size());
}

}  // namespace

float sharpness_of(const Picture& picture, const Box& box) {
  const Plane plane = green_of(picture, box);
  const float fine = steepness(plane);
  constexpr float kNothing = 1;  // squares of grey levels in all: rounding, no outline
  if (fine < kNothing) return 0;
  return 1 - std::sqrt(steepness(smoothed(smoothed(plane, 1, kSide), kSide, 1)) / fine);
}

Quality assess(const Picture& picture, std::span<const Box> cells, const KnownStains& known) {
  Quality quality;
  quality.white = white_share(picture);
  if (cells.empty()) return quality;
  std::vector<float> sharpness, distances;
  for (const Box& cell : cells) {
    sharpness.push_back(sharpness_of(picture, cell));
    if (!known.centres.empty()) {
      distances.push_back(stain_distance(stain_of(picture, cell), known));
    }
  }
  quality.sharpness = median(std::move(sharpness));
  if (!distances.empty()) quality.stain_distance = median(std::move(distances));
  return quality;
}

std::vector<Warning> warnings_of(const Quality& quality) {
  std::vector<Warning> warnings;
  if (quality.sharpness && *quality.sharpness < kBlurredBelow) {
    warnings.push_back(Warning::kBlurred);
  }
  if (quality.white > kWhiteAbove) warnings.push_back(Warning::kOverexposed);
  if (quality.stain_distance && *quality.stain_distance > 1) {
    warnings.push_back(Warning::kUnfamiliarStain);
  }
  return warnings;
}

}  // namespace leukolens
