// A net as the runner wants it: tensors, and operators in the order of execution. Everything in it
// has been checked; it owns its constants and points into no file. Internal to the net room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/net/schema_generated.h"
#include "core/result.h"

namespace leukolens {

struct OpRow;

using Shape = std::vector<std::size_t>;

enum class ValueType { kFloat32, kInt8, kInt32 };

std::string_view type_name(ValueType type);
std::size_t type_size(ValueType type);
std::string shape_text(std::span<const std::size_t> shape);        // "1x96x96x3"
std::string count_text(std::size_t count, std::string_view noun);  // "1 input", "2 inputs"
// Product of the sides; nothing if it is beyond what this program takes (kMaxElements).
std::optional<std::size_t> element_count(std::span<const std::size_t> shape);

inline constexpr std::size_t kMaxElements = std::size_t{1} << 26;
inline constexpr std::size_t kMaxRank = 6;

// Real value = scale * (stored value - zero_point).
struct TensorInfo {
  std::string name;
  ValueType type = ValueType::kFloat32;
  Shape shape;
  std::vector<float> scales;  // empty: not quantised; one, or one for each index along `axis`
  std::vector<std::int32_t> zero_points;  // as many as scales
  std::size_t axis = 0;
  bool constant = false;
  std::vector<std::byte> data;  // constants: the values and some spare bytes behind them

  std::size_t elements() const { return element_count(shape).value_or(0); }
  bool quantised() const { return !scales.empty(); }
  const std::int32_t* ints() const { return reinterpret_cast<const std::int32_t*>(data.data()); }
};

// The options of all operators in one; each reads its own.
struct Options {
  bool same_padding = false;
  std::size_t stride_h = 1, stride_w = 1;
  std::size_t dilation_h = 1, dilation_w = 1;
  std::size_t filter_h = 1, filter_w = 1;
  std::size_t depth_multiplier = 1;
  schema::Activation activation = schema::Activation::NONE;
  bool keep_dims = false;
  bool align_corners = false, half_pixel_centers = false;
  std::int32_t axis = 0;
  float alpha = 0;
  float beta = 1;
};

struct Node {
  const OpRow* op = nullptr;
  std::vector<std::size_t> inputs, outputs;  // numbers of tensors
  Options options;
};

struct Graph {
  std::vector<TensorInfo> tensors;
  std::vector<Node> nodes;
  std::vector<std::size_t> inputs, outputs;

  const TensorInfo& input(const Node& node, std::size_t i) const { return tensors[node.inputs[i]]; }
  const TensorInfo& output(const Node& node) const { return tensors[node.outputs[0]]; }
};

// Errors of the net room, in the words of errors.def.
Error invalid(std::string what);
Error unsupported(std::string what);
// `error` with "layer 3 (CONV_2D): " before its changing part; layers count from 1.
Error in_layer(const Error& error, std::size_t index, std::string_view op);

}  // namespace leukolens
