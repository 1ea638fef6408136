// One run of the classifier's training: the net, what it answers, its 8-bit twin.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/trainer/cell_crops.h"
#include "tools/trainer/cell_figures.h"
#include "tools/trainer/cell_list.h"
#include "tools/trainer/folded.h"
#include "tools/trainer/loop.h"
#include "tools/trainer/quantise.h"
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

// A trained net and its 8-bit twin, whose ranges come from training cells spread over all sets.
struct CellPair {
  FoldedNet net;
  QuantisedNet int8;
};

// The classes and the two sides.
int cell_outputs(const Recipe& recipe);

// Waits while another process has this run in its hands. Nothing when stopped.
std::optional<Net> train_cells(const CellWorkshop& shop, const LeftOut& out, Start start,
                               std::string& log);
bool in_other_hands(const CellWorkshop& shop, const LeftOut& out);

CellPair finished(const CellWorkshop& shop, Net& net, const CellSides& sides);

// Logits of the float net, and of the pair's 8-bit net.
CellAnswers answers(const CellWorkshop& shop, const FoldedNet& net, const std::vector<int>& cells);
CellAnswers answers(const CellWorkshop& shop, const CellPair& pair, const std::vector<int>& cells);

}  // namespace leukolens::trainer
