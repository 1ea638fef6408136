// Operators with weights: convolution, depthwise convolution, fully connected.
#include <algorithm>
#include <cmath>

#include "core/net/ops/rules.h"

namespace leukolens {
namespace {

constexpr std::size_t kConvChannelAxis = 0;       // weights: output, height, width, input
constexpr std::size_t kDepthwiseChannelAxis = 3;  // weights: 1, height, width, output
constexpr std::size_t kFullChannelAxis = 0;       // weights: output, input

// ---- options

template <class From>
Result<Done> read_windows(const From& from, Options& options) {
  const auto stride_h = read_window(from.stride_h(), "a stride");
  const auto stride_w = read_window(from.stride_w(), "a stride");
  const auto dilation_h = read_window(from.dilation_h_factor(), "a dilation");
  const auto dilation_w = read_window(from.dilation_w_factor(), "a dilation");
  for (const auto* side : {&stride_h, &stride_w, &dilation_h, &dilation_w}) {
    if (!*side) return side->error();
  }
  options.stride_h = *stride_h, options.stride_w = *stride_w;
  options.dilation_h = *dilation_h, options.dilation_w = *dilation_w;
  options.same_padding = from.padding() == schema::Padding::SAME;
  return read_activation(from.fused_activation_function(), options);
}

Result<Done> read_conv(const schema::Operator& op, Options& options) {
  const auto* from = op.builtin_options_as_Conv2DOptions();
  if (from == nullptr) return invalid("its options are missing");
  return read_windows(*from, options);
}

Result<Done> read_depthwise(const schema::Operator& op, Options& options) {
  const auto* from = op.builtin_options_as_DepthwiseConv2DOptions();
  if (from == nullptr) return invalid("its options are missing");
  // 0 is what converters write that leave it to the shapes.
  options.depth_multiplier = static_cast<std::size_t>(std::max(0, from->depth_multiplier()));
  return read_windows(*from, options);
}

Result<Done> read_full(const schema::Operator& op, Options& options) {
  const auto* from = op.builtin_options_as_FullyConnectedOptions();
  if (from == nullptr) return invalid("its options are missing");
  if (from->weights_format() != 0) return unsupported("shuffled weights");
  options.keep_dims = from->keep_num_dims();
  return read_activation(from->fused_activation_function(), options);
}

// ---- types and quantisation

Result<Done> check_weights(const Graph& graph, const Node& node, std::size_t rank,
                           std::size_t channel_axis) {
  const TensorInfo& weights = graph.input(node, 1);
  if (!weights.constant) return unsupported("its weights are not constant");
  if (weights.type != graph.output(node).type) {
    return unsupported(std::string(type_name(weights.type)) + " weights for " +
                       std::string(type_name(graph.output(node).type)));
  }
  if (auto done = check_rank(weights.shape, rank); !done) return done;
  if (weights.scales.size() > 1 && weights.axis != channel_axis) {
    return invalid("its weights are quantised along axis " + std::to_string(weights.axis));
  }
  for (const std::int32_t zero_point : weights.zero_points) {
    if (zero_point != 0) {
      return unsupported("its weights have a zero point of " + std::to_string(zero_point));
    }
  }
  return Done{};
}

// An int8 net's bias counts in input scale * weight scale; a file that says otherwise is wrong.
Result<Done> check_bias_scale(const TensorInfo& bias, const TensorInfo& input,
                              const TensorInfo& weights) {
  if (!bias.quantised()) return Done{};
  for (std::size_t i = 0; i < std::max(bias.scales.size(), weights.scales.size()); ++i) {
    const float stated = bias.scales[bias.scales.size() == 1 ? 0 : i];
    const float wanted = input.scales[0] * weights.scales[weights.scales.size() == 1 ? 0 : i];
    if (std::fabs(stated - wanted) > 1e-3f * wanted) {
      return invalid("the scale of its bias is not that of input times weights");
    }
  }
  return Done{};
}

Result<Done> check_bias(const Graph& graph, const Node& node, std::size_t channels) {
  if (node.inputs.size() < 3) return Done{};
  const TensorInfo& bias = graph.input(node, 2);
  const bool whole = graph.output(node).type == ValueType::kInt8;
  if (bias.type != (whole ? ValueType::kInt32 : ValueType::kFloat32)) {
    return unsupported(std::string(type_name(bias.type)) + " bias");
  }
  if (!bias.constant) return unsupported("its bias is not constant");
  if (bias.shape != Shape{channels}) {
    return invalid("a bias of " + shape_text(bias.shape) + " for " +
                   count_text(channels, "channel"));
  }
  if (bias.scales.size() > 1 && graph.input(node, 1).scales.size() == 1) {
    return invalid("its bias is quantised by channel, its weights are not");
  }
  return whole ? check_bias_scale(bias, graph.input(node, 0), graph.input(node, 1))
               : Result<Done>(Done{});
}

Result<Done> check_weighted(const Graph& graph, const Node& node, std::size_t rank,
                            std::size_t channel_axis) {
  if (auto done = check_types(graph, node, 1); !done) return done;
  if (auto done = check_weights(graph, node, rank, channel_axis); !done) return done;
  return check_bias(graph, node, graph.input(node, 1).shape[channel_axis]);
}

Result<Done> check_conv(const Graph& graph, const Node& node) {
  return check_weighted(graph, node, 4, kConvChannelAxis);
}
Result<Done> check_depthwise(const Graph& graph, const Node& node) {
  return check_weighted(graph, node, 4, kDepthwiseChannelAxis);
}
Result<Done> check_full(const Graph& graph, const Node& node) {
  return check_weighted(graph, node, 2, kFullChannelAxis);
}

// ---- shapes

Result<Shape> slide(const ShapeContext& at, std::size_t filter_h, std::size_t filter_w,
                    std::size_t channels) {
  const Options& o = at.node.options;
  const Shape& in = at.input(0);
  if (std::max(filter_h, filter_w) > kMaxWindow) {
    return unsupported("weights of " + shape_text(at.input(1)));
  }
  const auto h = window_count(in[1], filter_h, o.stride_h, o.dilation_h, o.same_padding);
  if (!h) return h.error();
  const auto w = window_count(in[2], filter_w, o.stride_w, o.dilation_w, o.same_padding);
  if (!w) return w.error();
  if (auto done = check_places(filter_h, filter_w, *h, *w); !done) return done.error();
  return Shape{in[0], *h, *w, channels};
}

Result<Shape> conv_shape(const ShapeContext& at) {
  const Shape& in = at.input(0);
  const Shape& weights = at.input(1);
  if (auto done = check_rank(in, 4); !done) return done.error();
  const bool fits = in[3] % weights[3] == 0 && weights[0] % (in[3] / weights[3]) == 0;
  if (!fits) {
    return invalid("weights of " + shape_text(weights) + " on " + count_text(in[3], "channel"));
  }
  return slide(at, weights[1], weights[2], weights[0]);
}

Result<Shape> depthwise_shape(const ShapeContext& at) {
  const Shape& in = at.input(0);
  const Shape& weights = at.input(1);
  if (auto done = check_rank(in, 4); !done) return done.error();
  const std::size_t multiplier = at.node.options.depth_multiplier;
  const bool fits = weights[0] == 1 && weights[3] % in[3] == 0 &&
                    (multiplier == 0 || weights[3] == in[3] * multiplier);
  if (!fits) {
    return invalid("weights of " + shape_text(weights) + " on " + count_text(in[3], "channel"));
  }
  return slide(at, weights[1], weights[2], weights[3]);
}

Result<Shape> full_shape(const ShapeContext& at) {
  const Shape& in = at.input(0);
  const Shape& weights = at.input(1);
  const std::size_t values = element_count(in).value_or(0);
  const bool keep = at.node.options.keep_dims;
  const bool fits = keep ? !in.empty() && in.back() == weights[1] : values % weights[1] == 0;
  if (!fits) return invalid("weights of " + shape_text(weights) + " on " + shape_text(in));
  if (!keep) return Shape{values / weights[1], weights[0]};
  Shape out = in;
  out.back() = weights[0];
  return out;
}

// ---- work

std::uint64_t conv_work(const Graph& graph, const Node& node) {
  const Shape& weights = graph.input(node, 1).shape;
  return std::uint64_t{graph.output(node).elements()} * weights[1] * weights[2] * weights[3];
}
std::uint64_t depthwise_work(const Graph& graph, const Node& node) {
  const Shape& weights = graph.input(node, 1).shape;
  return std::uint64_t{graph.output(node).elements()} * weights[1] * weights[2];
}
std::uint64_t full_work(const Graph& graph, const Node& node) {
  return std::uint64_t{graph.output(node).elements()} * graph.input(node, 1).shape[1];
}

// ---- XNNPACK

std::uint32_t u32(std::size_t value) { return static_cast<std::uint32_t>(value); }

xnn_status define_conv(NetBuilder& net, const Node& node) {
  const Options& o = node.options;
  const Range range = activation_range(o.activation);
  const Shape& weights = net.graph().input(node, 1).shape;
  const std::size_t groups = net.graph().input(node, 0).shape[3] / weights[3];
  return xnn_define_convolution_2d(net.subgraph(), 0, 0, 0, 0, u32(weights[1]), u32(weights[2]),
                                   u32(o.stride_h), u32(o.stride_w), u32(o.dilation_h),
                                   u32(o.dilation_w), u32(groups), weights[3], weights[0] / groups,
                                   range.min, range.max, net.value(node.inputs[0]),
                                   net.weights(node.inputs[1], kConvChannelAxis), net.bias(node),
                                   net.value(node.outputs[0]), padding_flag(o));
}

xnn_status define_depthwise(NetBuilder& net, const Node& node) {
  const Options& o = node.options;
  const Range range = activation_range(o.activation);
  const Shape& weights = net.graph().input(node, 1).shape;
  const std::size_t channels = net.graph().input(node, 0).shape[3];
  return xnn_define_depthwise_convolution_2d(
      net.subgraph(), 0, 0, 0, 0, u32(weights[1]), u32(weights[2]), u32(o.stride_h),
      u32(o.stride_w), u32(o.dilation_h), u32(o.dilation_w), u32(weights[3] / channels), channels,
      range.min, range.max, net.value(node.inputs[0]),
      net.weights(node.inputs[1], kDepthwiseChannelAxis), net.bias(node),
      net.value(node.outputs[0]), padding_flag(o));
}

xnn_status define_full(NetBuilder& net, const Node& node) {
  const Range range = activation_range(node.options.activation);
  const std::uint32_t flags = node.options.keep_dims ? 0 : XNN_FLAG_TENSORFLOW_RESHAPE_2D;
  return xnn_define_fully_connected(net.subgraph(), range.min, range.max, net.value(node.inputs[0]),
                                    net.weights(node.inputs[1], kFullChannelAxis), net.bias(node),
                                    net.value(node.outputs[0]), flags);
}

using Op = schema::BuiltinOperator;
constexpr OpRow kRows[] = {
    {Op::CONV_2D, "CONV_2D", 2, 3, read_conv, check_conv, conv_shape, conv_work, define_conv},
    {Op::DEPTHWISE_CONV_2D, "DEPTHWISE_CONV_2D", 2, 3, read_depthwise, check_depthwise,
     depthwise_shape, depthwise_work, define_depthwise},
    {Op::FULLY_CONNECTED, "FULLY_CONNECTED", 2, 3, read_full, check_full, full_shape, full_work,
     define_full},
};

}  // namespace

std::span<const OpRow> convolution_ops() { return kRows; }

}  // namespace leukolens
