#include "tools/trainer/stains.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/cells/stain.h"
#include "core/count/bootstrap.h"

namespace leukolens::trainer {
namespace {

constexpr std::size_t kCentres = 48;
constexpr int kRounds = 30;
constexpr double kWithin = 0.995;  // of the training cells are nearer than the farthest

Stain stain_at(const CellCrops& crops, const Recipe& recipe, int cell) {
  const std::uint8_t* from = crops.at(cell);
  Picture square;
  square.width = square.height = crops.wide_px;
  square.rgb.assign(from, from + std::size_t(crops.wide_px) * crops.wide_px * 3);
  // The square is margin times crop_scale as wide as the cell's box, whose middle is its own.
  const int side =
      static_cast<int>(std::lround(crops.wide_px / (recipe.margin * recipe.crop_scale)));
  const int corner = (crops.wide_px - side) / 2;
  return stain_of(square, {corner, corner, side, side});
}

std::vector<float> spread_of(const std::vector<Stain>& all) {
  std::vector<float> spread(kStainValues);
  for (std::size_t i = 0; i < kStainValues; ++i) {
    double sum = 0, squares = 0;
    for (const Stain& stain : all) {
      sum += double(stain[i]);
      squares += double(stain[i]) * double(stain[i]);
    }
    const double n = static_cast<double>(all.size()), mean = sum / n;
    spread[i] = static_cast<float>(std::sqrt(std::max(squares / n - mean * mean, 1e-8)));
  }
  return spread;
}

std::size_t nearest(const Stain& stain, const Stains& stains) {
  std::size_t best = 0;
  float least = 0;
  for (std::size_t row = 0; row < stains.centres.size(); row += kStainValues) {
    const std::span<const float> centre(&stains.centres[row], kStainValues);
    const float distance = stain_distance(stain, {centre, stains.spread, 1});
    if (row == 0 || distance < least) best = row, least = distance;
  }
  return best;
}

// Each centre moves to the mean of the stains nearest to it.
void move_centres(const std::vector<Stain>& all, Stains& stains) {
  std::vector<double> sums(stains.centres.size()), counts(stains.centres.size());
  for (const Stain& stain : all) {
    const std::size_t row = nearest(stain, stains);
    for (std::size_t i = 0; i < kStainValues; ++i) {
      sums[row + i] += double(stain[i]);
      counts[row + i] += 1;
    }
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (counts[i] > 0) stains.centres[i] = static_cast<float>(sums[i] / counts[i]);
  }
}

}  // namespace

Stains known_stains(const std::vector<Cell>& cells, const CellCrops& crops, const Recipe& recipe,
                    const std::vector<int>& train) {
  std::vector<Stain> all;
  for (const int cell : train) {
    if (cells[std::size_t(cell)].side != SideKind::kWhiteCell) continue;
    all.push_back(stain_at(crops, recipe, cell));
  }
  Stains stains;
  stains.spread = spread_of(all);
  SeededRandom random(recipe.seed);
  for (std::size_t k = 0; k < std::min(kCentres, all.size()); ++k) {
    const Stain& drawn = all[random.below(all.size())];
    stains.centres.insert(stains.centres.end(), drawn.begin(), drawn.end());
  }
  for (int round = 0; round < kRounds; ++round) move_centres(all, stains);
  std::vector<float> distances;
  for (const Stain& stain : all) {
    distances.push_back(stain_distance(stain, {stains.centres, stains.spread, 1}));
  }
  std::ranges::sort(distances);
  stains.farthest = distances[static_cast<std::size_t>(kWithin * double(distances.size() - 1))];
  return stains;
}

void tell_stains(const Stains& stains, schema::ModelCardT& card) {
  card.stain_centres = stains.centres;
  card.stain_spread = stains.spread;
  card.stain_farthest = stains.farthest;
}

}  // namespace leukolens::trainer
