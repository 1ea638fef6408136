// Operators that move values: reshape, pad, concatenation, bilinear resizing.
#include <algorithm>

#include "core/net/ops/rules.h"

namespace leukolens {
namespace {

Result<Done> check_moved(const Graph& graph, const Node& node) {
  if (auto done = check_types(graph, node, 1); !done) return done;
  return check_same_quantisation(graph, node, 0);
}

// ---- reshape: the output's own shape says it all

Result<Shape> reshape_shape(const ShapeContext& at) {
  const Shape& in = at.input(0);
  const Shape& out = at.graph.output(at.node).shape;
  if (element_count(in) != element_count(out)) {
    return invalid(shape_text(in) + " can't become " + shape_text(out));
  }
  return out;
}

xnn_status define_reshape(NetBuilder& net, const Node& node) {
  const Shape& shape = net.graph().output(node).shape;
  return xnn_define_static_reshape(net.subgraph(), shape.size(), shape.data(),
                                   net.value(node.inputs[0]), net.value(node.outputs[0]), 0);
}

// ---- pad

Result<Done> check_pad(const Graph& graph, const Node& node) {
  if (auto done = check_moved(graph, node); !done) return done;
  const std::size_t count = 2 * graph.input(node, 0).shape.size();
  if (auto done = check_constant_ints(graph, node, 1, count); !done) return done;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t pad = graph.input(node, 1).ints()[i];
    if (pad < 0) return invalid("a padding of " + std::to_string(pad));
  }
  return Done{};
}

Result<Shape> pad_shape(const ShapeContext& at) {
  Shape out = at.input(0);
  const std::int32_t* pads = at.tensor(1).ints();
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t more = std::size_t(pads[2 * i]) + std::size_t(pads[2 * i + 1]);
    if (more > kMaxElements) return unsupported("a padding of " + std::to_string(more));
    out[i] += more;
  }
  return out;
}

xnn_status define_pad(NetBuilder& net, const Node& node) {
  const std::int32_t* pads = net.graph().input(node, 1).ints();
  std::size_t before[kMaxRank] = {}, after[kMaxRank] = {};
  for (std::size_t i = 0; i < net.graph().input(node, 0).shape.size(); ++i) {
    before[i] = static_cast<std::size_t>(pads[2 * i]);
    after[i] = static_cast<std::size_t>(pads[2 * i + 1]);
  }
  return xnn_define_static_constant_pad(net.subgraph(), before, after, 0.0f,
                                        net.value(node.inputs[0]), net.value(node.outputs[0]), 0);
}

// ---- concatenation of 2 to 5

Result<Done> read_concatenation(const schema::Operator& op, Options& options) {
  const auto* from = op.builtin_options_as_ConcatenationOptions();
  if (from == nullptr) return invalid("its options are missing");
  if (from->fused_activation_function() != schema::Activation::NONE) {
    return unsupported("a fused activation");
  }
  options.axis = from->axis();
  return Done{};
}

Result<Done> check_concatenation(const Graph& graph, const Node& node) {
  if (auto done = check_types(graph, node, node.inputs.size()); !done) return done;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    if (auto done = check_same_quantisation(graph, node, i); !done) return done;
  }
  return Done{};
}

Result<Shape> concatenation_shape(const ShapeContext& at) {
  Shape out = at.input(0);
  const auto rank = static_cast<std::int32_t>(out.size());
  const std::int32_t axis = at.node.options.axis;
  if (axis < -rank || axis >= rank) return invalid("axis " + std::to_string(axis));
  const auto side = static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
  for (std::size_t i = 1; i < at.node.inputs.size(); ++i) {
    Shape other = at.input(i);
    if (other.size() != out.size()) {
      return invalid(shape_text(out) + " and " + shape_text(other) + " don't fit");
    }
    const std::size_t more = other[side];
    other[side] = out[side];
    if (other != out) {
      return invalid(shape_text(out) + " and " + shape_text(at.input(i)) + " don't fit");
    }
    out[side] += more;
  }
  return out;
}

xnn_status define_concatenation(NetBuilder& net, const Node& node) {
  std::uint32_t in[5] = {};
  for (std::size_t i = 0; i < node.inputs.size(); ++i) in[i] = net.value(node.inputs[i]);
  const std::uint32_t out = net.value(node.outputs[0]);
  const std::int32_t axis = node.options.axis;
  switch (node.inputs.size()) {
    case 2:
      return xnn_define_concatenate2(net.subgraph(), axis, in[0], in[1], out, 0);
    case 3:
      return xnn_define_concatenate3(net.subgraph(), axis, in[0], in[1], in[2], out, 0);
    case 4:
      return xnn_define_concatenate4(net.subgraph(), axis, in[0], in[1], in[2], in[3], out, 0);
    default:
      return xnn_define_concatenate5(net.subgraph(), axis, in[0], in[1], in[2], in[3], in[4], out,
                                     0);
  }
}

// ---- bilinear resizing

Result<Done> read_resize(const schema::Operator& op, Options& options) {
  const auto* from = op.builtin_options_as_ResizeBilinearOptions();
  if (from == nullptr) return invalid("its options are missing");
  options.align_corners = from->align_corners();
  options.half_pixel_centers = from->half_pixel_centers();
  if (options.align_corners && options.half_pixel_centers) {
    return invalid("aligned corners and half pixel centres");
  }
  return Done{};
}

Result<Done> check_resize(const Graph& graph, const Node& node) {
  if (auto done = check_moved(graph, node); !done) return done;
  if (auto done = check_constant_ints(graph, node, 1, 2); !done) return done;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::int32_t side = graph.input(node, 1).ints()[i];
    if (side <= 0) return invalid("a side of " + std::to_string(side));
  }
  return Done{};
}

Result<Shape> resize_shape(const ShapeContext& at) {
  const Shape& in = at.input(0);
  if (auto done = check_rank(in, 4); !done) return done.error();
  const std::int32_t* size = at.tensor(1).ints();
  return Shape{in[0], std::size_t(size[0]), std::size_t(size[1]), in[3]};
}

xnn_status define_resize(NetBuilder& net, const Node& node) {
  const std::int32_t* size = net.graph().input(node, 1).ints();
  std::uint32_t flags = XNN_FLAG_TENSORFLOW_LEGACY_MODE;
  if (node.options.align_corners) flags = XNN_FLAG_ALIGN_CORNERS;
  if (node.options.half_pixel_centers) flags = 0;
  return xnn_define_static_resize_bilinear_2d(net.subgraph(), std::size_t(size[0]),
                                              std::size_t(size[1]), net.value(node.inputs[0]),
                                              net.value(node.outputs[0]), flags);
}

using Op = schema::BuiltinOperator;
constexpr OpRow kRows[] = {
    {Op::RESHAPE, "RESHAPE", 1, 2, nullptr, check_moved, reshape_shape, nullptr, define_reshape},
    {Op::PAD, "PAD", 2, 2, nullptr, check_pad, pad_shape, nullptr, define_pad},
    {Op::CONCATENATION, "CONCATENATION", 2, 5, read_concatenation, check_concatenation,
     concatenation_shape, nullptr, define_concatenation},
    {Op::RESIZE_BILINEAR, "RESIZE_BILINEAR", 2, 2, read_resize, check_resize, resize_shape, nullptr,
     define_resize},
};

}  // namespace

std::span<const OpRow> arrangement_ops() { return kRows; }

}  // namespace leukolens
