// The state of a training run on disk.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <string>

#include "tools/trainer/net.h"

namespace leukolens::trainer {

// References to what a run consists of; everything else follows from recipe and step.
struct RunState {
  Net& net;
  Net& average;
  torch::optim::Optimizer& optimizer;
  std::int64_t& step;
};

void save_checkpoint(const std::filesystem::path& file, const RunState& state,
                     const std::string& fingerprint);
// Whether it was saved with this fingerprint. Errors: damaged file.
bool checkpoint_fits(const std::filesystem::path& file, const std::string& fingerprint);
void load_checkpoint(const std::filesystem::path& file, const RunState& state);

}  // namespace leukolens::trainer
