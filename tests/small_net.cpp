#include "tests/small_net.h"

namespace small_net {

using leukolens::schema::BuiltinOperator;
using leukolens::schema::TensorType;
using leukolens::tflite::Quantisation;
using leukolens::tflite::TensorId;
using leukolens::tflite::Writer;
namespace schema = leukolens::schema;

namespace {

constexpr int kChannels = 4, kClasses = 2;

// Numbers between -1 and 1 without a pattern.
std::vector<float> numbers(int count) {
  std::vector<float> values;
  for (int i = 0; i < count; ++i) values.push_back(float((i * 37 + 11) % 101) / 50.0f - 1.0f);
  return values;
}
std::vector<std::int8_t> codes(int count) {
  std::vector<std::int8_t> values;
  for (int i = 0; i < count; ++i) values.push_back(static_cast<std::int8_t>((i * 37) % 255 - 127));
  return values;
}

schema::Conv2DOptionsT conv_options() {
  schema::Conv2DOptionsT options;
  options.padding = schema::Padding::SAME;
  options.stride_h = options.stride_w = 2;
  options.fused_activation_function = schema::Activation::RELU6;
  return options;
}

}  // namespace

schema::ModelCardT card() {
  schema::ModelCardT card;
  card.name = "small";
  card.version = "1.0";
  card.labels = {"round", "square"};
  card.input_width = card.input_height = kSide;
  card.mean = {0.5f, 0.5f, 0.5f};
  card.std = {0.25f, 0.25f, 0.25f};
  card.colour_order = "RGB";
  card.crop_scale = 1.2f;
  card.temperature = 1.5f;
  card.classified_threshold = 0.7f;
  card.training_set = "none";
  return card;
}

Writer net() {
  Writer w;
  const TensorId x = w.tensor("input", {1, kSide, kSide, 3});
  const TensorId k = w.constant("weights", {kChannels, 3, 3, 3}, numbers(kChannels * 27));
  const TensorId b = w.constant("bias", {kChannels}, numbers(kChannels));
  const TensorId y = w.tensor("features", {1, kSide / 2, kSide / 2, kChannels});
  w.add(BuiltinOperator::CONV_2D, {x, k, b}, {y}, conv_options());
  const TensorId axes = w.constant("axes", {2}, std::vector<std::int32_t>{1, 2});
  const TensorId mean = w.tensor("mean", {1, kChannels});
  w.add(BuiltinOperator::MEAN, {y, axes}, {mean}, schema::ReducerOptionsT{});
  const TensorId fw = w.constant("last weights", {kClasses, kChannels}, numbers(8));
  const TensorId fb = w.constant("last bias", {kClasses}, numbers(kClasses));
  const TensorId logits = w.tensor("logits", {1, kClasses});
  w.add(BuiltinOperator::FULLY_CONNECTED, {mean, fw, fb}, {logits},
        schema::FullyConnectedOptionsT{});
  w.set_inputs({x});
  w.set_outputs({logits});
  w.set_card(card());
  return w;
}

Writer int8_net() {
  Writer w;
  const Quantisation q{{0.05f}, {3}, 0};
  const std::vector<float> scales{0.01f, 0.02f, 0.03f, 0.04f};
  const TensorId x = w.tensor("input", {1, kSide, kSide, 3});
  const TensorId qx = w.tensor("quantised", {1, kSide, kSide, 3}, TensorType::INT8, q);
  w.add(BuiltinOperator::QUANTIZE, {x}, {qx});
  const TensorId k = w.constant("weights", {kChannels, 3, 3, 3}, codes(kChannels * 27),
                                Quantisation{scales, {0, 0, 0, 0}, 0});
  std::vector<float> bias_scales = scales;
  for (float& scale : bias_scales) scale *= q.scale[0];
  const TensorId b = w.constant("bias", {kChannels}, std::vector<std::int32_t>{50, -100, 0, 900},
                                Quantisation{bias_scales, {0, 0, 0, 0}, 0});
  const TensorId y =
      w.tensor("features", {1, kSide / 2, kSide / 2, kChannels}, TensorType::INT8, q);
  w.add(BuiltinOperator::CONV_2D, {qx, k, b}, {y}, conv_options());
  const TensorId out = w.tensor("output", {1, kSide / 2, kSide / 2, kChannels});
  w.add(BuiltinOperator::DEQUANTIZE, {y}, {out});
  w.set_inputs({x});
  w.set_outputs({out});
  return w;
}

Writer picture_to_picture() {
  Writer w;
  const TensorId x = w.tensor("input", {1, 6, 8, 3});
  const TensorId relu = w.tensor("relu", {1, 6, 8, 3});
  const TensorId y = w.tensor("output", {1, 3, 4, 3});
  w.add(BuiltinOperator::RELU, {x}, {relu});
  schema::Pool2DOptionsT options;
  options.padding = schema::Padding::SAME;
  options.stride_h = options.stride_w = options.filter_height = options.filter_width = 2;
  w.add(BuiltinOperator::AVERAGE_POOL_2D, {relu}, {y}, options);
  w.set_inputs({x});
  w.set_outputs({y});
  return w;
}

}  // namespace small_net
