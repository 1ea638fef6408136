#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/net/parse.h"

namespace leukolens {
namespace {

constexpr std::string_view kEntry = "leukolens";

Error metadata(std::string what) { return {ErrorCode::kModelMetadata, std::move(what)}; }

// The bytes of the metadata entry, copied so that they are aligned; empty if there is no entry.
Result<std::vector<std::uint8_t>> card_bytes(const schema::Model& model) {
  std::vector<std::uint8_t> bytes;
  if (model.metadata() == nullptr) return bytes;
  for (const schema::Metadata* entry : *model.metadata()) {
    if (entry->name() == nullptr || entry->name()->string_view() != kEntry) continue;
    const auto* buffers = model.buffers();
    if (buffers == nullptr || entry->buffer() >= buffers->size()) {
      return metadata("buffer " + std::to_string(entry->buffer()) + " doesn't exist");
    }
    const auto* data = buffers->Get(entry->buffer())->data();
    if (data == nullptr || data->size() == 0) return metadata("its metadata is empty");
    bytes.assign(data->begin(), data->end());
    return bytes;
  }
  return bytes;
}

Result<Done> read_text(const flatbuffers::String* from, std::string_view field, std::string& to) {
  if (from == nullptr || from->size() == 0) return metadata(std::string(field) + " is missing");
  to = from->str();
  return Done{};
}

Result<Done> read_three(const flatbuffers::Vector<float>* from, std::string_view field,
                        float (&to)[3]) {
  if (from == nullptr) return metadata(std::string(field) + " is missing");
  if (from->size() != 3) {
    return metadata(std::string(field) + " has " + count_text(from->size(), "value") + ", not 3");
  }
  std::copy(from->begin(), from->end(), to);
  for (const float value : to) {
    if (!std::isfinite(value)) return metadata(std::string(field) + " is not a finite number");
  }
  return Done{};
}

Result<Done> read_labels(const schema::ModelCard& from, ModelCard& to) {
  if (from.labels() == nullptr || from.labels()->size() == 0) return metadata("labels is missing");
  for (const flatbuffers::String* label : *from.labels()) {
    if (label->size() == 0) return metadata("a label is empty");
    if (std::find(to.labels.begin(), to.labels.end(), label->str()) != to.labels.end()) {
      return metadata("the label " + label->str() + " is there twice");
    }
    to.labels.push_back(label->str());
  }
  return Done{};
}

void read_stains(const schema::ModelCard& from, ModelCard& to) {
  if (from.stain_centres() == nullptr || from.stain_spread() == nullptr) return;
  to.stain_centres.assign(from.stain_centres()->begin(), from.stain_centres()->end());
  to.stain_spread.assign(from.stain_spread()->begin(), from.stain_spread()->end());
  to.stain_farthest = from.stain_farthest();
}

Result<Done> read_fields(const schema::ModelCard& from, ModelCard& to) {
  if (auto done = read_text(from.name(), "name", to.name); !done) return done;
  if (auto done = read_text(from.version(), "version", to.version); !done) return done;
  if (auto done = read_labels(from, to); !done) return done;
  if (auto done = read_three(from.mean(), "mean", to.mean); !done) return done;
  if (auto done = read_three(from.std(), "std", to.std); !done) return done;
  if (auto done = read_text(from.colour_order(), "colour_order", to.colour_order); !done) {
    return done;
  }
  to.input_width = from.input_width();
  to.input_height = from.input_height();
  to.crop_scale = from.crop_scale();
  to.temperature = from.temperature();
  to.classified_threshold = from.classified_threshold();
  if (from.kind() != nullptr) to.kind = from.kind()->str();
  if (from.normalisation() != nullptr) to.normalisation = from.normalisation()->str();
  to.context_scale = from.context_scale();
  if (from.side_labels() != nullptr) {
    for (const flatbuffers::String* label : *from.side_labels()) {
      to.side_labels.push_back(label->str());
    }
  }
  if (from.side_thresholds() != nullptr) {
    to.side_thresholds.assign(from.side_thresholds()->begin(), from.side_thresholds()->end());
  }
  if (from.label_thresholds() != nullptr) {
    to.label_thresholds.assign(from.label_thresholds()->begin(), from.label_thresholds()->end());
  }
  read_stains(from, to);
  return read_text(from.training_set(), "training_set", to.training_set);
}

bool positive(float value) { return value > 0 && std::isfinite(value); }

Result<Done> check_thresholds(const std::vector<float>& thresholds) {
  for (const float threshold : thresholds) {
    if (!(threshold >= 0 && threshold <= 1)) return metadata("a threshold is not between 0 and 1");
  }
  return Done{};
}

Result<Done> check_sides(const ModelCard& card) {
  if (card.side_labels.size() != card.side_thresholds.size()) {
    return metadata(count_text(card.side_labels.size(), "side label") + " but " +
                    count_text(card.side_thresholds.size(), "threshold"));
  }
  for (const std::string& label : card.side_labels) {
    if (label == "other_or_abnormal" || label == "not_a_white_cell") continue;
    return metadata("the side label " + label + " is unknown");
  }
  return check_thresholds(card.side_thresholds);
}

Result<Done> check_stains(const ModelCard& card) {
  if (card.stain_centres.empty()) return Done{};
  const bool whole =
      card.stain_spread.size() == kStainValues && card.stain_centres.size() % kStainValues == 0;
  const bool sound =
      std::ranges::all_of(card.stain_spread, positive) &&
      std::ranges::all_of(card.stain_centres, [](float v) { return std::isfinite(v); });
  if (whole && sound && positive(card.stain_farthest)) return Done{};
  return metadata("its stains make no sense");
}

Result<Done> check_finder(const ModelCard& card, const Graph& graph) {
  if (card.normalisation != "density") return metadata("a finder needs the normalisation density");
  if (card.label_thresholds.size() != card.labels.size()) {
    return metadata(count_text(card.labels.size(), "label") + " but " +
                    count_text(card.label_thresholds.size(), "threshold"));
  }
  const Shape& map = graph.tensors[graph.outputs[0]].shape;
  constexpr std::size_t kGeometry = 4;  // middle and sides
  constexpr std::size_t kPlaces = 4;    // to each column of a row
  if (map.size() != 4 || map[3] != kPlaces * (card.labels.size() + kGeometry)) {
    return metadata("four times " + count_text(card.labels.size(), "label") +
                    " and a box, but the net gives " + shape_text(map));
  }
  return check_thresholds(card.label_thresholds);
}

Result<Done> check_numbers(const ModelCard& card) {
  for (const float value : card.std) {
    if (!positive(value)) return metadata("std is not above 0");
  }
  if (card.colour_order != "RGB") return metadata("colour_order is " + card.colour_order);
  if (!positive(card.crop_scale)) return metadata("crop_scale is not above 0");
  if (!positive(card.temperature)) return metadata("temperature is not above 0");
  if (!(card.classified_threshold >= 0 && card.classified_threshold <= 1)) {
    return metadata("classified_threshold is not between 0 and 1");
  }
  if (card.kind != "classifier" && card.kind != "finder") return metadata("kind is " + card.kind);
  const bool density = card.normalisation == "density";
  if (!density && card.normalisation != "linear") {
    return metadata("normalisation is " + card.normalisation);
  }
  if (density && !positive(card.context_scale)) return metadata("context_scale is not above 0");
  if (auto done = check_stains(card); !done) return done;
  return check_sides(card);
}

// Logits; then, if the net shows its reasons, the same for each place and the embedding.
Result<Done> check_outputs(const ModelCard& card, const Graph& graph) {
  const std::size_t count = card.labels.size() + card.side_labels.size();
  const TensorInfo& logits = graph.tensors[graph.outputs[0]];
  if (logits.elements() != count) {
    return metadata(count_text(count, "label") + " but the net gives " + shape_text(logits.shape));
  }
  if (graph.outputs.size() == 1) return Done{};
  const Shape& places = graph.tensors[graph.outputs[1]].shape;
  if (graph.outputs.size() != 3 || places.size() != 4 || places[3] != count) {
    return metadata("the outputs behind the logits are not evidence and embedding");
  }
  return Done{};
}

Result<Done> check_fit(const ModelCard& card, const Graph& graph) {
  const Shape& input = graph.tensors[graph.inputs[0]].shape;
  const auto is_side = [](int side, std::size_t of_net) {
    return side > 0 && static_cast<std::size_t>(side) == of_net;
  };
  if (!is_side(card.input_height, input[1]) || !is_side(card.input_width, input[2]) ||
      input[3] != 3) {
    return metadata("input size " + std::to_string(card.input_width) + " by " +
                    std::to_string(card.input_height) + " but the net takes " + shape_text(input));
  }
  return card.kind == "classifier" ? check_outputs(card, graph) : check_finder(card, graph);
}

}  // namespace

Result<std::optional<ModelCard>> parse_card(const schema::Model& model, const Graph& graph) {
  const Result<std::vector<std::uint8_t>> bytes = card_bytes(model);
  if (!bytes) return bytes.error();
  if (bytes->empty()) return std::optional<ModelCard>();
  flatbuffers::Verifier verifier(bytes->data(), bytes->size());
  if (!verifier.VerifyBuffer<schema::ModelCard>("LKLC")) return metadata("its metadata is damaged");
  ModelCard card;
  const auto& from = *flatbuffers::GetRoot<schema::ModelCard>(bytes->data());
  if (auto done = read_fields(from, card); !done) return done.error();
  if (auto done = check_numbers(card); !done) return done.error();
  if (auto done = check_fit(card, graph); !done) return done.error();
  return std::optional<ModelCard>(std::move(card));
}

}  // namespace leukolens
