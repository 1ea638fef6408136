// The training loop: batches, optimiser, moving average, checkpoints, progress.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/trainer/crops.h"
#include "tools/trainer/dataset.h"
#include "tools/trainer/net.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// What all runs of a recipe share.
struct Workshop {
  Recipe recipe;
  std::vector<Original> originals;
  Crops crops;
  std::filesystem::path cache;  // of this recipe: checkpoints, fold nets, logs
  int threads = 1;
};

enum class Start {
  kAnew,    // whatever checkpoint is there is written over
  kResume,  // from the run's checkpoint, if there is one; that of another recipe, list of pictures
            // or number of threads is refused
  kReuse,   // the same, but such a checkpoint is written over
};

// Trains until the recipe's last step or a request to stop. A resumed run gives the same net as one
// without the break. Returns the moving average of the net, or nothing when stopped; a checkpoint
// is written in both cases. Appends to `log`.
std::optional<Net> train(const Workshop& shop, const Run& run, Start start, std::string& log);

// Asks every training loop to write its checkpoint and end; safe in a signal handler.
void request_stop();

}  // namespace leukolens::trainer
