// Pairs of one batch's cells, and how much each keeps of its own when it is mixed with the other.
#pragma once

#include <torch/torch.h>

#include <cstdint>

namespace leukolens::trainer {

struct Partners {
  torch::Tensor share;  // [n], 0..1: of its own, from Beta(alpha, alpha)
  torch::Tensor index;  // [n], int64: the other's number, a permutation
};

// The same for the same seed. A small `alpha` gives shares near 0 and 1.
Partners random_partners(std::uint64_t seed, std::int64_t batch, double alpha);

}  // namespace leukolens::trainer
