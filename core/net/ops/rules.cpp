#include "core/net/ops/rules.h"

namespace leukolens {
namespace {

Result<Done> check_value(const TensorInfo& tensor, ValueType type) {
  if (tensor.type != type) {
    return unsupported(std::string(type_name(tensor.type)) + " beside " +
                       std::string(type_name(type)));
  }
  if (tensor.scales.size() > 1) return unsupported("quantisation by channel outside weights");
  return Done{};
}

}  // namespace

Result<Done> check_types(const Graph& graph, const Node& node, std::size_t count) {
  const ValueType type = graph.output(node).type;
  if (type == ValueType::kInt32) return unsupported("it computes with int32");
  if (auto done = check_value(graph.output(node), type); !done) return done;
  for (std::size_t i = 0; i < count; ++i) {
    if (auto done = check_value(graph.input(node, i), type); !done) return done;
  }
  return Done{};
}

Result<Done> check_same_quantisation(const Graph& graph, const Node& node, std::size_t i) {
  const TensorInfo& in = graph.input(node, i);
  const TensorInfo& out = graph.output(node);
  if (out.type != ValueType::kInt8) return Done{};
  if (in.scales == out.scales && in.zero_points == out.zero_points) return Done{};
  return unsupported("its input and output are quantised differently");
}

Result<Done> check_constant_ints(const Graph& graph, const Node& node, std::size_t i,
                                 std::size_t count) {
  const TensorInfo& tensor = graph.input(node, i);
  if (tensor.type != ValueType::kInt32) {
    return unsupported("input " + std::to_string(i) + " is " + std::string(type_name(tensor.type)) +
                       ", not int32");
  }
  if (!tensor.constant) return unsupported("input " + std::to_string(i) + " is not a constant");
  if (tensor.elements() != count) {
    return invalid("input " + std::to_string(i) + " has " + std::to_string(tensor.elements()) +
                   " numbers, not " + std::to_string(count));
  }
  return Done{};
}

Result<Done> check_rank(const Shape& shape, std::size_t rank) {
  if (shape.size() == rank) return Done{};
  return invalid(shape_text(shape) + " where " + std::to_string(rank) + " dimensions are needed");
}

Result<Done> read_activation(schema::Activation from, Options& options) {
  options.activation = from;
  switch (from) {
    case schema::Activation::NONE:
    case schema::Activation::RELU:
    case schema::Activation::RELU_N1_TO_1:
    case schema::Activation::RELU6:
      return Done{};
    case schema::Activation::TANH:
      return unsupported("fused activation TANH");
    case schema::Activation::SIGN_BIT:
      return unsupported("fused activation SIGN_BIT");
  }
  return invalid("fused activation number " + std::to_string(static_cast<int>(from)));
}

Result<std::size_t> read_window(std::int32_t from, std::string_view what) {
  if (from <= 0) return invalid(std::string(what) + " of " + std::to_string(from));
  if (static_cast<std::size_t>(from) > kMaxWindow)
    return unsupported(std::string(what) + " of " + std::to_string(from));
  return static_cast<std::size_t>(from);
}

Range activation_range(schema::Activation activation) {
  switch (activation) {
    case schema::Activation::RELU:
      return {0, std::numeric_limits<float>::infinity()};
    case schema::Activation::RELU_N1_TO_1:
      return {-1, 1};
    case schema::Activation::RELU6:
      return {0, 6};
    default:
      return {};
  }
}

Result<std::size_t> window_count(std::size_t input, std::size_t filter, std::size_t stride,
                                 std::size_t dilation, bool same_padding) {
  if (same_padding) return (input + stride - 1) / stride;
  const std::size_t reach = (filter - 1) * dilation + 1;
  if (reach > input) {
    return invalid("a window of " + std::to_string(reach) + " on a side of " +
                   std::to_string(input));
  }
  return (input - reach) / stride + 1;
}

Result<Done> check_places(std::size_t filter_h, std::size_t filter_w, std::size_t out_h,
                          std::size_t out_w) {
  const Shape places{filter_h, filter_w, out_h, out_w};
  if (element_count(places)) return Done{};
  return unsupported("a window of " + shape_text(Shape{filter_h, filter_w}) + " at " +
                     shape_text(Shape{out_h, out_w}) + " places");
}

std::uint32_t padding_flag(const Options& options) {
  return options.same_padding ? XNN_FLAG_TENSORFLOW_SAME_PADDING : 0;
}

}  // namespace leukolens
