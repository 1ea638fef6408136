// Which stains a net has seen: what its training cells gather around, for its card.
#pragma once

#include <vector>

#include "tools/tflite/writer.h"
#include "tools/trainer/cell_crops.h"
#include "tools/trainer/cell_list.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// As core/cells/stain.h describes them.
struct Stains {
  std::vector<float> centres, spread;
  float farthest = 1;
};

// Of the white cells among `train`, numbers of cells: centres by k-means, drawn by the recipe's
// seed.
Stains known_stains(const std::vector<Cell>& cells, const CellCrops& crops, const Recipe& recipe,
                    const std::vector<int>& train);

void tell_stains(const Stains& stains, schema::ModelCardT& card);

}  // namespace leukolens::trainer
