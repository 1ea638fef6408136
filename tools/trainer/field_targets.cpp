#include "tools/trainer/field_targets.h"

#include <algorithm>
#include <cmath>

namespace leukolens::trainer {
namespace {

// A hill's standard deviation as a part of the thing's sides, and its smallest, in places.
constexpr float kHillOfSide = 0.1f, kSmallestHill = 0.9f;
constexpr float kGeometryFrom = 0.5f;  // height of the hill
constexpr double kGeometryWeight = 1.0;

void raise_hill(const Peak& thing, int places, float* target) {
  const float x = thing.x / kFinderStep - 0.5f, y = thing.y / kFinderStep - 0.5f;
  const float wide = std::max(kHillOfSide * thing.width / kFinderStep, kSmallestHill);
  const float high = std::max(kHillOfSide * thing.height / kFinderStep, kSmallestHill);
  const int peak_column = static_cast<int>(std::lround(x)),
            peak_row = static_cast<int>(std::lround(y));
  const int area = places * places;
  const auto range = [&](float middle, float deviation) {
    return std::pair(std::max(0, static_cast<int>(std::floor(middle - 3 * deviation))),
                     std::min(places - 1, static_cast<int>(std::ceil(middle + 3 * deviation))));
  };
  const auto [first_row, last_row] = range(y, high);
  const auto [first_column, last_column] = range(x, wide);
  for (int row = first_row; row <= last_row; ++row) {
    for (int column = first_column; column <= last_column; ++column) {
      const float dx = (x - column) / wide, dy = (y - row) / high;
      const bool is_peak = row == peak_row && column == peak_column;
      const float height = is_peak ? 1 : std::min(std::exp(-(dx * dx + dy * dy) / 2), 0.95f);
      float* place = target + row * places + column;
      float& hill = place[thing.kind * area];
      hill = std::max(hill, height);
      float* geometry = place + kFieldKinds * area;
      float& weight = geometry[kFinderGeometry * area];
      if (height < kGeometryFrom || height <= weight) continue;
      const float values[kFinderGeometry] = {x - column, y - row,
                                             std::log(thing.width / kFinderUnitPx),
                                             std::log(thing.height / kFinderUnitPx)};
      for (int v = 0; v < kFinderGeometry; ++v) geometry[v * area] = values[v];
      weight = height;
    }
  }
}

}  // namespace

void write_target(const std::vector<Peak>& things, const std::array<bool, kFieldKinds>& complete,
                  int places, float* target) {
  const int area = places * places;
  std::fill_n(target, kTargetPlanes * area, 0.0f);
  for (const Peak& thing : things) raise_hill(thing, places, target);
  for (int i = 0; i < kFieldKinds * area; ++i) {
    const bool on_a_hill = target[i] >= kGeometryFrom;
    if (!complete[i / area] && !on_a_hill) target[i] = -1;
  }
}

// [n, parts * parts * values, h, w] to [n, values, h * parts, w * parts].
torch::Tensor by_place(const torch::Tensor& answer) {
  constexpr std::int64_t kParts = kFinderParts, kValues = kFieldKinds + kFinderGeometry;
  const std::int64_t n = answer.size(0), rows = answer.size(2), columns = answer.size(3);
  return answer.reshape({n, kParts, kParts, kValues, rows, columns})
      .permute({0, 3, 4, 1, 5, 2})
      .reshape({n, kValues, rows * kParts, columns * kParts});
}

// Focal loss with less blame near a peak (Zhou 2019, Objects as points), smooth L1 for geometry.
FieldLoss field_loss(const torch::Tensor& said, const torch::Tensor& target) {
  namespace F = torch::nn::functional;
  const torch::Tensor answer = by_place(said);
  const torch::Tensor hill = target.slice(1, 0, kFieldKinds);
  const torch::Tensor logits = answer.slice(1, 0, kFieldKinds);
  const torch::Tensor known = hill.ge(0).to(torch::kFloat32);
  const torch::Tensor is_peak = hill.ge(0.999).to(torch::kFloat32);
  const torch::Tensor p = torch::sigmoid(logits);
  const torch::Tensor peaks = is_peak * (1 - p).pow(2) * F::logsigmoid(logits);
  const torch::Tensor ground =
      known * (1 - is_peak) * (1 - hill).clamp(0, 1).pow(4) * p.pow(2) * F::logsigmoid(-logits);
  const torch::Tensor count = is_peak.sum().clamp_min(1);
  const torch::Tensor height_loss = -(peaks.sum() + ground.sum()) / count;

  const torch::Tensor geometry = target.slice(1, kFieldKinds, kFieldKinds + kFinderGeometry);
  const torch::Tensor weight = target.slice(1, kFieldKinds + kFinderGeometry);
  const torch::Tensor off =
      F::smooth_l1_loss(answer.slice(1, kFieldKinds), geometry,
                        F::SmoothL1LossFuncOptions().reduction(torch::kNone).beta(0.1));
  const torch::Tensor geometry_loss = (off * weight).sum() / weight.sum().clamp_min(1);
  const double seen = ((p.ge(0.5).to(torch::kFloat32) * is_peak).sum() / count).item<double>();
  return {height_loss + kGeometryWeight * geometry_loss, seen};
}

}  // namespace leukolens::trainer
