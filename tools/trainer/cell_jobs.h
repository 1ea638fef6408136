// Training the classifier of many sets: the shipped net, nets with a fold or a site left out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/trainer/cell_crops.h"
#include "tools/trainer/cell_list.h"
#include "tools/trainer/loop.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// What all runs of a recipe share.
struct CellWorkshop {
  Recipe recipe;
  std::vector<Cell> cells;
  CellCrops crops;
  std::filesystem::path cache;  // of this recipe: checkpoints, nets, logs
  int threads = 1;
};

// Trains with something left out, prints how it does there, and writes <run>.tflite and <run>.log
// to the cache. Returns false when stopped.
bool make_left_out(const CellWorkshop& shop, const LeftOut& out, Start start);
// Trains without a site and returns the mean recall of the four common classes there, 0..1; nothing
// when stopped.
std::optional<double> recall_without(const CellWorkshop& shop, const std::string& site);
// Every net that evaluation by fold and by site needs; those there already are kept.
bool make_all_left_out(const CellWorkshop& shop);
// Trains what calibrates (reused when there) and the shipped net; writes NAME.tflite,
// NAME_int8.tflite and NAME.log to `out`, and NAME_golden.json if `golden` is not empty. Returns
// false when stopped.
bool make_shipped(const CellWorkshop& shop, Start start, const std::filesystem::path& out,
                  const std::filesystem::path& golden);

}  // namespace leukolens::trainer
