#include "tools/tflite/writer.h"

#include <memory>
#include <utility>

namespace leukolens::tflite {

Writer::Writer() {
  model_.version = 3;
  model_.description = "written by leukolens-train";
  model_.subgraphs.push_back(std::make_unique<schema::SubGraphT>());
  model_.buffers.push_back(std::make_unique<schema::BufferT>());  // buffer 0 is the empty one
}

TensorId Writer::store(std::string name, std::vector<std::int32_t> shape, schema::TensorType type,
                       Quantisation q, const void* data, std::size_t size) {
  auto tensor = std::make_unique<schema::TensorT>();
  tensor->name = std::move(name);
  tensor->shape = std::move(shape);
  tensor->type = type;
  if (!q.scale.empty()) {
    tensor->quantization = std::make_unique<schema::QuantizationParametersT>();
    tensor->quantization->scale = std::move(q.scale);
    tensor->quantization->zero_point = std::move(q.zero_point);
    tensor->quantization->quantized_dimension = q.axis;
  }
  if (data != nullptr) {
    auto buffer = std::make_unique<schema::BufferT>();
    const auto* first = static_cast<const std::uint8_t*>(data);
    buffer->data.assign(first, first + size);
    tensor->buffer = static_cast<std::uint32_t>(model_.buffers.size());
    model_.buffers.push_back(std::move(buffer));
  }
  graph().tensors.push_back(std::move(tensor));
  return static_cast<TensorId>(graph().tensors.size() - 1);
}

TensorId Writer::tensor(std::string name, std::vector<std::int32_t> shape, schema::TensorType type,
                        Quantisation q) {
  return store(std::move(name), std::move(shape), type, std::move(q), nullptr, 0);
}

TensorId Writer::constant(std::string name, std::vector<std::int32_t> shape,
                          const std::vector<float>& values) {
  return store(std::move(name), std::move(shape), schema::TensorType::FLOAT32, {}, values.data(),
               values.size() * sizeof(float));
}

TensorId Writer::constant(std::string name, std::vector<std::int32_t> shape,
                          const std::vector<std::int8_t>& values, Quantisation q) {
  return store(std::move(name), std::move(shape), schema::TensorType::INT8, std::move(q),
               values.data(), values.size());
}

TensorId Writer::constant(std::string name, std::vector<std::int32_t> shape,
                          const std::vector<std::int32_t>& values, Quantisation q) {
  return store(std::move(name), std::move(shape), schema::TensorType::INT32, std::move(q),
               values.data(), values.size() * sizeof(std::int32_t));
}

void Writer::append(schema::BuiltinOperator op, std::vector<TensorId> inputs,
                    std::vector<TensorId> outputs, schema::BuiltinOptionsUnion options) {
  auto& codes = model_.operator_codes;
  std::size_t index = 0;
  while (index < codes.size() && codes[index]->builtin_code != op) ++index;
  if (index == codes.size()) {
    auto code = std::make_unique<schema::OperatorCodeT>();
    code->builtin_code = op;
    code->deprecated_builtin_code = static_cast<std::int8_t>(op);
    codes.push_back(std::move(code));
  }
  auto node = std::make_unique<schema::OperatorT>();
  node->opcode_index = static_cast<std::uint32_t>(index);
  node->inputs = std::move(inputs);
  node->outputs = std::move(outputs);
  node->builtin_options = std::move(options);
  graph().operators.push_back(std::move(node));
}

void Writer::add(schema::BuiltinOperator op, std::vector<TensorId> inputs,
                 std::vector<TensorId> outputs) {
  append(op, std::move(inputs), std::move(outputs), {});
}

void Writer::set_inputs(std::vector<TensorId> ids) { graph().inputs = std::move(ids); }
void Writer::set_outputs(std::vector<TensorId> ids) { graph().outputs = std::move(ids); }

void Writer::set_card(const schema::ModelCardT& card) {
  flatbuffers::FlatBufferBuilder builder;
  builder.Finish(schema::ModelCard::Pack(builder, &card), "LKLC");
  auto buffer = std::make_unique<schema::BufferT>();
  buffer->data.assign(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
  auto entry = std::make_unique<schema::MetadataT>();
  entry->name = "leukolens";
  entry->buffer = static_cast<std::uint32_t>(model_.buffers.size());
  model_.buffers.push_back(std::move(buffer));
  model_.metadata.clear();
  model_.metadata.push_back(std::move(entry));
}

std::vector<std::byte> Writer::bytes() const {
  flatbuffers::FlatBufferBuilder builder;
  schema::FinishModelBuffer(builder, schema::Model::Pack(builder, &model_));
  const auto* first = reinterpret_cast<const std::byte*>(builder.GetBufferPointer());
  return {first, first + builder.GetSize()};
}

}  // namespace leukolens::tflite
