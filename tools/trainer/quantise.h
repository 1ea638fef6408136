// Post-training quantisation: 8-bit weights with a scale per output channel, 8-bit values with
// scale and zero point per layer, the ranges taken from training crops.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "tools/trainer/folded.h"

namespace leukolens::trainer {

// real = scale * (stored - zero_point), stored in -128..127.
struct Quantisation {
  float scale = 1;
  std::int32_t zero_point = 0;
};

struct QuantisedLayer {
  torch::Tensor weight;              // int8, shape as in the float layer; symmetric, -127..127
  std::vector<float> weight_scales;  // per output channel
  torch::Tensor bias;                // int32, scale = input's scale * weight's scale
};

struct QuantisedNet {
  FoldedNet net;
  std::vector<Quantisation> values;    // of the input and of each layer's output
  std::vector<QuantisedLayer> layers;  // empty tensors where a layer has no weights
};

// `crops` [n, 3, px, px] are normalised training crops; `input_low`, `input_high` bound what the
// net can be given.
QuantisedNet quantise(const FoldedNet& net, const torch::Tensor& crops, float input_low,
                      float input_high);
// Input and outputs of all layers as the 8-bit net gives them, computed in floating point with each
// value rounded as stored.
std::vector<torch::Tensor> run(const QuantisedNet& net, const torch::Tensor& input);

}  // namespace leukolens::trainer
