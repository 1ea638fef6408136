#include "core/net/graph.h"

namespace leukolens {

std::string_view type_name(ValueType type) {
  switch (type) {
    case ValueType::kFloat32:
      return "float32";
    case ValueType::kInt8:
      return "int8";
    case ValueType::kInt32:
      return "int32";
  }
  return "";
}

std::size_t type_size(ValueType type) { return type == ValueType::kInt8 ? 1 : 4; }

std::string shape_text(std::span<const std::size_t> shape) {
  std::string text;
  for (const std::size_t side : shape) {
    if (!text.empty()) text += 'x';
    text += std::to_string(side);
  }
  return text.empty() ? "scalar" : text;
}

std::string count_text(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::optional<std::size_t> element_count(std::span<const std::size_t> shape) {
  std::size_t count = 1;
  for (const std::size_t side : shape) {
    if (side == 0 || side > kMaxElements / count) return std::nullopt;
    count *= side;
  }
  return count;
}

Error invalid(std::string what) { return {ErrorCode::kModelInvalid, std::move(what)}; }
Error unsupported(std::string what) { return {ErrorCode::kModelUnsupported, std::move(what)}; }

Error in_layer(const Error& error, std::size_t index, std::string_view op) {
  return {error.code,
          "layer " + std::to_string(index + 1) + " (" + std::string(op) + "): " + error.what};
}

}  // namespace leukolens
