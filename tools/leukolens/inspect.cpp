// leukolens inspect: what is inside a model file.
#include <string>

#include "core/report/json.h"
#include "tools/leukolens/commands.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/output.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr Option kJson{"json", 0, "", "one JSON object"};
constexpr Option kOptions[] = {kJson, kOutputOption};

std::string shape_text(const std::vector<std::int32_t>& shape) {
  std::string text;
  for (const std::int32_t size : shape) text += (text.empty() ? "" : "x") + std::to_string(size);
  return text;
}

std::string triple(const float (&values)[3]) {
  return json_number(values[0]) + ' ' + json_number(values[1]) + ' ' + json_number(values[2]);
}

std::string card_text(const ModelCard& card) {
  std::string labels;
  for (const std::string& label : card.labels) labels += (labels.empty() ? "" : ", ") + label;
  return "name           " + printable(card.name) + ' ' + printable(card.version) +
         "\nlabels         " + printable(labels) + "\ninput          " +
         std::to_string(card.input_width) + " x " + std::to_string(card.input_height) + ' ' +
         printable(card.colour_order) + "\nmean, std      " + triple(card.mean) + "; " +
         triple(card.std) + "\ncrop scale     " + json_number(card.crop_scale) +
         "\ntemperature    " + json_number(card.temperature) + "\nthreshold      " +
         json_number(card.classified_threshold) + "\ntraining set   " +
         printable(card.training_set) + '\n';
}

constexpr std::uint64_t kFieldWidth = 640, kFieldHeight = 480;

// Of one look at a field in full size; a finder's work grows with the area it looks at.
std::uint64_t field_multiply_adds(const Model& model) {
  const auto width = static_cast<std::uint64_t>(model.card().input_width);
  const auto height = static_cast<std::uint64_t>(model.card().input_height);
  return model.multiply_adds() * kFieldWidth * kFieldHeight / (width * height);
}

bool is_finder(const Model& model) { return model.has_card() && model.card().kind == "finder"; }

std::string text_of(const Model& model) {
  std::string text = model.has_card() ? card_text(model.card())
                                      : "no LeukoLens metadata: classify can't use this model\n";
  text += "sha256         " + model.sha256() + "\nparameters     " +
          std::to_string(model.parameters()) + "\nmultiply-adds  " +
          std::to_string(model.multiply_adds()) + '\n';
  if (is_finder(model)) {
    text += "of 640 x 480   " + std::to_string(field_multiply_adds(model)) +
            " in full size; it looks at fields as large as makes red cells 40 px wide\n";
  }
  text += '\n';
  text += padded("layer", 20) + padded("type", 9) + padded("input", 16) + padded("output", 16) +
          padded_left("parameters", 11) + padded_left("multiply-adds", 15) + '\n';
  for (const LayerInfo& layer : model.layers()) {
    text += padded(layer.op, 20) + padded(layer.type, 9) +
            padded(shape_text(layer.input_shape), 16) + padded(shape_text(layer.output_shape), 16) +
            padded_left(std::to_string(layer.parameters), 11) +
            padded_left(std::to_string(layer.multiply_adds), 15) + '\n';
  }
  return text;
}

void write_numbers(JsonWriter& json, std::string_view key, const float (&values)[3]) {
  json.key(key).begin_array();
  for (const float value : values) json.number(value);
  json.end_array();
}

void write_card(JsonWriter& json, const ModelCard& card) {
  json.key("metadata").begin_object();
  json.key("name").text(card.name).key("version").text(card.version);
  json.key("labels").begin_array();
  for (const std::string& label : card.labels) json.text(label);
  json.end_array();
  json.key("input_width").integer(card.input_width);
  json.key("input_height").integer(card.input_height);
  write_numbers(json, "mean", card.mean);
  write_numbers(json, "std", card.std);
  json.key("colour_order").text(card.colour_order).key("crop_scale").number(card.crop_scale);
  json.key("temperature").number(card.temperature);
  json.key("classified_threshold").number(card.classified_threshold);
  json.key("training_set").text(card.training_set).end_object();
}

void write_shape(JsonWriter& json, std::string_view key, const std::vector<std::int32_t>& shape) {
  json.key(key).begin_array();
  for (const std::int32_t size : shape) json.integer(size);
  json.end_array();
}

std::string json_of(const Model& model) {
  JsonWriter json(JsonWriter::Layout::kIndented);
  json.begin_object().key("schema").text("leukolens-model/1").key("sha256").text(model.sha256());
  json.key("parameters").integer(static_cast<std::int64_t>(model.parameters()));
  json.key("multiply_adds").integer(static_cast<std::int64_t>(model.multiply_adds()));
  if (is_finder(model)) {
    json.key("multiply_adds_640x480")
        .integer(static_cast<std::int64_t>(field_multiply_adds(model)));
  }
  if (model.has_card()) write_card(json, model.card());
  json.key("layers").begin_array();
  for (const LayerInfo& layer : model.layers()) {
    json.begin_object().key("op").text(layer.op).key("type").text(layer.type);
    write_shape(json, "input", layer.input_shape);
    write_shape(json, "output", layer.output_shape);
    json.key("parameters").integer(static_cast<std::int64_t>(layer.parameters));
    json.key("multiply_adds").integer(static_cast<std::int64_t>(layer.multiply_adds)).end_object();
  }
  json.end_array().end_object();
  return json.take() + '\n';
}

int run(const Arguments& arguments) {
  if (arguments.operands().size() > 1) throw UsageError("name one model");
  const Model model =
      load_model(arguments.operands().empty() ? std::string() : arguments.operands()[0]);
  Output output(arguments.value(kOutputOption));
  output.write(arguments.has(kJson) ? json_of(model) : text_of(model));
  return kAllRead;
}

}  // namespace

const Command kInspect{"inspect",
                       "layers, shapes, parameters, multiply-adds and metadata of a model",
                       "  leukolens inspect [OPTION]... [MODEL]\n",
                       kOptions,
                       "  leukolens inspect\n"
                       "  leukolens inspect --json other.tflite\n",
                       "Without MODEL: the one inside the program.\n",
                       run};

}  // namespace leukolens::tool
