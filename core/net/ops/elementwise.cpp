// Operators that keep places: sums and products, activations, softmax, change of type.
#include <algorithm>
#include <cmath>

#include "core/net/ops/rules.h"

namespace leukolens {
namespace {

// ---- two inputs, the smaller one repeated

template <class From>
Result<Done> read_fused(const From* from, Options& options) {
  if (from == nullptr) return Done{};
  return read_activation(from->fused_activation_function(), options);
}
Result<Done> read_add(const schema::Operator& op, Options& options) {
  return read_fused(op.builtin_options_as_AddOptions(), options);
}
Result<Done> read_sub(const schema::Operator& op, Options& options) {
  return read_fused(op.builtin_options_as_SubOptions(), options);
}
Result<Done> read_mul(const schema::Operator& op, Options& options) {
  return read_fused(op.builtin_options_as_MulOptions(), options);
}

Result<Done> check_binary(const Graph& graph, const Node& node) {
  return check_types(graph, node, 2);
}

Result<Shape> broadcast_shape(const ShapeContext& at) {
  const Shape& a = at.input(0);
  const Shape& b = at.input(1);
  Shape out(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < out.size(); ++i) {  // from the last side on
    const std::size_t from_a = i < a.size() ? a[a.size() - 1 - i] : 1;
    const std::size_t from_b = i < b.size() ? b[b.size() - 1 - i] : 1;
    if (from_a != from_b && from_a != 1 && from_b != 1) {
      return invalid(shape_text(a) + " and " + shape_text(b) + " don't fit");
    }
    out[out.size() - 1 - i] = std::max(from_a, from_b);
  }
  return out;
}

template <xnn_binary_operator kOperator>
xnn_status define_binary(NetBuilder& net, const Node& node) {
  const Range range = activation_range(node.options.activation);
  const xnn_binary_params params{range.min, range.max};
  return xnn_define_binary(net.subgraph(), kOperator, &params, net.value(node.inputs[0]),
                           net.value(node.inputs[1]), net.value(node.outputs[0]), 0);
}

// ---- one input

Result<Done> check_unary(const Graph& graph, const Node& node) {
  return check_types(graph, node, 1);
}
Result<Shape> same_shape(const ShapeContext& at) { return at.input(0); }

xnn_status define_unary(NetBuilder& net, const Node& node, xnn_unary_operator op,
                        const xnn_unary_params* params) {
  return net.in_float(node, [&](std::uint32_t input, std::uint32_t output) {
    return xnn_define_unary(net.subgraph(), op, params, input, output, 0);
  });
}

template <schema::Activation kActivation>
xnn_status define_clamp(NetBuilder& net, const Node& node) {
  const Range range = activation_range(kActivation);
  xnn_unary_params params;
  params.clamp.min = range.min;
  params.clamp.max = range.max;
  return define_unary(net, node, xnn_unary_clamp, &params);
}

xnn_status define_logistic(NetBuilder& net, const Node& node) {
  return define_unary(net, node, xnn_unary_sigmoid, nullptr);
}
xnn_status define_hard_swish(NetBuilder& net, const Node& node) {
  return define_unary(net, node, xnn_unary_hardswish, nullptr);
}

Result<Done> read_leaky_relu(const schema::Operator& op, Options& options) {
  const auto* from = op.builtin_options_as_LeakyReluOptions();
  if (from == nullptr) return invalid("its options are missing");
  if (!std::isfinite(from->alpha())) return invalid("its slope is not a finite number");
  options.alpha = from->alpha();
  return Done{};
}

xnn_status define_leaky_relu(NetBuilder& net, const Node& node) {
  xnn_unary_params params;
  params.leaky_relu.negative_slope = node.options.alpha;
  return define_unary(net, node, xnn_unary_leaky_relu, &params);
}

Result<Done> read_softmax(const schema::Operator& op, Options&) {
  const auto* from = op.builtin_options_as_SoftmaxOptions();
  if (from == nullptr) return invalid("its options are missing");
  if (from->beta() != 1) return unsupported("a beta other than 1");
  return Done{};
}

Result<Shape> softmax_shape(const ShapeContext& at) {
  if (at.input(0).empty()) return invalid("softmax of one number");
  return at.input(0);
}

xnn_status define_softmax(NetBuilder& net, const Node& node) {
  return net.in_float(node, [&](std::uint32_t input, std::uint32_t output) {
    return xnn_define_softmax(net.subgraph(), input, output, 0);
  });
}

// ---- change of type

Result<Done> check_quantize(const Graph& graph, const Node& node) {
  const TensorInfo& in = graph.input(node, 0);
  const TensorInfo& out = graph.output(node);
  if (out.type != ValueType::kInt8 || in.type == ValueType::kInt32 || in.scales.size() > 1) {
    return unsupported(std::string(type_name(in.type)) + " to " + std::string(type_name(out.type)));
  }
  return Done{};
}

Result<Done> check_dequantize(const Graph& graph, const Node& node) {
  const TensorInfo& in = graph.input(node, 0);
  const TensorInfo& out = graph.output(node);
  if (out.type != ValueType::kFloat32 || in.type != ValueType::kInt8 || in.scales.size() > 1) {
    return unsupported(std::string(type_name(in.type)) + " to " + std::string(type_name(out.type)));
  }
  return Done{};
}

xnn_status define_convert(NetBuilder& net, const Node& node) {
  return net.convert(net.value(node.inputs[0]), net.value(node.outputs[0]));
}

using Op = schema::BuiltinOperator;
using Act = schema::Activation;
constexpr OpRow kRows[] = {
    {Op::ADD, "ADD", 2, 2, read_add, check_binary, broadcast_shape, nullptr,
     define_binary<xnn_binary_add>},
    {Op::SUB, "SUB", 2, 2, read_sub, check_binary, broadcast_shape, nullptr,
     define_binary<xnn_binary_subtract>},
    {Op::MUL, "MUL", 2, 2, read_mul, check_binary, broadcast_shape, nullptr,
     define_binary<xnn_binary_multiply>},
    {Op::RELU, "RELU", 1, 1, nullptr, check_unary, same_shape, nullptr, define_clamp<Act::RELU>},
    {Op::RELU6, "RELU6", 1, 1, nullptr, check_unary, same_shape, nullptr, define_clamp<Act::RELU6>},
    {Op::LOGISTIC, "LOGISTIC", 1, 1, nullptr, check_unary, same_shape, nullptr, define_logistic},
    {Op::HARD_SWISH, "HARD_SWISH", 1, 1, nullptr, check_unary, same_shape, nullptr,
     define_hard_swish},
    {Op::LEAKY_RELU, "LEAKY_RELU", 1, 1, read_leaky_relu, check_unary, same_shape, nullptr,
     define_leaky_relu},
    {Op::SOFTMAX, "SOFTMAX", 1, 1, read_softmax, check_unary, softmax_shape, nullptr,
     define_softmax},
    {Op::QUANTIZE, "QUANTIZE", 1, 1, nullptr, check_quantize, same_shape, nullptr, define_convert},
    {Op::DEQUANTIZE, "DEQUANTIZE", 1, 1, nullptr, check_dequantize, same_shape, nullptr,
     define_convert},
};

}  // namespace

std::span<const OpRow> elementwise_ops() { return kRows; }

}  // namespace leukolens
