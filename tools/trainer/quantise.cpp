#include "tools/trainer/quantise.h"

#include <algorithm>
#include <cmath>

namespace leukolens::trainer {
namespace {

constexpr std::int64_t kPart = 64;  // crops at a time, to bound memory

// Zero must be stored exactly: padding is made of it.
Quantisation spanning(float low, float high) {
  low = std::min(low, 0.0f);
  high = std::max(high, 0.0f);
  Quantisation q;
  q.scale = std::max((high - low) / 255, 1e-8f);
  q.zero_point =
      std::clamp(static_cast<std::int32_t>(std::lround(-128 - low / q.scale)), -128, 127);
  return q;
}

torch::Tensor rounded(const torch::Tensor& x, const Quantisation& q) {
  const torch::Tensor stored = torch::clamp(torch::round(x / q.scale) + q.zero_point, -128, 127);
  return (stored - q.zero_point) * q.scale;
}

QuantisedLayer quantised_layer(const Layer& layer, float input_scale) {
  QuantisedLayer result;
  if (!layer.weight.defined()) return result;
  const std::int64_t out = layer.weight.size(0);
  const torch::Tensor scales = layer.weight.reshape({out, -1}).abs().amax(1).clamp_min(1e-8) / 127;
  std::vector<std::int64_t> shape(layer.weight.dim(), 1);
  shape[0] = out;
  result.weight = torch::round(layer.weight / scales.view(shape)).to(torch::kInt8).contiguous();
  result.weight_scales.assign(scales.data_ptr<float>(), scales.data_ptr<float>() + out);
  result.bias = torch::round(layer.bias.to(torch::kFloat64) /
                             (scales.to(torch::kFloat64) * double(input_scale)))
                    .clamp(-2147483647.0, 2147483647.0)
                    .to(torch::kInt32)
                    .contiguous();
  return result;
}

// The layer with its weights as stored.
Layer dequantised(const Layer& layer, const QuantisedLayer& stored, float input_scale) {
  Layer result = layer;
  if (!layer.weight.defined()) return result;
  const torch::Tensor scales = torch::tensor(stored.weight_scales);
  std::vector<std::int64_t> shape(layer.weight.dim(), 1);
  shape[0] = layer.weight.size(0);
  result.weight = stored.weight.to(torch::kFloat32) * scales.view(shape);
  result.bias = stored.bias.to(torch::kFloat32) * scales * input_scale;
  return result;
}

}  // namespace

QuantisedNet quantise(const FoldedNet& net, const torch::Tensor& crops, float input_low,
                      float input_high) {
  const torch::NoGradGuard no_grad;
  std::vector<float> low(net.layers.size() + 1, 0), high(net.layers.size() + 1, 0);
  for (std::int64_t from = 0; from < crops.size(0); from += kPart) {
    const auto values = run(net, crops.slice(0, from, std::min(from + kPart, crops.size(0))));
    for (std::size_t i = 1; i < values.size(); ++i) {
      low[i] = std::min(low[i], values[i].min().item<float>());
      high[i] = std::max(high[i], values[i].max().item<float>());
    }
  }
  low[0] = input_low;
  high[0] = input_high;
  QuantisedNet result;
  result.net = net;
  for (std::size_t i = 0; i < low.size(); ++i) result.values.push_back(spanning(low[i], high[i]));
  for (const Layer& layer : net.layers) {
    result.layers.push_back(quantised_layer(layer, result.values[layer.input].scale));
  }
  return result;
}

std::vector<torch::Tensor> run(const QuantisedNet& net, const torch::Tensor& input) {
  const torch::NoGradGuard no_grad;
  std::vector<torch::Tensor> values{rounded(input, net.values[0])};
  for (std::size_t i = 0; i < net.layers.size(); ++i) {
    const Layer& layer = net.net.layers[i];
    const float scale = net.values[layer.input].scale;
    const torch::Tensor exact = run_layer(dequantised(layer, net.layers[i], scale), values);
    values.push_back(rounded(exact, net.values[i + 1]));
  }
  return values;
}

}  // namespace leukolens::trainer
