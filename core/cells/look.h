// One look of the finder's net at a picture, at one scale: in one piece, or in tiles whose seams
// neither lose nor double a thing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/cells/density.h"
#include "core/cells/peaks.h"
#include "core/net/runner.h"
#include "core/picture/picture.h"
#include "core/result.h"

namespace leukolens {

struct LookSpec {
  float mean[3] = {0, 0, 0}, std[3] = {1, 1, 1};  // of densities
  std::vector<float> thresholds;                  // of each kind, 0..1
  int kind_that_may_overlap = -1;
};

// What looks at pictures, one after the other.
struct Looker {
  Runner runner;
  Tensor input = {};         // keeps its memory between looks
  std::uint64_t pixels = 0;  // run through the net in all looks so far
};

// Peaks in pixels of the picture enlarged by `scale` (0.01 to 8). Errors: engine_failed.
Result<std::vector<Peak>> look(const Picture& picture, const Density& density, double scale,
                               const LookSpec& spec, Looker& looker);

}  // namespace leukolens
