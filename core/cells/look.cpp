#include "core/cells/look.h"

#include <algorithm>
#include <cmath>

#include "core/picture/resize.h"

namespace leukolens {
namespace {

// A picture that fits into one piece is looked at whole. Tiles share a margin wider than what the
// net sees of a thing's surroundings needs to be; a thing belongs to the tile whose core holds its
// middle.
constexpr int kWholeSide = 704, kTileWidth = 640, kTileHeight = 480, kTileMargin = 96;

struct Span {
  int from = 0, length = 0;          // of the tile
  float core_from = 0, core_to = 0;  // where middles count
};

int whole_strides(double px) {
  return std::max(1, static_cast<int>(std::ceil(px / kFinderStride))) * kFinderStride;
}

std::vector<Span> spans(int side, int tile, bool in_one_piece) {
  constexpr float kFar = 1e9f;
  if (in_one_piece) return {{0, whole_strides(side), -kFar, kFar}};
  std::vector<Span> all;
  const int step = tile - 2 * kTileMargin;
  for (int from = 0;; from += step) {
    const bool last = from + tile >= side;
    const float begin = from == 0 ? -kFar : static_cast<float>(from + kTileMargin);
    all.push_back({from, tile, begin, last ? kFar : static_cast<float>(from + tile - kTileMargin)});
    if (last) return all;
  }
}

// Densities of a tile; beyond the picture there is ground.
void fill(const Picture& picture, const Density& density, double scale, const LookSpec& spec,
          const Span& across, const Span& down, Tensor& input) {
  const std::size_t pixels = std::size_t(across.length) * down.length;
  input.shape = {1, std::size_t(down.length), std::size_t(across.length), 3};
  input.values.resize(pixels * 3);
  float* values = input.values.data();
  resample(picture,
           {across.from / scale, down.from / scale, across.length / scale, down.length / scale},
           across.length, down.length, values);
  to_density(density, values, pixels);
  const double width = picture.width * scale, height = picture.height * scale;
  for (int y = 0; y < down.length; ++y) {
    for (int x = 0; x < across.length; ++x, values += 3) {
      const bool beyond = across.from + x >= width || down.from + y >= height;
      for (int c = 0; c < 3; ++c) {
        values[c] = ((beyond ? 0 : values[c]) - spec.mean[c]) / spec.std[c];
      }
    }
  }
}

Result<std::vector<Peak>> look_at_tile(Looker& looker, const LookSpec& spec) {
  const auto outputs = looker.runner.run(looker.input);
  if (!outputs) return outputs.error();
  looker.pixels += std::uint64_t{looker.input.shape[1]} * looker.input.shape[2];
  const Output& map = (*outputs)[0];
  const auto finite = [](float value) { return std::isfinite(value); };
  if (!std::all_of(map.values.begin(), map.values.end(), finite)) {
    return Error{ErrorCode::kEngineFailed, "the finder's answer is not a finite number"};
  }
  return find_peaks(map.values, int(map.shape[1]), int(map.shape[2]), spec.thresholds);
}

}  // namespace

Result<std::vector<Peak>> look(const Picture& picture, const Density& density, double scale,
                               const LookSpec& spec, Looker& looker) {
  const int width = static_cast<int>(std::ceil(picture.width * scale));
  const int height = static_cast<int>(std::ceil(picture.height * scale));
  const bool in_one_piece = std::max(width, height) <= kWholeSide;
  std::vector<Peak> all;
  for (const Span& down : spans(height, kTileHeight, in_one_piece)) {
    for (const Span& across : spans(width, kTileWidth, in_one_piece)) {
      fill(picture, density, scale, spec, across, down, looker.input);
      const auto peaks = look_at_tile(looker, spec);
      if (!peaks) return peaks.error();
      for (Peak peak : *peaks) {
        peak.x += static_cast<float>(across.from);
        peak.y += static_cast<float>(down.from);
        const bool here = peak.x >= across.core_from && peak.x < across.core_to &&
                          peak.y >= down.core_from && peak.y < down.core_to;
        const bool inside = peak.x < picture.width * scale && peak.y < picture.height * scale;
        if (here && inside) all.push_back(peak);
      }
    }
  }
  keep_strongest(all, spec.kind_that_may_overlap);
  return all;
}

}  // namespace leukolens
