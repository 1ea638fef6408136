#include "tools/trainer/net.h"

namespace leukolens::trainer {

namespace nn = torch::nn;

constexpr std::size_t kMixedBlocks = 2;

torch::Tensor pad_same(torch::Tensor x, int kernel, int stride) {
  const auto total = [&](std::int64_t size) {
    const std::int64_t out = (size + stride - 1) / stride;
    return std::max<std::int64_t>((out - 1) * stride + kernel - size, 0);
  };
  const std::int64_t high = total(x.size(2)), wide = total(x.size(3));
  if (high == 0 && wide == 0) return x;
  return torch::constant_pad_nd(x, {wide / 2, wide - wide / 2, high / 2, high - high / 2});
}

ConvImpl::ConvImpl(int in, int out, int kernel_px, int stride_px, int dilation_px,
                   bool is_depthwise)
    : kernel(kernel_px), stride(stride_px), dilation(dilation_px), depthwise(is_depthwise) {
  // At stride 1 the padding is even on all sides and the convolution does it itself, which is
  // faster.
  const int padding = stride == 1 ? kernel / 2 * dilation : 0;
  conv = register_module("conv", nn::Conv2d(nn::Conv2dOptions(in, out, kernel)
                                                .stride(stride)
                                                .padding(padding)
                                                .dilation(dilation)
                                                .groups(depthwise ? in : 1)
                                                .bias(false)));
  norm = register_module("norm", nn::BatchNorm2d(nn::BatchNorm2dOptions(out).momentum(0.05)));
  nn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
}

torch::Tensor ConvImpl::forward(torch::Tensor x) {
  if (stride > 1) x = pad_same(x, kernel, stride);
  return torch::hardtanh(norm(conv(x)), 0, 6);  // its gradient is one pass, clamp's are three
}

bool has_shortcut(const ConvImpl& depthwise, const ConvImpl& pointwise) {
  return depthwise.stride == 1 && depthwise.conv->weight.size(0) == pointwise.conv->weight.size(0);
}

NetImpl::NetImpl(int stem, const std::vector<BlockPlan>& blocks, int outputs, Head kind) {
  first = register_module("first", Conv(3, stem, 3, 2, 1, false));
  int width = stem;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::string number = std::to_string(i);
    depthwise.push_back(register_module(
        "depthwise" + number, Conv(width, width, 3, blocks[i].stride, blocks[i].dilation, true)));
    pointwise.push_back(
        register_module("pointwise" + number, Conv(width, blocks[i].width, 1, 1, 1, false)));
    width = blocks[i].width;
  }
  if (kind == Head::kPooled) {
    head = register_module("head", nn::Linear(width, outputs));
  } else {
    place_head = register_module("head", nn::Conv2d(nn::Conv2dOptions(width, outputs, 1)));
  }
}

torch::Tensor NetImpl::features(torch::Tensor x, const StyleMix* mix) {
  // Channels last throughout: no reordering around each convolution, half the time of a step.
  x = first(x.contiguous(at::MemoryFormat::ChannelsLast));
  if (mix) x = (*mix)(x);
  for (std::size_t i = 0; i < depthwise.size(); ++i) {
    const torch::Tensor y = pointwise[i](depthwise[i](x));
    x = has_shortcut(*depthwise[i], *pointwise[i]) ? x + y : y;
    if (mix && i < kMixedBlocks) x = (*mix)(x);
  }
  return x;
}

torch::Tensor NetImpl::forward(torch::Tensor x, const StyleMix* mix) {
  x = features(x, mix);
  return head ? head(x.mean({2, 3})) : place_head(x);
}

NetSize net_size(int input_px, int stem, const std::vector<BlockPlan>& blocks, int outputs,
                 Head head) {
  NetSize size;
  std::uint64_t side = input_px, width = stem;
  const auto add = [&](std::uint64_t weights, std::uint64_t out) {
    size.parameters += weights + out;
    size.multiply_adds += weights * side * side;
  };
  side = (side + 1) / 2;
  add(27 * width, width);
  for (const BlockPlan& block : blocks) {
    side = (side + block.stride - 1) / block.stride;
    add(9 * width, width);
    add(width * block.width, block.width);
    width = block.width;
  }
  if (head == Head::kPooled) side = 1;
  add(width * outputs, outputs);
  return size;
}

}  // namespace leukolens::trainer
