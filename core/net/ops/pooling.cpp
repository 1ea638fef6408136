// Operators that gather a window or a whole picture: average and max pooling, mean.
#include <algorithm>

#include "core/net/ops/rules.h"

namespace leukolens {
namespace {

Result<Done> read_pool(const schema::Operator& op, Options& options) {
  const auto* from = op.builtin_options_as_Pool2DOptions();
  if (from == nullptr) return invalid("its options are missing");
  const auto stride_h = read_window(from->stride_h(), "a stride");
  const auto stride_w = read_window(from->stride_w(), "a stride");
  const auto filter_h = read_window(from->filter_height(), "a filter side");
  const auto filter_w = read_window(from->filter_width(), "a filter side");
  for (const auto* side : {&stride_h, &stride_w, &filter_h, &filter_w}) {
    if (!*side) return side->error();
  }
  options.stride_h = *stride_h, options.stride_w = *stride_w;
  options.filter_h = *filter_h, options.filter_w = *filter_w;
  options.same_padding = from->padding() == schema::Padding::SAME;
  if (*filter_h * *filter_w == 1) return unsupported("a filter of 1x1");
  // XNNPACK's padding goes wrong there.
  if (*stride_h > *filter_h || *stride_w > *filter_w) {
    return unsupported("a stride beyond its filter");
  }
  return read_activation(from->fused_activation_function(), options);
}

Result<Done> check_pool(const Graph& graph, const Node& node) {
  if (auto done = check_types(graph, node, 1); !done) return done;
  return check_same_quantisation(graph, node, 0);
}

Result<Shape> pool_shape(const ShapeContext& at) {
  const Options& o = at.node.options;
  const Shape& in = at.input(0);
  if (auto done = check_rank(in, 4); !done) return done.error();
  const auto h = window_count(in[1], o.filter_h, o.stride_h, 1, o.same_padding);
  if (!h) return h.error();
  const auto w = window_count(in[2], o.filter_w, o.stride_w, 1, o.same_padding);
  if (!w) return w.error();
  if (auto done = check_places(o.filter_h, o.filter_w, *h, *w); !done) return done.error();
  return Shape{in[0], *h, *w, in[3]};
}

std::uint32_t u32(std::size_t value) { return static_cast<std::uint32_t>(value); }

xnn_status define_average_pool(NetBuilder& net, const Node& node) {
  const Options& o = node.options;
  const Range range = activation_range(o.activation);
  return net.in_float(node, [&](std::uint32_t input, std::uint32_t output) {
    return xnn_define_average_pooling_2d(net.subgraph(), 0, 0, 0, 0, u32(o.filter_h),
                                         u32(o.filter_w), u32(o.stride_h), u32(o.stride_w),
                                         range.min, range.max, input, output, padding_flag(o));
  });
}

xnn_status define_max_pool(NetBuilder& net, const Node& node) {
  const Options& o = node.options;
  const Range range = activation_range(o.activation);
  return xnn_define_max_pooling_2d(net.subgraph(), 0, 0, 0, 0, u32(o.filter_h), u32(o.filter_w),
                                   u32(o.stride_h), u32(o.stride_w), 1, 1, range.min, range.max,
                                   net.value(node.inputs[0]), net.value(node.outputs[0]),
                                   padding_flag(o));
}

// ---- mean over height and width

Result<Done> read_mean(const schema::Operator& op, Options& options) {
  const auto* from = op.builtin_options_as_ReducerOptions();
  options.keep_dims = from != nullptr && from->keep_dims();
  return Done{};
}

Result<Done> check_mean(const Graph& graph, const Node& node) {
  if (auto done = check_types(graph, node, 1); !done) return done;
  if (auto done = check_constant_ints(graph, node, 1, 2); !done) return done;
  std::int32_t axes[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const std::int32_t axis = graph.input(node, 1).ints()[i];
    axes[i] = axis < 0 && axis >= -4 ? axis + 4 : axis;
  }
  if (std::min(axes[0], axes[1]) == 1 && std::max(axes[0], axes[1]) == 2) return Done{};
  return unsupported("axes other than height and width");
}

Result<Shape> mean_shape(const ShapeContext& at) {
  const Shape& in = at.input(0);
  if (auto done = check_rank(in, 4); !done) return done.error();
  return at.node.options.keep_dims ? Shape{in[0], 1, 1, in[3]} : Shape{in[0], in[3]};
}

xnn_status define_mean(NetBuilder& net, const Node& node) {
  constexpr std::size_t kAxes[] = {1, 2};
  const std::uint32_t flags = node.options.keep_dims ? XNN_FLAG_KEEP_DIMS : 0;
  return xnn_define_static_reduce(net.subgraph(), xnn_reduce_mean, 2, kAxes,
                                  net.value(node.inputs[0]), net.value(node.outputs[0]), flags);
}

using Op = schema::BuiltinOperator;
constexpr OpRow kRows[] = {
    {Op::AVERAGE_POOL_2D, "AVERAGE_POOL_2D", 1, 1, read_pool, check_pool, pool_shape, nullptr,
     define_average_pool},
    {Op::MAX_POOL_2D, "MAX_POOL_2D", 1, 1, read_pool, check_pool, pool_shape, nullptr,
     define_max_pool},
    {Op::MEAN, "MEAN", 2, 2, read_mean, check_mean, mean_shape, nullptr, define_mean},
};

}  // namespace

std::span<const OpRow> pooling_ops() { return kRows; }

}  // namespace leukolens
