// Graph -> XNNPACK subgraph: values for tensors, and the detour for operators that XNNPACK has in
// float32 only. Internal to the net room.
#pragma once

#include <xnnpack.h>

#include <cstdint>
#include <deque>
#include <vector>

#include "core/net/graph.h"

namespace leukolens {

// Must live until the runtime is created: XNNPACK keeps pointers to the scales. The graph's
// constants must live as long as the runtime.
class NetBuilder {
 public:
  NetBuilder(const Graph& graph, xnn_subgraph_t subgraph);

  // Everything, in order. After an error `failed_at()` is the node it came from.
  xnn_status define_all();
  std::size_t failed_at() const { return failed_at_; }

  // For the operators. A value that can't be defined is XNN_INVALID_VALUE_ID, which the node that
  // uses it then refuses.
  const Graph& graph() const { return graph_; }
  xnn_subgraph_t subgraph() const { return subgraph_; }
  // An input or output of an operator.
  std::uint32_t value(std::size_t tensor);
  // Constant weights; int8 ones with a scale for each index along `channel_axis`.
  std::uint32_t weights(std::size_t tensor, std::size_t channel_axis);
  // The third input of a node with weights as the second; none if it is left out.
  std::uint32_t bias(const Node& node);
  // A float32 value that is no tensor of the graph.
  std::uint32_t float_value(const Shape& shape);
  xnn_status convert(std::uint32_t from, std::uint32_t to);

  // Calls define(input, output) with float32 values: as they are, or for int8 tensors converted
  // before and after.
  template <class Define>
  xnn_status in_float(const Node& node, Define define) {
    std::uint32_t input = value(node.inputs[0]);
    const std::uint32_t output = value(node.outputs[0]);
    const TensorInfo& from = graph_.input(node, 0);
    if (from.type == ValueType::kFloat32) return define(input, output);
    const std::uint32_t float_input = float_value(from.shape);
    const std::uint32_t float_output = float_value(graph_.output(node).shape);
    if (const xnn_status status = convert(input, float_input); status != xnn_status_success) {
      return status;
    }
    if (const xnn_status status = define(float_input, float_output); status != xnn_status_success) {
      return status;
    }
    return convert(float_output, output);
  }

 private:
  std::uint32_t define_plain(const TensorInfo& tensor, std::uint32_t external, std::uint32_t flags);
  std::uint32_t define_channelwise(const TensorInfo& tensor, xnn_datatype type, std::size_t axis,
                                   std::vector<float> scales);
  xnn_status define_ends();

  const Graph& graph_;
  xnn_subgraph_t subgraph_;
  std::vector<std::uint32_t> values_;      // by tensor; XNN_INVALID_VALUE_ID: not defined yet
  std::deque<std::vector<float>> scales_;  // a deque: what is in it stays where it is
  std::size_t failed_at_ = 0;
};

}  // namespace leukolens
