// Batches of augmented cells, balanced over classes, sides, kinds and sets. Batch n follows from
// recipe and n alone.
#pragma once

#include <vector>

#include "tools/trainer/batches.h"
#include "tools/trainer/cell_crops.h"
#include "tools/trainer/cell_list.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

class CellBatches {
 public:
  // References must outlive it.
  CellBatches(const Recipe& recipe, const std::vector<Cell>& cells, const CellCrops& crops,
              const std::vector<int>& train);
  // Labels are [batch, 2]: class or -1, SideKind.
  Batch make(std::int64_t step) const;

 private:
  // Cells that are picked equally often.
  struct Stratum {
    std::vector<int> cells;
    double bound = 0;  // cumulated probability
  };

  const Recipe& recipe_;
  const std::vector<Cell>& cells_;
  const CellCrops& crops_;
  std::vector<Stratum> strata_;
};

}  // namespace leukolens::trainer
