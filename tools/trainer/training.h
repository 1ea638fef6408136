// Trains the net of a recipe on crops of originals.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/trainer/crops.h"
#include "tools/trainer/dataset.h"
#include "tools/trainer/loop.h"
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

// The loop's share of a recipe; the checkpoint is `cache`/`name`.checkpoint.
LoopPlan loop_plan(const Recipe& recipe, const std::string& name, int threads,
                   const std::filesystem::path& cache, std::string fingerprint);

// Trains the net of a run, see run_loop.
std::optional<Net> train(const Workshop& shop, const Run& run, Start start, std::string& log);

}  // namespace leukolens::trainer
