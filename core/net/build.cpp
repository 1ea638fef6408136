#include "core/net/build.h"

#include "core/net/ops.h"

namespace leukolens {
namespace {

const void* data_of(const TensorInfo& tensor) {
  return tensor.constant ? tensor.data.data() : nullptr;
}

// One scale for each of `channels`, and the spare ones XNNPACK may read.
std::vector<float> channel_scales(const TensorInfo& tensor, std::size_t channels, float factor) {
  std::vector<float> scales(channels + XNN_EXTRA_QUANTIZATION_PARAMS, 1.0f);
  for (std::size_t i = 0; i < channels; ++i) {
    scales[i] = factor * tensor.scales[tensor.scales.size() == 1 ? 0 : i];
  }
  return scales;
}

}  // namespace

NetBuilder::NetBuilder(const Graph& graph, xnn_subgraph_t subgraph)
    : graph_(graph), subgraph_(subgraph), values_(graph.tensors.size(), XNN_INVALID_VALUE_ID) {}

std::uint32_t NetBuilder::define_plain(const TensorInfo& tensor, std::uint32_t external,
                                       std::uint32_t flags) {
  std::uint32_t id = XNN_INVALID_VALUE_ID;
  if (tensor.type == ValueType::kInt8) {
    xnn_define_quantized_tensor_value(subgraph_, xnn_datatype_qint8, tensor.zero_points[0],
                                      tensor.scales[0], tensor.shape.size(), tensor.shape.data(),
                                      data_of(tensor), external, flags, &id);
  } else {
    xnn_define_tensor_value(subgraph_, xnn_datatype_fp32, tensor.shape.size(), tensor.shape.data(),
                            data_of(tensor), external, flags, &id);
  }
  return id;
}

std::uint32_t NetBuilder::define_channelwise(const TensorInfo& tensor, xnn_datatype type,
                                             std::size_t axis, std::vector<float> scales) {
  std::uint32_t id = XNN_INVALID_VALUE_ID;
  scales_.push_back(std::move(scales));
  xnn_define_channelwise_quantized_tensor_value(subgraph_, type, scales_.back().data(),
                                                tensor.shape.size(), axis, tensor.shape.data(),
                                                data_of(tensor), XNN_INVALID_VALUE_ID, 0, &id);
  return id;
}

std::uint32_t NetBuilder::value(std::size_t tensor) {
  std::uint32_t& id = values_[tensor];
  if (id == XNN_INVALID_VALUE_ID) {
    id = define_plain(graph_.tensors[tensor], XNN_INVALID_VALUE_ID, 0);
  }
  return id;
}

std::uint32_t NetBuilder::weights(std::size_t tensor, std::size_t channel_axis) {
  const TensorInfo& info = graph_.tensors[tensor];
  if (info.type == ValueType::kFloat32) return value(tensor);
  return define_channelwise(info, xnn_datatype_qcint8, channel_axis,
                            channel_scales(info, info.shape[channel_axis], 1));
}

std::uint32_t NetBuilder::bias(const Node& node) {
  if (node.inputs.size() < 3) return XNN_INVALID_VALUE_ID;
  const TensorInfo& info = graph_.input(node, 2);
  if (info.type == ValueType::kFloat32) return value(node.inputs[2]);
  const float input_scale = graph_.input(node, 0).scales[0];
  return define_channelwise(info, xnn_datatype_qcint32, 0,
                            channel_scales(graph_.input(node, 1), info.elements(), input_scale));
}

std::uint32_t NetBuilder::float_value(const Shape& shape) {
  std::uint32_t id = XNN_INVALID_VALUE_ID;
  xnn_define_tensor_value(subgraph_, xnn_datatype_fp32, shape.size(), shape.data(), nullptr,
                          XNN_INVALID_VALUE_ID, 0, &id);
  return id;
}

xnn_status NetBuilder::convert(std::uint32_t from, std::uint32_t to) {
  return xnn_define_unary(subgraph_, xnn_unary_convert, nullptr, from, to, 0);
}

// The net's input is external value 0, its outputs those after it.
xnn_status NetBuilder::define_ends() {
  const std::size_t input = graph_.inputs[0];
  values_[input] = define_plain(graph_.tensors[input], 0, XNN_VALUE_FLAG_EXTERNAL_INPUT);
  bool good = values_[input] == 0;
  std::uint32_t next = 1;
  for (const std::size_t output : graph_.outputs) {
    values_[output] = define_plain(graph_.tensors[output], next, XNN_VALUE_FLAG_EXTERNAL_OUTPUT);
    good = good && values_[output] == next;
    ++next;
  }
  return good ? xnn_status_success : xnn_status_invalid_parameter;
}

xnn_status NetBuilder::define_all() {
  xnn_status status = define_ends();
  for (failed_at_ = 0; status == xnn_status_success && failed_at_ < graph_.nodes.size();) {
    const Node& node = graph_.nodes[failed_at_];
    status = node.op->define(*this, node);
    if (status == xnn_status_success) ++failed_at_;
  }
  return status;
}

}  // namespace leukolens
