// What the finder's net should say of a window, and how far off an answer is.
#pragma once

#include <torch/torch.h>

#include <array>
#include <vector>

#include "core/cells/peaks.h"

namespace leukolens::trainer {

inline constexpr int kFieldKinds = 3;
// Planes of a target: the height of each kind's hill, 0..1, or below 0 where nothing is known; the
// geometry of core/cells/peaks.h; the geometry's weight.
inline constexpr int kTargetPlanes = kFieldKinds + kFinderGeometry + 1;

// Writes kTargetPlanes x places x places values. `things` are in pixels of the window; of a kind
// that is not `complete`, only the hills themselves are known.
void write_target(const std::vector<Peak>& things, const std::array<bool, kFieldKinds>& complete,
                  int places, float* target);

struct FieldLoss {
  torch::Tensor loss;  // one value
  double seen = 0;     // of the things, 0..1
};
// What the net says of a window: its map's channels for the parts of each of its columns and rows.
inline constexpr int kFieldOutputs = kFinderParts * kFinderParts * (kFieldKinds + kFinderGeometry);
// `said` [n, kFieldOutputs, h, w], `target` [n, planes, h * parts, w * parts].
FieldLoss field_loss(const torch::Tensor& said, const torch::Tensor& target);

}  // namespace leukolens::trainer
