#include "core/net/model.h"

#include "core/net/ops.h"
#include "core/net/parse.h"
#include "core/net/sha256.h"

namespace leukolens {

struct Model::State {
  std::shared_ptr<const Graph> graph;
  std::optional<ModelCard> card;
  std::vector<LayerInfo> layers;
  std::uint64_t parameters = 0, multiply_adds = 0;
  std::string sha256;
};

namespace {

std::vector<std::int32_t> signed_shape(const Shape& shape) { return {shape.begin(), shape.end()}; }

// Weights and biases, not the shapes, axes and paddings that also travel as constants.
bool is_parameter(const TensorInfo& tensor) {
  return tensor.constant && (tensor.type != ValueType::kInt32 || tensor.quantised());
}

LayerInfo describe(const Graph& graph, const Node& node) {
  LayerInfo layer;
  layer.op = node.op->name;
  layer.input_shape = signed_shape(graph.input(node, 0).shape);
  layer.output_shape = signed_shape(graph.output(node).shape);
  layer.type = type_name(graph.output(node).type);
  for (const std::size_t id : node.inputs) {
    if (is_parameter(graph.tensors[id])) layer.parameters += graph.tensors[id].elements();
  }
  if (node.op->multiply_adds != nullptr) layer.multiply_adds = node.op->multiply_adds(graph, node);
  return layer;
}

}  // namespace

Model::Model() = default;
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

Result<Model> Model::parse(std::span<const std::byte> file) {
  // The verifier and the tables' accessors want aligned memory; the caller's may not be.
  const std::vector<std::byte> bytes(file.begin(), file.end());
  const Result<const schema::Model*> opened = open_model(bytes);
  if (!opened) return opened.error();
  Result<Graph> graph = parse_graph(**opened);
  if (!graph) return graph.error();
  Result<std::optional<ModelCard>> card = parse_card(**opened, *graph);
  if (!card) return card.error();

  Model model;
  model.state_ = std::make_unique<State>();
  State& state = *model.state_;
  for (const TensorInfo& tensor : graph->tensors) {
    if (is_parameter(tensor)) state.parameters += tensor.elements();
  }
  for (const Node& node : graph->nodes) {
    state.layers.push_back(describe(*graph, node));
    state.multiply_adds += state.layers.back().multiply_adds;
  }
  state.card = std::move(*card);
  state.graph = std::make_shared<const Graph>(std::move(*graph));
  state.sha256 = sha256_hex(file);
  return model;
}

bool Model::has_card() const { return state_->card.has_value(); }
const ModelCard& Model::card() const { return *state_->card; }
const std::vector<LayerInfo>& Model::layers() const { return state_->layers; }
std::uint64_t Model::parameters() const { return state_->parameters; }
std::uint64_t Model::multiply_adds() const { return state_->multiply_adds; }
const std::string& Model::sha256() const { return state_->sha256; }
std::shared_ptr<const Graph> Model::graph() const { return state_->graph; }

}  // namespace leukolens
