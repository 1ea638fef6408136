#include <string>

#include "core/net/op_names.h"
#include "core/net/ops.h"
#include "core/net/parse.h"

namespace leukolens {
namespace {

constexpr std::uint32_t kFormatVersion = 3;

// The text of bytes 4 to 7, where the format's mark belongs.
std::string mark_text(std::span<const std::byte> file) {
  std::string text;
  for (std::size_t i = 4; i < 8; ++i) {
    const char c = static_cast<char>(file[i]);
    text += c >= ' ' && c <= '~' ? c : '?';
  }
  return text;
}

// The operator's number: old files have it in a byte, new ones in an int.
std::int32_t builtin_code(const schema::OperatorCode& code) {
  return std::max(static_cast<std::int32_t>(code.deprecated_builtin_code()),
                  static_cast<std::int32_t>(code.builtin_code()));
}

Result<const OpRow*> read_op(const schema::Model& model, const schema::Operator& from) {
  const auto* codes = model.operator_codes();
  if (codes == nullptr || from.opcode_index() >= codes->size()) {
    return invalid("operator code " + std::to_string(from.opcode_index()) + " doesn't exist");
  }
  const schema::OperatorCode& code = *codes->Get(from.opcode_index());
  const std::int32_t number = builtin_code(code);
  if (const OpRow* row = find_op(static_cast<schema::BuiltinOperator>(number))) return row;
  std::string name = op_name(number);
  if (name == "CUSTOM" && code.custom_code() != nullptr) name += " " + code.custom_code()->str();
  return Error{ErrorCode::kOperatorUnknown, std::move(name)};
}

// A list of tensor numbers; -1, an input left out, is kept only at its end, where it means nothing.
Result<std::vector<std::size_t>> read_ids(const flatbuffers::Vector<std::int32_t>* from,
                                          std::size_t tensors) {
  std::vector<std::size_t> ids;
  if (from == nullptr) return ids;
  std::size_t count = from->size();
  while (count > 0 && from->Get(static_cast<std::uint32_t>(count - 1)) == -1) --count;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::int32_t id = from->Get(i);
    if (id < 0 || static_cast<std::size_t>(id) >= tensors) {
      return invalid("tensor " + std::to_string(id) + " doesn't exist");
    }
    ids.push_back(static_cast<std::size_t>(id));
  }
  return ids;
}

Result<Done> check_counts(const Node& node) {
  const OpRow& op = *node.op;
  const std::size_t inputs = node.inputs.size();
  if (inputs < op.min_inputs) return invalid(count_text(inputs, "input"));
  if (inputs > op.max_inputs) return unsupported(count_text(inputs, "input"));
  if (node.outputs.size() != 1) return invalid(count_text(node.outputs.size(), "output"));
  return Done{};
}

Result<Done> read_node(const schema::Operator& from, std::size_t tensors, Node& node) {
  Result<std::vector<std::size_t>> inputs = read_ids(from.inputs(), tensors);
  if (!inputs) return inputs.error();
  Result<std::vector<std::size_t>> outputs = read_ids(from.outputs(), tensors);
  if (!outputs) return outputs.error();
  node.inputs = std::move(*inputs);
  node.outputs = std::move(*outputs);
  if (auto done = check_counts(node); !done) return done;
  return node.op->read == nullptr ? Result<Done>(Done{}) : node.op->read(from, node.options);
}

Result<Done> read_nodes(const schema::Model& model, const schema::SubGraph& from, Graph& graph) {
  if (from.operators() == nullptr || from.operators()->size() == 0) {
    return invalid("it has no operators");
  }
  for (const schema::Operator* op : *from.operators()) {
    Result<const OpRow*> row = read_op(model, *op);
    if (!row) return row.error();
    Node node;
    node.op = *row;
    if (auto done = read_node(*op, graph.tensors.size(), node); !done) {
      return in_layer(done.error(), graph.nodes.size(), node.op->name);
    }
    graph.nodes.push_back(std::move(node));
  }
  return Done{};
}

}  // namespace

Result<const schema::Model*> open_model(std::span<const std::byte> file) {
  if (file.empty()) return Error{ErrorCode::kModelNotTflite, "it is empty"};
  if (file.size() < 8) return Error{ErrorCode::kModelNotTflite, "it is too short"};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(file.data());
  if (!schema::ModelBufferHasIdentifier(bytes)) {
    return Error{ErrorCode::kModelNotTflite, "its mark is " + mark_text(file) + ", not TFL3"};
  }
  flatbuffers::Verifier verifier(bytes, file.size());
  if (!schema::VerifyModelBuffer(verifier)) {
    return Error{ErrorCode::kModelCorrupt,
                 "its tables don't hold together, " + std::to_string(file.size()) + " bytes"};
  }
  const schema::Model* model = schema::GetModel(bytes);
  if (model->version() != kFormatVersion) {
    return unsupported("version " + std::to_string(model->version()) + " of the format");
  }
  return model;
}

Result<Graph> parse_graph(const schema::Model& model) {
  const std::size_t count = model.subgraphs() == nullptr ? 0 : model.subgraphs()->size();
  if (count == 0) return invalid("it holds no net");
  if (count > 1) return unsupported(std::to_string(count) + " nets in one file");
  const schema::SubGraph& from = *model.subgraphs()->Get(0);
  Graph graph;
  Result<std::vector<TensorInfo>> tensors = parse_tensors(model, from);
  if (!tensors) return tensors.error();
  graph.tensors = std::move(*tensors);
  Result<std::vector<std::size_t>> inputs = read_ids(from.inputs(), graph.tensors.size());
  if (!inputs) return Error{inputs.error().code, "inputs: " + inputs.error().what};
  Result<std::vector<std::size_t>> outputs = read_ids(from.outputs(), graph.tensors.size());
  if (!outputs) return Error{outputs.error().code, "outputs: " + outputs.error().what};
  graph.inputs = std::move(*inputs);
  graph.outputs = std::move(*outputs);
  if (auto done = read_nodes(model, from, graph); !done) return done.error();
  if (auto done = check_graph(graph); !done) return done.error();
  return graph;
}

}  // namespace leukolens
