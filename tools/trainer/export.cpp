#include "tools/trainer/export.h"

#include "tools/tflite/writer.h"

namespace leukolens::trainer {
namespace {

using schema::Activation;
using schema::BuiltinOperator;
using schema::TensorType;
using tflite::TensorId;
using tflite::Writer;

using Shape = std::vector<std::int32_t>;

// Shapes of the net's input (first) and of each layer's output, NHWC.
std::vector<Shape> shapes(const FoldedNet& net) {
  std::vector<Shape> all{{1, net.input_px, net.input_px, 3}};
  for (const Layer& layer : net.layers) {
    Shape shape = all[layer.input];
    switch (layer.kind) {
      case Layer::Kind::kConv:
      case Layer::Kind::kDepthwise:
        shape[1] = (shape[1] + layer.stride - 1) / layer.stride;
        shape[2] = (shape[2] + layer.stride - 1) / layer.stride;
        shape[3] = static_cast<std::int32_t>(layer.weight.size(0));
        break;
      case Layer::Kind::kAdd:
        break;
      case Layer::Kind::kMean:
        shape = {1, shape[3]};
        break;
      case Layer::Kind::kDense:
        shape = {1, static_cast<std::int32_t>(layer.weight.size(0))};
        break;
    }
    all.push_back(shape);
  }
  return all;
}

// Weights in the file's order: OHWI, 1HWC for depthwise.
torch::Tensor in_file_order(const Layer& layer, const torch::Tensor& weight) {
  if (layer.kind == Layer::Kind::kConv) return weight.permute({0, 2, 3, 1}).contiguous();
  if (layer.kind == Layer::Kind::kDepthwise) return weight.permute({1, 2, 3, 0}).contiguous();
  return weight.contiguous();
}

Shape shape_of(const torch::Tensor& tensor) {
  return {tensor.sizes().begin(), tensor.sizes().end()};
}

template <class T>
std::vector<T> values_of(const torch::Tensor& tensor) {
  const torch::Tensor flat = tensor.contiguous();
  return {flat.data_ptr<T>(), flat.data_ptr<T>() + flat.numel()};
}

void add_conv(Writer& writer, const Layer& layer, std::vector<TensorId> inputs, TensorId output) {
  const Activation activation = layer.relu6 ? Activation::RELU6 : Activation::NONE;
  if (layer.kind == Layer::Kind::kConv) {
    schema::Conv2DOptionsT options;
    options.padding = schema::Padding::SAME;
    options.stride_w = options.stride_h = layer.stride;
    options.dilation_w_factor = options.dilation_h_factor = layer.dilation;
    options.fused_activation_function = activation;
    writer.add(BuiltinOperator::CONV_2D, std::move(inputs), {output}, options);
  } else {
    schema::DepthwiseConv2DOptionsT options;
    options.padding = schema::Padding::SAME;
    options.stride_w = options.stride_h = layer.stride;
    options.dilation_w_factor = options.dilation_h_factor = layer.dilation;
    options.depth_multiplier = 1;
    options.fused_activation_function = activation;
    writer.add(BuiltinOperator::DEPTHWISE_CONV_2D, std::move(inputs), {output}, options);
  }
}

// Appends the operator of one layer; `weights` holds the ids of its constants.
void add_layer(Writer& writer, const Layer& layer, const std::vector<TensorId>& values,
               const std::vector<TensorId>& weights, TensorId output) {
  std::vector<TensorId> inputs{values[layer.input]};
  if (layer.other >= 0) inputs.push_back(values[layer.other]);
  inputs.insert(inputs.end(), weights.begin(), weights.end());
  switch (layer.kind) {
    case Layer::Kind::kConv:
    case Layer::Kind::kDepthwise:
      add_conv(writer, layer, std::move(inputs), output);
      break;
    case Layer::Kind::kAdd:
      writer.add(BuiltinOperator::ADD, std::move(inputs), {output}, schema::AddOptionsT{});
      break;
    case Layer::Kind::kMean: {
      inputs.push_back(writer.constant(layer.name + "/axes", {2}, std::vector<std::int32_t>{1, 2}));
      writer.add(BuiltinOperator::MEAN, std::move(inputs), {output}, schema::ReducerOptionsT{});
      break;
    }
    case Layer::Kind::kDense:
      writer.add(BuiltinOperator::FULLY_CONNECTED, std::move(inputs), {output},
                 schema::FullyConnectedOptionsT{});
      break;
  }
}

}  // namespace

schema::ModelCardT model_card(const Recipe& recipe, const CardFacts& facts) {
  schema::ModelCardT card;
  card.name = recipe.name;
  card.version = recipe.version;
  card.labels = recipe.classes;
  card.input_width = card.input_height = recipe.input_px;
  card.mean.assign(recipe.mean.begin(), recipe.mean.end());
  card.std.assign(recipe.std.begin(), recipe.std.end());
  card.colour_order = "RGB";
  card.crop_scale = static_cast<float>(recipe.crop_scale);
  card.temperature = static_cast<float>(facts.temperature);
  card.classified_threshold = static_cast<float>(facts.threshold);
  card.training_set = facts.training_set;
  card.kind = "classifier";
  card.normalisation = recipe.normalisation;
  card.context_scale = static_cast<float>(recipe.context_scale);
  return card;
}

namespace {

std::vector<std::byte> finished(Writer& writer, TensorId input, std::vector<TensorId> outputs,
                                const schema::ModelCardT& card) {
  writer.set_inputs({input});
  writer.set_outputs(std::move(outputs));
  writer.set_card(card);
  return writer.bytes();
}

tflite::Quantisation same_for_all(const Quantisation& q) { return {{q.scale}, {q.zero_point}, 0}; }

// Weights and bias of an 8-bit layer.
std::vector<TensorId> int8_constants(Writer& writer, const Layer& layer,
                                     const QuantisedLayer& stored, float input_scale) {
  if (!layer.weight.defined()) return {};
  const std::size_t channels = stored.weight_scales.size();
  tflite::Quantisation of_weight{stored.weight_scales, std::vector<std::int64_t>(channels, 0),
                                 layer.kind == Layer::Kind::kDepthwise ? 3 : 0};
  tflite::Quantisation of_bias{stored.weight_scales, std::vector<std::int64_t>(channels, 0), 0};
  for (float& scale : of_bias.scale) scale *= input_scale;
  const torch::Tensor weight = in_file_order(layer, stored.weight);
  return {writer.constant(layer.name + "/weight", shape_of(weight), values_of<std::int8_t>(weight),
                          std::move(of_weight)),
          writer.constant(layer.name + "/bias", shape_of(stored.bias),
                          values_of<std::int32_t>(stored.bias), std::move(of_bias))};
}

}  // namespace

std::vector<std::byte> tflite_float(const FoldedNet& net, const schema::ModelCardT& card) {
  Writer writer;
  const std::vector<Shape> all = shapes(net);
  std::vector<TensorId> values{writer.tensor("input", all[0])};
  for (std::size_t i = 0; i < net.layers.size(); ++i) {
    const Layer& layer = net.layers[i];
    std::vector<TensorId> weights;
    if (layer.weight.defined()) {
      const torch::Tensor weight = in_file_order(layer, layer.weight);
      weights = {
          writer.constant(layer.name + "/weight", shape_of(weight), values_of<float>(weight)),
          writer.constant(layer.name + "/bias", shape_of(layer.bias),
                          values_of<float>(layer.bias))};
    }
    const TensorId output = writer.tensor(layer.name, all[i + 1]);
    add_layer(writer, layer, values, weights, output);
    values.push_back(output);
  }
  std::vector<TensorId> outputs;
  for (int number : net.outputs) outputs.push_back(values[number]);
  return finished(writer, values.front(), std::move(outputs), card);
}

std::vector<std::byte> tflite_int8(const QuantisedNet& net, const schema::ModelCardT& card) {
  Writer writer;
  const std::vector<Shape> all = shapes(net.net);
  const TensorId input = writer.tensor("input", all[0]);
  std::vector<TensorId> values{
      writer.tensor("input/int8", all[0], TensorType::INT8, same_for_all(net.values[0]))};
  writer.add(BuiltinOperator::QUANTIZE, {input}, {values[0]});
  for (std::size_t i = 0; i < net.layers.size(); ++i) {
    const Layer& layer = net.net.layers[i];
    const float input_scale = net.values[layer.input].scale;
    const auto weights = int8_constants(writer, layer, net.layers[i], input_scale);
    const TensorId output = writer.tensor(layer.name + "/int8", all[i + 1], TensorType::INT8,
                                          same_for_all(net.values[i + 1]));
    add_layer(writer, layer, values, weights, output);
    values.push_back(output);
  }
  std::vector<TensorId> outputs;
  for (int number : net.net.outputs) {
    outputs.push_back(writer.tensor(net.net.layers[number - 1].name, all[number]));
    writer.add(BuiltinOperator::DEQUANTIZE, {values[number]}, {outputs.back()});
  }
  return finished(writer, input, std::move(outputs), card);
}

}  // namespace leukolens::trainer
