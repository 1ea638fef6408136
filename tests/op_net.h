// A net around one operator, in float32 or int8, filled with random numbers and compared with a
// plain loop. The int8 net is QUANTIZE, the operator, DEQUANTIZE.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/reference_ops.h"
#include "tools/tflite/writer.h"

// Error bounds: float32 kFloatBound times the magnitude of what was added up; int8 one step.
inline constexpr double kFloatBound = 1e-5;
inline constexpr double kInt8Bound = 1.0;

enum class Type { kFloat32, kInt8 };
inline constexpr Type kTypes[] = {Type::kFloat32, Type::kInt8};

struct Quant {
  float scale = 1;
  int zero_point = 0;
};

// A tensor of the net and its real values.
struct Given {
  leukolens::tflite::TensorId id = 0;
  reference::Array array;
};

class OpNet {
 public:
  OpNet(Type type, reference::Shape input_shape, unsigned seed = 1);

  Type type() const { return type_; }
  const Given& input() const { return input_; }
  // Constants with random values: weights with a scale for each channel, a bias for them, an
  // operand quantised like `quant`.
  Given weights(const reference::Shape& shape, std::size_t channel_axis);
  Given bias(std::size_t channels);
  Given operand(const reference::Shape& shape, Quant quant);
  Given ints(std::vector<std::int32_t> values, std::vector<std::int32_t> shape);

  // The output of an int8 net is quantised to fit `expected`; or, for operators that only move
  // values, like the input; or as given.
  void output_like_input() { output_quant_ = kInputQuant; }
  void set_output_quant(Quant quant) { output_quant_ = quant; }

  // Runs the operator on `others`, with the input before them unless it is among them, and gives
  // the largest error as a part of the bound; above 1 it is too large. Below 0: the net was
  // refused, fault() says why.
  template <class Options>
  double error(leukolens::schema::BuiltinOperator op,
               std::vector<leukolens::tflite::TensorId> others, Options options,
               const reference::Array& expected) {
    auto inputs = prepare(std::move(others), expected);
    writer_.add(op, std::move(inputs), {result_}, std::move(options));
    return compare(expected);
  }
  double error(leukolens::schema::BuiltinOperator op,
               std::vector<leukolens::tflite::TensorId> others, const reference::Array& expected) {
    auto inputs = prepare(std::move(others), expected);
    writer_.add(op, std::move(inputs), {result_});
    return compare(expected);
  }
  const std::string& fault() const { return fault_; }

  static constexpr Quant kInputQuant{0.02f, 5};

 private:
  int random_code() { return static_cast<int>(random_() % 255) - 127; }
  reference::Array random_array(const reference::Shape& shape, Quant quant,
                                std::vector<std::int8_t>& codes);
  std::vector<leukolens::tflite::TensorId> prepare(std::vector<leukolens::tflite::TensorId> others,
                                                   const reference::Array& expected);
  double compare(const reference::Array& expected);

  Type type_;
  std::mt19937 random_;
  leukolens::tflite::Writer writer_;
  Given input_;
  std::vector<float> weight_scales_;
  Quant output_quant_{0, 0};
  leukolens::tflite::TensorId result_ = 0;
  std::string fault_;
};
