// The operators this program can run: one row each. Internal to the net room.
#pragma once

#include <xnnpack.h>

#include <cstdint>
#include <span>
#include <string_view>

#include "core/net/graph.h"

namespace leukolens {

class NetBuilder;

// What is known of a node when its shapes are worked out. `shapes` has one entry a tensor of the
// graph: the file's, or those that follow from another input size.
struct ShapeContext {
  const Graph& graph;
  const Node& node;
  std::span<const Shape> shapes;

  const Shape& input(std::size_t i) const { return shapes[node.inputs[i]]; }
  const TensorInfo& tensor(std::size_t i) const { return graph.input(node, i); }
};

struct OpRow {
  schema::BuiltinOperator code;
  std::string_view name;
  std::size_t min_inputs, max_inputs;  // without inputs left out
  // Copies what the file says into Options. Strides and the like are checked here.
  Result<Done> (*read)(const schema::Operator& op, Options& options);
  // Types, constness and quantisation of inputs and output.
  Result<Done> (*check)(const Graph& graph, const Node& node);
  // The output's shape; refuses shapes that don't fit each other.
  Result<Shape> (*shape)(const ShapeContext& at);
  // Multiplications with an addition, at the graph's own shapes. Null: none.
  std::uint64_t (*multiply_adds)(const Graph& graph, const Node& node);
  xnn_status (*define)(NetBuilder& net, const Node& node);
};

std::span<const OpRow> convolution_ops();
std::span<const OpRow> pooling_ops();
std::span<const OpRow> elementwise_ops();
std::span<const OpRow> arrangement_ops();

// Null if this program doesn't know the operator.
const OpRow* find_op(schema::BuiltinOperator code);

}  // namespace leukolens
