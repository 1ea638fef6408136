// Batches of augmented crops. Batch n follows from recipe and n alone, so a resumed run sees the
// same.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "tools/trainer/crops.h"
#include "tools/trainer/dataset.h"

namespace leukolens::trainer {

struct Batch {
  torch::Tensor pictures;  // [batch, 3, px, px]
  torch::Tensor labels;    // [batch], int64, or whatever a task wants to be answered
  std::uint64_t seed = 0;  // of what else is random while this batch is learnt from
};

class Batches {
 public:
  // References must outlive it.
  Batches(const Recipe& recipe, const std::vector<Original>& originals, const Crops& crops,
          const std::vector<int>& train);
  Batch make(std::int64_t step) const;

 private:
  const Recipe& recipe_;
  const Crops& crops_;
  std::vector<std::vector<int>> by_class_;
  std::vector<double> bound_;  // cumulated probability of the classes
};

}  // namespace leukolens::trainer
