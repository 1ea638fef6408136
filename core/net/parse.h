// File bytes -> Graph and ModelCard. Internal to the net room.
#pragma once

#include <optional>
#include <span>

#include "core/net/graph.h"
#include "core/net/model.h"

namespace leukolens {

// Identifier, then the FlatBuffers verifier, then the format's version. The pointer is into `file`,
// which has to be aligned as operator new does. Errors: model_not_tflite, model_corrupt,
// model_unsupported.
Result<const schema::Model*> open_model(std::span<const std::byte> file);

// Every tensor and operator, checked. Errors: model_invalid, model_unsupported, operator_unknown.
Result<Graph> parse_graph(const schema::Model& model);

// Parts of parse_graph. Tensors know nothing of operators.
Result<std::vector<TensorInfo>> parse_tensors(const schema::Model& model,
                                              const schema::SubGraph& subgraph);
// Order of execution, operators' own checks, shapes.
Result<Done> check_graph(const Graph& graph);

// The shape of every tensor if the net's input has `input`'s shape; with the file's own input shape
// these are the file's shapes. Errors: model_invalid.
Result<std::vector<Shape>> infer_shapes(const Graph& graph, const Shape& input);

// The "leukolens" metadata, checked against the graph; nothing if the file has none. Errors:
// model_metadata.
Result<std::optional<ModelCard>> parse_card(const schema::Model& model, const Graph& graph);

}  // namespace leukolens
