#include <xnnpack.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/net/parse.h"

namespace leukolens {
namespace {

// Numbers of types that this program can't take, for the message.
std::string foreign_type(schema::TensorType type) {
  switch (static_cast<int>(type)) {
    case 1:
      return "float16";
    case 3:
      return "uint8";
    case 4:
      return "int64";
    case 5:
      return "text";
    case 6:
      return "bool";
    case 7:
      return "int16";
    default:
      return "type " + std::to_string(static_cast<int>(type));
  }
}

Result<Done> read_type(const schema::Tensor& from, TensorInfo& to) {
  switch (from.type()) {
    case schema::TensorType::FLOAT32:
      to.type = ValueType::kFloat32;
      return Done{};
    case schema::TensorType::INT8:
      to.type = ValueType::kInt8;
      return Done{};
    case schema::TensorType::INT32:
      to.type = ValueType::kInt32;
      return Done{};
    default:
      return unsupported("its values are " + foreign_type(from.type()));
  }
}

Result<Done> read_shape(const schema::Tensor& from, TensorInfo& to) {
  if (from.shape() != nullptr) {
    for (const std::int32_t side : *from.shape()) {
      if (side <= 0) return invalid("a side of " + std::to_string(side));
      to.shape.push_back(static_cast<std::size_t>(side));
    }
  }
  if (to.shape.size() > kMaxRank) {
    return unsupported(std::to_string(to.shape.size()) + " dimensions");
  }
  if (!element_count(to.shape)) return unsupported("it is too large, " + shape_text(to.shape));
  return Done{};
}

Result<Done> read_data(const schema::Model& model, const schema::Tensor& from, TensorInfo& to) {
  if (from.buffer() == 0) return Done{};
  const auto* buffers = model.buffers();
  if (buffers == nullptr || from.buffer() >= buffers->size()) {
    return invalid("buffer " + std::to_string(from.buffer()) + " doesn't exist");
  }
  const auto* data = buffers->Get(from.buffer())->data();
  if (data == nullptr || data->size() == 0) return Done{};
  const std::size_t wanted = to.elements() * type_size(to.type);
  if (data->size() != wanted) {
    return invalid(std::to_string(data->size()) + " bytes of data where " + std::to_string(wanted) +
                   " are needed");
  }
  to.constant = true;
  to.data.resize(wanted + XNN_EXTRA_BYTES);
  std::memcpy(to.data.data(), data->data(), wanted);
  return Done{};
}

Result<Done> check_scale(const TensorInfo& tensor) {
  for (const float scale : tensor.scales) {
    if (!(scale > 0) || !std::isnormal(scale)) {
      return invalid("a quantisation scale that is not above 0");
    }
  }
  for (const std::int32_t zero_point : tensor.zero_points) {
    const bool fits =
        tensor.type == ValueType::kInt8 ? zero_point >= -128 && zero_point <= 127 : zero_point == 0;
    if (!fits) return invalid("a zero point of " + std::to_string(zero_point));
  }
  return Done{};
}

Result<Done> check_channels(const TensorInfo& tensor, std::int32_t axis) {
  const std::size_t count = tensor.scales.size();
  if (tensor.zero_points.size() != count) {
    return invalid(count_text(count, "scale") + " but " +
                   count_text(tensor.zero_points.size(), "zero point"));
  }
  if (count == 1) return Done{};
  if (!tensor.constant) return unsupported("quantisation by channel outside weights");
  if (axis < 0 || static_cast<std::size_t>(axis) >= tensor.shape.size()) {
    return invalid("quantisation along axis " + std::to_string(axis));
  }
  if (tensor.shape[tensor.axis] != count) {
    return invalid(count_text(count, "scale") + " for " +
                   count_text(tensor.shape[tensor.axis], "channel"));
  }
  return Done{};
}

// By copy: the verifier doesn't promise that the numbers of 8 bytes lie at a multiple of 8. What no
// type can hold is moved to where the check of ranges finds it.
void read_zero_points(const flatbuffers::Vector<std::int64_t>& from,
                      std::vector<std::int32_t>& to) {
  constexpr std::int64_t kFar = 1000000;
  for (std::uint32_t i = 0; i < from.size(); ++i) {
    std::int64_t value = 0;
    std::memcpy(&value, from.Data() + i * sizeof value, sizeof value);
    to.push_back(static_cast<std::int32_t>(std::clamp(value, -kFar, kFar)));
  }
}

// Scales of float tensors are notes of a converter and left aside.
Result<Done> read_quantisation(const schema::Tensor& from, TensorInfo& to) {
  if (to.type == ValueType::kFloat32) return Done{};
  const auto* q = from.quantization();
  const bool given = q != nullptr && q->scale() != nullptr && q->scale()->size() > 0;
  if (!given) {
    if (to.type == ValueType::kInt8) return invalid("int8 without quantisation");
    return Done{};
  }
  to.scales.assign(q->scale()->begin(), q->scale()->end());
  if (q->zero_point() == nullptr || q->zero_point()->size() == 0) {
    to.zero_points.assign(to.scales.size(), 0);
  } else {
    read_zero_points(*q->zero_point(), to.zero_points);
  }
  to.axis = q->quantized_dimension() < 0 ? 0 : static_cast<std::size_t>(q->quantized_dimension());
  if (auto checked = check_channels(to, q->quantized_dimension()); !checked) return checked;
  return check_scale(to);
}

Result<TensorInfo> parse_tensor(const schema::Model& model, const schema::Tensor& from) {
  TensorInfo tensor;
  if (from.name() != nullptr) tensor.name = from.name()->str();
  if (from.is_variable()) return unsupported("it is a variable");
  if (from.sparsity() != nullptr) return unsupported("it is stored sparse");
  if (auto done = read_type(from, tensor); !done) return done.error();
  if (auto done = read_shape(from, tensor); !done) return done.error();
  if (auto done = read_data(model, from, tensor); !done) return done.error();
  if (auto done = read_quantisation(from, tensor); !done) return done.error();
  return tensor;
}

}  // namespace

Result<std::vector<TensorInfo>> parse_tensors(const schema::Model& model,
                                              const schema::SubGraph& subgraph) {
  std::vector<TensorInfo> tensors;
  if (subgraph.tensors() == nullptr) return tensors;
  for (const schema::Tensor* from : *subgraph.tensors()) {
    Result<TensorInfo> tensor = parse_tensor(model, *from);
    if (!tensor) {
      return Error{tensor.error().code,
                   "tensor " + std::to_string(tensors.size()) + ": " + tensor.error().what};
    }
    tensors.push_back(std::move(*tensor));
  }
  return tensors;
}

}  // namespace leukolens
