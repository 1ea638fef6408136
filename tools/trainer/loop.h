// The training loop: optimiser, moving average, checkpoints, progress. What is trained on what, and
// what counts as loss, is the caller's.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "tools/trainer/batches.h"
#include "tools/trainer/net.h"

namespace leukolens::trainer {

enum class Start {
  kAnew,    // whatever checkpoint is there is written over
  kResume,  // from the run's checkpoint, if there is one; one with another fingerprint is refused
  kReuse,   // the same, but such a checkpoint is written over
};

struct LoopPlan {
  std::string name;                  // for progress
  std::filesystem::path checkpoint;  // file
  std::string fingerprint;           // of everything that decides the result
  std::int64_t steps = 0, warmup_steps = 0;
  int batch = 0, threads = 1;
  double learning_rate = 0, weight_decay = 0, ema = 0;
};

struct StepResult {
  torch::Tensor loss;  // one value, with its graph
  int right = 0;       // of the batch, for progress
};

// Trains `net` and `average` (two equal fresh nets) until the last step or a request to stop. Batch
// n must follow from n alone, so that a resumed run gives the same net as one without the break.
// Returns the moving average, or nothing when stopped; a checkpoint is written in both cases.
// Appends to `log`. `make` is called from another thread.
std::optional<Net> run_loop(const LoopPlan& plan, Start start, Net net, Net average,
                            const std::function<Batch(std::int64_t)>& make,
                            const std::function<StepResult(Net&, const Batch&)>& learn,
                            std::string& log);

// Asks every training loop to write its checkpoint and end; safe in a signal handler.
void request_stop();

}  // namespace leukolens::trainer
