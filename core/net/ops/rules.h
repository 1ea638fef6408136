// What several operators ask of their tensors and options. Internal to the net room.
#pragma once

#include <limits>

#include "core/net/build.h"
#include "core/net/ops.h"

namespace leukolens {

// The first `count` inputs and the output have one type, float32 or int8, with one scale each.
Result<Done> check_types(const Graph& graph, const Node& node, std::size_t count);
// Input `i` and the output, if int8, have the same scale and zero point: the operator moves values
// and computes nothing.
Result<Done> check_same_quantisation(const Graph& graph, const Node& node, std::size_t i);
// Input `i` is constant whole numbers.
Result<Done> check_constant_ints(const Graph& graph, const Node& node, std::size_t i,
                                 std::size_t count);
Result<Done> check_rank(const Shape& shape, std::size_t rank);

// Longest side of a window, stride and dilation: products of two stay far from overflow.
inline constexpr std::size_t kMaxWindow = 4096;

Result<Done> read_activation(schema::Activation from, Options& options);
// Strides, dilations and filter sides, 1 to kMaxWindow.
Result<std::size_t> read_window(std::int32_t from, std::string_view what);

struct Range {
  float min = -std::numeric_limits<float>::infinity();
  float max = std::numeric_limits<float>::infinity();
};
Range activation_range(schema::Activation activation);

// One side of the result of a sliding window; padding as TensorFlow means SAME and VALID.
Result<std::size_t> window_count(std::size_t input, std::size_t filter, std::size_t stride,
                                 std::size_t dilation, bool same_padding);
// XNNPACK keeps a pointer for each place of the filter at each place of the result; refuses nets
// that would fill the memory with them.
Result<Done> check_places(std::size_t filter_h, std::size_t filter_w, std::size_t out_h,
                          std::size_t out_w);
// XNN_FLAG_TENSORFLOW_SAME_PADDING or nothing.
std::uint32_t padding_flag(const Options& options);

}  // namespace leukolens
