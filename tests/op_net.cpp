#include "tests/op_net.h"

#include <algorithm>
#include <cmath>

#include "core/net/runner.h"

using leukolens::schema::BuiltinOperator;
using leukolens::schema::TensorType;
using leukolens::tflite::Quantisation;
using leukolens::tflite::TensorId;
using reference::Array;
using reference::Shape;

namespace {

std::vector<std::int32_t> signed_shape(const Shape& shape) { return {shape.begin(), shape.end()}; }

Quantisation quantisation(Quant quant) { return {{quant.scale}, {quant.zero_point}, 0}; }

std::vector<float> floats(const Array& array) { return {array.values.begin(), array.values.end()}; }

// So that the largest value is near code 100.
Quant fitting(const Array& expected) {
  double top = 1e-3;
  for (const double value : expected.values) top = std::max(top, std::fabs(value));
  return {static_cast<float>(top / 100), -3};
}

double code_of(double value, Quant quant) {
  const double code = std::nearbyint(value / double(quant.scale)) + quant.zero_point;
  return std::clamp(code, -128.0, 127.0);
}

}  // namespace

OpNet::OpNet(Type type, Shape input_shape, unsigned seed) : type_(type), random_(seed) {
  std::vector<std::int8_t> codes;
  input_.array = random_array(input_shape, kInputQuant, codes);
  input_.id = writer_.tensor("input", signed_shape(input_shape));
  writer_.set_inputs({input_.id});
  if (type_ == Type::kInt8) {
    const TensorId quantised = writer_.tensor("quantised", signed_shape(input_shape),
                                              TensorType::INT8, quantisation(kInputQuant));
    writer_.add(BuiltinOperator::QUANTIZE, {input_.id}, {quantised});
    input_.id = quantised;
  }
}

// Values that are whole steps of `quant`, so that an int8 net starts from the very same numbers.
Array OpNet::random_array(const Shape& shape, Quant quant, std::vector<std::int8_t>& codes) {
  Array array(shape);
  for (double& value : array.values) {
    codes.push_back(static_cast<std::int8_t>(random_code()));
    value = double(quant.scale * float(codes.back() - quant.zero_point));
  }
  return array;
}

Given OpNet::weights(const Shape& shape, std::size_t channel_axis) {
  const std::size_t channels = shape[channel_axis];
  std::size_t inner = 1;
  for (std::size_t i = channel_axis + 1; i < shape.size(); ++i) inner *= shape[i];
  Quantisation q;
  q.axis = static_cast<int>(channel_axis);
  for (std::size_t i = 0; i < channels; ++i) {
    q.scale.push_back(0.004f + 0.001f * float(i % 7));
    q.zero_point.push_back(0);
  }
  weight_scales_ = q.scale;
  Given given{0, Array(shape)};
  std::vector<std::int8_t> codes(given.array.values.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    codes[i] = static_cast<std::int8_t>(random_code());
    given.array.values[i] = double(q.scale[i / inner % channels] * float(codes[i]));
  }
  given.id = type_ == Type::kInt8
                 ? writer_.constant("weights", signed_shape(shape), codes, q)
                 : writer_.constant("weights", signed_shape(shape), floats(given.array));
  return given;
}

Given OpNet::bias(std::size_t channels) {
  Given given{0, Array(Shape{channels})};
  Quantisation q;
  std::vector<std::int32_t> codes;
  for (std::size_t i = 0; i < channels; ++i) {
    q.scale.push_back(kInputQuant.scale * weight_scales_[i]);
    q.zero_point.push_back(0);
    codes.push_back(random_code() * 40);
    given.array.values[i] = double(q.scale[i] * float(codes[i]));
  }
  const auto length = static_cast<std::int32_t>(channels);
  given.id = type_ == Type::kInt8 ? writer_.constant("bias", {length}, codes, q)
                                  : writer_.constant("bias", {length}, floats(given.array));
  return given;
}

Given OpNet::operand(const Shape& shape, Quant quant) {
  std::vector<std::int8_t> codes;
  Given given{0, random_array(shape, quant, codes)};
  given.id = type_ == Type::kInt8
                 ? writer_.constant("operand", signed_shape(shape), codes, quantisation(quant))
                 : writer_.constant("operand", signed_shape(shape), floats(given.array));
  return given;
}

Given OpNet::ints(std::vector<std::int32_t> values, std::vector<std::int32_t> shape) {
  return {writer_.constant("ints", std::move(shape), values), Array()};
}

std::vector<TensorId> OpNet::prepare(std::vector<TensorId> others, const Array& expected) {
  if (output_quant_.scale == 0) output_quant_ = fitting(expected);
  if (type_ == Type::kInt8) {
    result_ = writer_.tensor("result", signed_shape(expected.shape), TensorType::INT8,
                             quantisation(output_quant_));
  } else {
    result_ = writer_.tensor("result", signed_shape(expected.shape));
  }
  if (std::find(others.begin(), others.end(), input_.id) == others.end()) {
    others.insert(others.begin(), input_.id);
  }
  return others;
}

double OpNet::compare(const Array& expected) {
  TensorId output = result_;
  if (type_ == Type::kInt8) {
    output = writer_.tensor("output", signed_shape(expected.shape));
    writer_.add(BuiltinOperator::DEQUANTIZE, {result_}, {output});
  }
  writer_.set_outputs({output});
  const auto model = leukolens::Model::parse(writer_.bytes());
  if (!model) return fault_ = error_message(model.error()), -1;
  auto runner = leukolens::Runner::create(*model);
  if (!runner) return fault_ = error_message(runner.error()), -1;
  leukolens::Tensor tensor;
  std::copy_n(input_.array.shape.begin(), 4, tensor.shape.begin());
  tensor.values = floats(input_.array);
  const auto outputs = runner->run(tensor);
  if (!outputs) return fault_ = error_message(outputs.error()), -1;
  const std::span<const float> values = (*outputs)[0].values;
  if ((*outputs)[0].shape != expected.shape) return fault_ = "another shape", -1;
  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double value = double(values[i]);
    const double error =
        type_ == Type::kInt8
            ? std::fabs(code_of(value, output_quant_) -
                        code_of(expected.values[i], output_quant_)) /
                  kInt8Bound
            : std::fabs(value - expected.values[i]) /
                  (kFloatBound * std::max(expected.magnitudes[i], std::fabs(expected.values[i])) +
                   1e-30);
    worst = std::isfinite(value) ? std::max(worst, error) : 1e30;
  }
  return worst;
}
