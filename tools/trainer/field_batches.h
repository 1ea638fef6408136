// Batches of windows cut out of fields, at random size, place and stain. Batch n follows from
// recipe and n alone, so that a resumed run sees the same.
#pragma once

#include <vector>

#include "core/cells/density.h"
#include "tools/trainer/batches.h"
#include "tools/trainer/field_list.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

class FieldBatches {
 public:
  // References must outlive it.
  FieldBatches(const Recipe& recipe, const std::vector<FieldPicture>& fields);
  // Pictures [batch, 3, px, px] of normalised densities; labels [batch, planes, places, places] as
  // write_target makes them.
  Batch make(std::int64_t step) const;

 private:
  struct Stratum {
    std::vector<int> fields;
    double bound = 0;  // cumulated probability
  };
  const Recipe& recipe_;
  const std::vector<FieldPicture>& fields_;
  std::vector<Density> densities_;
  std::vector<Stratum> strata_;
};

}  // namespace leukolens::trainer
