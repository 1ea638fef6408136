// The nets: a strided convolution, depthwise separable blocks, and a head: a dense layer on the
// global mean, or a 1x1 convolution that answers for each place. Padding is TensorFlow's SAME, so
// that the exported file computes the same.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tools/trainer/recipe.h"
#include "tools/trainer/style_mix.h"

namespace leukolens::trainer {

// Convolution without bias, batch norm, relu6; 3x3 or 1x1.
struct ConvImpl : torch::nn::Module {
  ConvImpl(int in, int out, int kernel, int stride, int dilation, bool depthwise);
  torch::Tensor forward(torch::Tensor x);

  int kernel, stride, dilation;
  bool depthwise;
  torch::nn::Conv2d conv{nullptr};
  torch::nn::BatchNorm2d norm{nullptr};
};
TORCH_MODULE(Conv);

enum class Head { kPooled, kPerPlace };

// NCHW float32 in; [n, outputs] or, per place, [n, outputs, h, w] out.
struct NetImpl : torch::nn::Module {
  NetImpl(int stem, const std::vector<BlockPlan>& blocks, int outputs, Head head = Head::kPooled);
  // `mix`, in training, comes after the first layers, where style is.
  torch::Tensor features(torch::Tensor x, const StyleMix* mix = nullptr);
  torch::Tensor forward(torch::Tensor x, const StyleMix* mix = nullptr);

  Conv first{nullptr};
  std::vector<Conv> depthwise, pointwise;  // one each per block
  torch::nn::Linear head{nullptr};         // one of the two
  torch::nn::Conv2d place_head{nullptr};
};
TORCH_MODULE(Net);

// Zeros around x as TensorFlow's SAME puts them: the odd one at the lower right.
torch::Tensor pad_same(torch::Tensor x, int kernel, int stride);
// Whether a block adds its input to its output: same shape.
bool has_shortcut(const ConvImpl& depthwise, const ConvImpl& pointwise);

// Size of the net after folding: weights and biases; multiply-adds of convolutions and dense layer.
struct NetSize {
  std::uint64_t parameters = 0, multiply_adds = 0;
};
NetSize net_size(int input_px, int stem, const std::vector<BlockPlan>& blocks, int outputs,
                 Head head = Head::kPooled);

}  // namespace leukolens::trainer
