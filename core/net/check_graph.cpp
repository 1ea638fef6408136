#include <algorithm>

#include "core/net/ops.h"
#include "core/net/parse.h"

namespace leukolens {
namespace {

Result<Done> check_ends(const Graph& graph) {
  if (graph.inputs.size() != 1) return unsupported(count_text(graph.inputs.size(), "input"));
  const TensorInfo& input = graph.tensors[graph.inputs[0]];
  if (input.constant) return invalid("its input is a constant");
  if (input.type != ValueType::kFloat32) {
    return unsupported("its input is " + std::string(type_name(input.type)) + ", not float32");
  }
  if (input.shape.size() != 4) return unsupported("its input is " + shape_text(input.shape));
  if (graph.outputs.empty()) return invalid("it has no outputs");
  return Done{};
}

// Which tensors have values while the operators run one after the other.
class Order {
 public:
  explicit Order(const Graph& graph)
      : graph_(graph), ready_(graph.tensors.size()), used_(graph.tensors.size()) {
    for (std::size_t i = 0; i < ready_.size(); ++i) ready_[i] = graph.tensors[i].constant;
    for (const std::size_t id : graph.inputs) ready_[id] = true;
    for (const std::size_t id : graph.outputs) used_[id] = true;
    for (const Node& node : graph.nodes) {
      for (const std::size_t id : node.inputs) used_[id] = true;
    }
  }

  Result<Done> run(const Node& node) {
    for (const std::size_t id : node.inputs) {
      if (!ready_[id])
        return invalid("tensor " + std::to_string(id) + " is used before it is made");
    }
    const std::size_t id = node.outputs[0];
    if (ready_[id]) return invalid("tensor " + std::to_string(id) + " is made twice");
    if (!used_[id]) return invalid("tensor " + std::to_string(id) + " is made and never used");
    ready_[id] = true;
    return Done{};
  }

  Result<Done> finish() const {
    for (const std::size_t id : graph_.outputs) {
      const TensorInfo& output = graph_.tensors[id];
      if (!ready_[id] || output.constant || id == graph_.inputs[0]) {
        return invalid("no operator makes its output, tensor " + std::to_string(id));
      }
      if (std::count(graph_.outputs.begin(), graph_.outputs.end(), id) > 1) {
        return invalid("tensor " + std::to_string(id) + " is an output twice");
      }
      if (output.type != ValueType::kFloat32) {
        return unsupported("its output is " + std::string(type_name(output.type)) +
                           ", not float32");
      }
    }
    return Done{};
  }

 private:
  const Graph& graph_;
  std::vector<bool> ready_, used_;
};

Result<Shape> node_shape(const Graph& graph, const Node& node, std::span<const Shape> shapes) {
  Result<Shape> shape = node.op->shape({graph, node, shapes});
  if (shape && !element_count(*shape)) {
    return unsupported("its result is too large, " + shape_text(*shape));
  }
  return shape;
}

Result<Done> check_node(const Graph& graph, const Node& node, Order& order,
                        std::span<const Shape> shapes) {
  if (auto done = order.run(node); !done) return done;
  if (auto done = node.op->check(graph, node); !done) return done;
  const Result<Shape> shape = node_shape(graph, node, shapes);
  if (!shape) return shape.error();
  const Shape& stated = graph.output(node).shape;
  if (*shape != stated) {
    return invalid("its result is " + shape_text(*shape) + " but the file says " +
                   shape_text(stated));
  }
  return Done{};
}

std::vector<Shape> own_shapes(const Graph& graph) {
  std::vector<Shape> shapes;
  for (const TensorInfo& tensor : graph.tensors) shapes.push_back(tensor.shape);
  return shapes;
}

}  // namespace

Result<Done> check_graph(const Graph& graph) {
  if (auto done = check_ends(graph); !done) return done;
  Order order(graph);
  const std::vector<Shape> shapes = own_shapes(graph);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    if (auto done = check_node(graph, node, order, shapes); !done) {
      return in_layer(done.error(), i, node.op->name);
    }
  }
  return order.finish();
}

Result<std::vector<Shape>> infer_shapes(const Graph& graph, const Shape& input) {
  std::vector<Shape> shapes = own_shapes(graph);
  shapes[graph.inputs[0]] = input;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    Result<Shape> shape = node_shape(graph, node, shapes);
    if (!shape) return in_layer(shape.error(), i, node.op->name);
    shapes[node.outputs[0]] = std::move(*shape);
  }
  return shapes;
}

}  // namespace leukolens
