// A trained net as a list of plain layers, batch norm folded into the convolutions: what is
// exported, quantised and asked for golden numbers.
#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

#include "tools/trainer/net.h"

namespace leukolens::trainer {

struct Layer {
  enum class Kind { kConv, kDepthwise, kAdd, kMean, kDense };
  Kind kind = Kind::kConv;
  std::string name;
  int input = 0;   // number of a value: 0 is the net's input, i + 1 the output of layer i
  int other = -1;  // second input of kAdd
  int stride = 1, dilation = 1;
  bool relu6 = false;
  torch::Tensor weight;  // kConv [out, in, k, k], kDepthwise [channels, 1, k, k], kDense [out, in]
  torch::Tensor bias;    // [out]
};

struct FoldedNet {
  int input_px = 0;
  std::vector<Layer> layers;
  std::vector<int> outputs;  // numbers of values, as in Layer::input
};

// Its one output is what the head says.
FoldedNet fold(Net& net, int input_px);
// For a net with a head per place whose answer is the mean over the places: outputs are that mean,
// what the head says for each place (the evidence, exactly), and the mean of the last feature map
// (the embedding).
FoldedNet fold_with_evidence(Net& net, int input_px);
// Output of one layer; `values` holds the net's input and the outputs of the layers before.
torch::Tensor run_layer(const Layer& layer, const std::vector<torch::Tensor>& values);
// Input [n, 3, px, px] and the outputs of all layers.
std::vector<torch::Tensor> run(const FoldedNet& net, const torch::Tensor& input);

}  // namespace leukolens::trainer
