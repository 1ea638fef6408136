#include <malloc.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>

#include "tools/trainer/ablation.h"
#include "tools/trainer/cell_jobs.h"
#include "tools/trainer/crops.h"
#include "tools/trainer/field_jobs.h"
#include "tools/trainer/field_targets.h"
#include "tools/trainer/jobs.h"
#include "tools/trainer/net.h"
#include "tools/trainer/options.h"

namespace {

using namespace leukolens::trainer;

constexpr int kStopped = 130;  // as shells report Ctrl-C

void on_interrupt(int) {
  request_stop();
  std::signal(SIGINT, SIG_DFL);  // a second Ctrl-C ends the program at once
}

// Tensors come and go with each step: freed memory is kept, which saves a fifth of the time in page
// faults.
void keep_freed_memory() {
  constexpr int kLargestInHeap = 32 << 20;  // the most that glibc allows
  constexpr int kKept = 1 << 30;
  mallopt(M_MMAP_THRESHOLD, kLargestInHeap);
  mallopt(M_TRIM_THRESHOLD, kKept);
  mallopt(M_TOP_PAD, kLargestInHeap);
}

void check_size(const Recipe& recipe, const NetSize& size) {
  std::printf("net: %llu parameters, %llu multiply-adds\n",
              static_cast<unsigned long long>(size.parameters),
              static_cast<unsigned long long>(size.multiply_adds));
  if (static_cast<double>(size.parameters) > recipe.max_parameters ||
      static_cast<double>(size.multiply_adds) > recipe.max_multiply_adds) {
    throw std::runtime_error(
        "the net is larger than the recipe's max_parameters or "
        "max_multiply_adds allow; make blocks or input_px smaller");
  }
}

bool work_on_originals(const Options& options, const Recipe& recipe) {
  Workshop shop;
  shop.recipe = recipe;
  shop.threads = options.threads;
  shop.cache = options.cache / recipe.name;
  check_size(recipe, net_size(recipe.input_px, recipe.stem, recipe.blocks,
                              static_cast<int>(recipe.classes.size())));
  shop.originals = read_originals(recipe, options.data);
  shop.crops = load_crops(shop.originals, recipe, options.data, shop.cache, options.threads);
  const Start start = options.resume ? Start::kResume : Start::kAnew;
  if (options.all_folds) return make_all_folds(shop);
  if (options.fold >= 0) return make_fold(shop, options.fold, start);
  if (options.holdout_fold >= 0) return make_holdout(shop, options.holdout_fold, start);
  return make_shipped(shop, start, options.out, options.golden);
}

CellCrops cell_crops(const Options& options, const Recipe& recipe, const std::vector<Cell>& cells) {
  CellBoxes boxes(recipe.finder == "rule"
                      ? std::filesystem::path()
                      : std::filesystem::path(options.recipe).parent_path() / recipe.finder);
  return load_cell_crops(cells, recipe, boxes, options.data, options.cache);
}

bool work_on_trials(const Options& options, CellWorkshop shop) {
  const std::filesystem::path results = options.cache / "ablation" / shop.recipe.name;
  const std::string name = shop.recipe.name;
  const RunTrial run = [&, number = 0](const Trial& trial) mutable {
    shop.recipe = trial.recipe;
    shop.cache = results / ("process" + std::to_string(getpid())) / std::to_string(number++);
    shop.crops = cell_crops(options, trial.recipe, shop.cells);
    const auto recall = recall_without(shop, trial.site);
    std::filesystem::remove_all(shop.cache);
    return recall;
  };
  return run_ablation(read_ablation(options.trials), options.recipe, run, results,
                      options.out / (name + "_ablation.json"));
}

bool work_on_cells(const Options& options, const Recipe& recipe) {
  CellWorkshop shop;
  shop.recipe = recipe;
  shop.threads = options.threads;
  shop.cache = options.cache / recipe.name;
  check_size(recipe, net_size(recipe.input_px, recipe.stem, recipe.blocks,
                              static_cast<int>(recipe.classes.size()) + 2, Head::kPerPlace));
  shop.cells = read_cells(recipe, options.data);
  if (!options.trials.empty()) return work_on_trials(options, std::move(shop));
  shop.crops = cell_crops(options, recipe, shop.cells);
  const Start start = options.resume ? Start::kResume : Start::kAnew;
  if (options.all_folds) return make_all_left_out(shop);
  if (!options.without.empty()) {
    return make_left_out(shop, left_out_by_name(shop.cells, options.without), start);
  }
  if (options.holdout_fold >= 0) return make_left_out(shop, {options.holdout_fold, "", ""}, start);
  return make_shipped(shop, start, options.out, options.golden);
}

bool work_on_fields(const Options& options, const Recipe& recipe) {
  FieldWorkshop shop;
  shop.recipe = recipe;
  shop.threads = options.threads;
  shop.data = options.data;
  shop.cache = options.cache / recipe.name;
  check_size(recipe,
             net_size(recipe.input_px, recipe.stem, recipe.blocks, kFieldOutputs, Head::kPerPlace));
  shop.fields = read_fields(recipe.data, options.data);
  return make_finder(shop, options.resume ? Start::kResume : Start::kAnew, options.out);
}

bool work(const Options& options) {
  const Recipe recipe = read_recipe(options.recipe, options.changes);
  if (recipe.task == "fields") return work_on_fields(options, recipe);
  return recipe.task == "cells" ? work_on_cells(options, recipe)
                                : work_on_originals(options, recipe);
}

}  // namespace

int main(int count, char** words) {
  keep_freed_memory();
  Options options;
  try {
    options = parse(count, words);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "leukolens-train: %s\n", fault.what());
    return 2;
  }
  if (options.help) {
    std::fputs(help_text().c_str(), stdout);
    return 0;
  }
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  try {
    if (work(options)) return 0;
    std::fprintf(stderr, "stopped; the checkpoint is written, go on with --resume\n");
    return kStopped;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "leukolens-train: %s\n", fault.what());
    return 1;
  }
}
