#include "core/cells/peaks.h"

#include <algorithm>
#include <cmath>

namespace leukolens {
namespace {

constexpr float kLargestLog = 2.5f;  // sides from 3 to 490 px

// A whole order, so that equal scores fall the same way everywhere.
bool stronger(const Peak& a, const Peak& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.kind != b.kind) return a.kind < b.kind;
  return a.y != b.y ? a.y < b.y : a.x < b.x;
}

// The net's map, place by place.
struct Places {
  std::span<const float> map;
  int rows = 0, columns = 0;  // of places
  std::size_t depth = 0;

  const float* at(int row, int column) const {
    constexpr int kParts = kFinderParts;
    const std::size_t cell =
        std::size_t(row / kParts) * (columns / kParts) + std::size_t(column / kParts);
    const int part = row % kParts * kParts + column % kParts;
    return &map[(cell * kParts * kParts + part) * depth];
  }
};

// Whether no neighbour is higher; of two equal ones the first counts.
bool is_top(const Places& places, int row, int column, std::size_t kind) {
  const float here = places.at(row, column)[kind];
  for (int r = std::max(row - 1, 0); r <= std::min(row + 1, places.rows - 1); ++r) {
    for (int c = std::max(column - 1, 0); c <= std::min(column + 1, places.columns - 1); ++c) {
      const bool before = r < row || (r == row && c < column);
      const float there = places.at(r, c)[kind];
      if (there > here || (before && there == here)) return false;
    }
  }
  return true;
}

float side(float logarithm) {
  return kFinderUnitPx * std::exp(std::clamp(logarithm, -kLargestLog, kLargestLog));
}

}  // namespace

float overlap(const Peak& a, const Peak& b) {
  const auto shared = [](float p, float p_side, float q, float q_side) {
    const float low = std::max(p - p_side / 2, q - q_side / 2);
    return std::max(0.0f, std::min(p + p_side / 2, q + q_side / 2) - low);
  };
  const float both = shared(a.x, a.width, b.x, b.width) * shared(a.y, a.height, b.y, b.height);
  return both / (a.width * a.height + b.width * b.height - both);
}

std::vector<Peak> find_peaks(std::span<const float> map, int rows, int columns,
                             std::span<const float> thresholds) {
  const std::size_t kinds = thresholds.size();
  const Places places{map, rows * kFinderParts, columns * kFinderParts, kinds + kFinderGeometry};
  std::vector<Peak> peaks;
  for (int row = 0; row < places.rows; ++row) {
    for (int column = 0; column < places.columns; ++column) {
      const float* place = places.at(row, column);
      const float* geometry = place + kinds;
      for (std::size_t kind = 0; kind < kinds; ++kind) {
        const float score = 1 / (1 + std::exp(-place[kind]));
        if (score < thresholds[kind]) continue;
        if (!is_top(places, row, column, kind)) continue;
        peaks.push_back({int(kind), score, (column + 0.5f + geometry[0]) * kFinderStep,
                         (row + 0.5f + geometry[1]) * kFinderStep, side(geometry[2]),
                         side(geometry[3])});
      }
    }
  }
  std::sort(peaks.begin(), peaks.end(), stronger);
  return peaks;
}

void keep_strongest(std::vector<Peak>& peaks, int kind_that_may_overlap) {
  std::sort(peaks.begin(), peaks.end(), stronger);
  std::vector<Peak> kept;
  for (const Peak& peak : peaks) {
    const bool is_new = std::none_of(kept.begin(), kept.end(), [&](const Peak& other) {
      const bool may = peak.kind != other.kind &&
                       (peak.kind == kind_that_may_overlap || other.kind == kind_that_may_overlap);
      return !may && overlap(peak, other) >= kFinderOverlap;
    });
    if (is_new) kept.push_back(peak);
  }
  peaks = std::move(kept);
}

}  // namespace leukolens
