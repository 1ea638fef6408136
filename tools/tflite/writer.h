// Builds .tflite files in memory, for the trainer and for tests that need a model of their own. A
// thin layer over the object API that flatc generates from core/net/schema.fbs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/net/schema_generated.h"

namespace leukolens::tflite {

using TensorId = std::int32_t;

// Quantisation of an int8 or int32 tensor: one scale for all, or one for each index along `axis`.
struct Quantisation {
  std::vector<float> scale;
  std::vector<std::int64_t> zero_point;  // as many as scales
  int axis = 0;
};

// The union's number for each kind of options; flatc makes no such table where a union has
// placeholders.
template <class Options>
inline constexpr schema::BuiltinOptions kOptionsTag = schema::BuiltinOptions::NONE;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::Conv2DOptionsT> =
    schema::BuiltinOptions::Conv2DOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::DepthwiseConv2DOptionsT> =
    schema::BuiltinOptions::DepthwiseConv2DOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::Pool2DOptionsT> =
    schema::BuiltinOptions::Pool2DOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::FullyConnectedOptionsT> =
    schema::BuiltinOptions::FullyConnectedOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::SoftmaxOptionsT> =
    schema::BuiltinOptions::SoftmaxOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::ConcatenationOptionsT> =
    schema::BuiltinOptions::ConcatenationOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::AddOptionsT> =
    schema::BuiltinOptions::AddOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::ResizeBilinearOptionsT> =
    schema::BuiltinOptions::ResizeBilinearOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::ReshapeOptionsT> =
    schema::BuiltinOptions::ReshapeOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::MulOptionsT> =
    schema::BuiltinOptions::MulOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::PadOptionsT> =
    schema::BuiltinOptions::PadOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::ReducerOptionsT> =
    schema::BuiltinOptions::ReducerOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::SubOptionsT> =
    schema::BuiltinOptions::SubOptions;
template <>
inline constexpr schema::BuiltinOptions kOptionsTag<schema::LeakyReluOptionsT> =
    schema::BuiltinOptions::LeakyReluOptions;

class Writer {
 public:
  Writer();

  // A tensor without data: input, output or between operators.
  TensorId tensor(std::string name, std::vector<std::int32_t> shape,
                  schema::TensorType type = schema::TensorType::FLOAT32, Quantisation q = {});
  // A constant; `values` fill `shape`, row-major.
  TensorId constant(std::string name, std::vector<std::int32_t> shape,
                    const std::vector<float>& values);
  TensorId constant(std::string name, std::vector<std::int32_t> shape,
                    const std::vector<std::int8_t>& values, Quantisation q);
  TensorId constant(std::string name, std::vector<std::int32_t> shape,
                    const std::vector<std::int32_t>& values, Quantisation q = {});

  // Appends an operator with its options, such as schema::Conv2DOptionsT{}.
  template <class Options>
  void add(schema::BuiltinOperator op, std::vector<TensorId> inputs, std::vector<TensorId> outputs,
           Options options) {
    schema::BuiltinOptionsUnion any;
    static_assert(kOptionsTag<Options> != schema::BuiltinOptions::NONE);
    any.type = kOptionsTag<Options>;
    any.value = new Options(std::move(options));  // owned by the union
    append(op, std::move(inputs), std::move(outputs), std::move(any));
  }
  void add(schema::BuiltinOperator op, std::vector<TensorId> inputs, std::vector<TensorId> outputs);

  void set_inputs(std::vector<TensorId> ids);
  void set_outputs(std::vector<TensorId> ids);
  // What the file says of itself; without it the file has no "leukolens" metadata.
  void set_card(const schema::ModelCardT& card);

  // The whole model, open for tests that want to break it.
  schema::ModelT& model() { return model_; }
  std::vector<std::byte> bytes() const;

 private:
  TensorId store(std::string name, std::vector<std::int32_t> shape, schema::TensorType type,
                 Quantisation q, const void* data, std::size_t size);
  void append(schema::BuiltinOperator op, std::vector<TensorId> inputs,
              std::vector<TensorId> outputs, schema::BuiltinOptionsUnion options);
  schema::SubGraphT& graph() { return *model_.subgraphs.front(); }

  schema::ModelT model_;
};

}  // namespace leukolens::tflite
