// MixStyle (Zhou 2021, arXiv 2104.02008): in training, each cell's feature statistics are mixed
// with those of another cell of the batch, so that what a laboratory's light and stain do to all
// features alike says nothing about the class.
#pragma once

#include <torch/torch.h>

#include <cstdint>

namespace leukolens::trainer {

class StyleMix {
 public:
  // Active with this probability; the same for the same seed.
  StyleMix(double probability, std::uint64_t seed, std::int64_t batch);
  // [n, c, h, w] -> the same shape, mean and deviation of each channel mixed between cells.
  torch::Tensor operator()(const torch::Tensor& x) const;

 private:
  torch::Tensor share_, partner_;  // [n, 1, 1, 1] and [n]; undefined when not active
};

}  // namespace leukolens::trainer
