#include "tools/trainer/folded.h"

namespace leukolens::trainer {
namespace {

Layer folded_conv(const ConvImpl& conv, const std::string& name, int input) {
  const torch::NoGradGuard no_grad;
  const auto& norm = *conv.norm;
  const torch::Tensor scale = norm.weight.to(torch::kFloat64) /
                              (norm.running_var.to(torch::kFloat64) + norm.options.eps()).sqrt();
  Layer layer;
  layer.kind = conv.depthwise ? Layer::Kind::kDepthwise : Layer::Kind::kConv;
  layer.name = name;
  layer.input = input;
  layer.stride = conv.stride;
  layer.dilation = conv.dilation;
  layer.relu6 = true;
  layer.weight = (conv.conv->weight.to(torch::kFloat64) * scale.view({-1, 1, 1, 1}))
                     .to(torch::kFloat32)
                     .contiguous();
  layer.bias = (norm.bias.to(torch::kFloat64) - norm.running_mean.to(torch::kFloat64) * scale)
                   .to(torch::kFloat32)
                   .contiguous();
  return layer;
}

}  // namespace

FoldedNet fold(Net& net, int input_px) {
  FoldedNet folded;
  folded.input_px = input_px;
  auto& layers = folded.layers;
  const auto last = [&] { return static_cast<int>(layers.size()); };
  layers.push_back(folded_conv(*net->first, "first", 0));
  for (std::size_t i = 0; i < net->depthwise.size(); ++i) {
    const int start = last();
    const std::string number = std::to_string(i + 1);
    layers.push_back(folded_conv(*net->depthwise[i], "depthwise" + number, last()));
    layers.push_back(folded_conv(*net->pointwise[i], "pointwise" + number, last()));
    if (!has_shortcut(*net->depthwise[i], *net->pointwise[i])) continue;
    Layer add;
    add.kind = Layer::Kind::kAdd;
    add.name = "add" + number;
    add.input = start;
    add.other = last();
    layers.push_back(add);
  }
  Layer head;
  head.name = "logits";
  if (net->head) {
    Layer mean;
    mean.kind = Layer::Kind::kMean;
    mean.name = "mean";
    mean.input = last();
    layers.push_back(mean);
    head.kind = Layer::Kind::kDense;
    head.weight = net->head->weight.detach().clone();
    head.bias = net->head->bias.detach().clone();
  } else {
    head.weight = net->place_head->weight.detach().clone();
    head.bias = net->place_head->bias.detach().clone();
  }
  head.input = last();
  layers.push_back(head);
  folded.outputs = {last()};
  return folded;
}

FoldedNet fold_with_evidence(Net& net, int input_px) {
  FoldedNet folded = fold(net, input_px);
  folded.layers.back().name = "evidence";
  const int evidence = folded.outputs[0], features = evidence - 1;
  const auto add_mean = [&](const char* name, int input) {
    Layer mean;
    mean.kind = Layer::Kind::kMean;
    mean.name = name;
    mean.input = input;
    folded.layers.push_back(mean);
    return static_cast<int>(folded.layers.size());
  };
  const int logits = add_mean("logits", evidence);
  folded.outputs = {logits, evidence, add_mean("embedding", features)};
  return folded;
}

torch::Tensor run_layer(const Layer& layer, const std::vector<torch::Tensor>& values) {
  const torch::Tensor& input = values[layer.input];
  torch::Tensor output;
  switch (layer.kind) {
    case Layer::Kind::kConv:
    case Layer::Kind::kDepthwise: {
      const int kernel = static_cast<int>(layer.weight.size(2));
      const std::int64_t groups = layer.kind == Layer::Kind::kDepthwise ? input.size(1) : 1;
      const std::vector<std::int64_t> stride(2, layer.stride), padding(2, 0),
          dilation(2, layer.dilation);
      const int reach = (kernel - 1) * layer.dilation + 1;
      output = torch::conv2d(pad_same(input, reach, layer.stride), layer.weight, layer.bias, stride,
                             padding, dilation, groups);
      break;
    }
    case Layer::Kind::kAdd:
      output = input + values[layer.other];
      break;
    case Layer::Kind::kMean:
      output = input.mean({2, 3});
      break;
    case Layer::Kind::kDense:
      output = torch::linear(input, layer.weight, layer.bias);
      break;
  }
  return layer.relu6 ? output.clamp(0, 6) : output;
}

std::vector<torch::Tensor> run(const FoldedNet& net, const torch::Tensor& input) {
  const torch::NoGradGuard no_grad;
  std::vector<torch::Tensor> values{input};
  for (const Layer& layer : net.layers) values.push_back(run_layer(layer, values));
  return values;
}

}  // namespace leukolens::trainer
