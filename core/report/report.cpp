#include "core/report/report.h"

#include <cmath>
#include <cstddef>

#include "core/report/csv.h"
#include "core/report/json.h"

namespace leukolens {
namespace {

// Clocks are not finer than this; more digits would be noise.
double to_microseconds(double ms) { return std::round(ms * 1000) / 1000; }

void write_image(JsonWriter& json, const Reading& reading) {
  json.key("image").begin_object();
  json.key("width").integer(reading.width);
  json.key("height").integer(reading.height);
  json.key("format").text(format_name(reading.format));
  json.key("decoder").text(reading.decoder);
  json.key("warnings").begin_array();
  for (const Warning warning : reading.warnings) json.text(warning_name(warning));
  json.end_array().end_object();
}

void write_cell(JsonWriter& json, const Cell& cell, const ModelIdentity& model) {
  json.begin_object().key("box").begin_array();
  json.integer(cell.box.x).integer(cell.box.y);
  json.integer(cell.box.width).integer(cell.box.height).end_array();
  json.key("class").text(model.labels[cell.class_index]);
  json.key("verdict").text(verdict_name(cell.verdict));
  json.key("probabilities").begin_object();
  for (std::size_t i = 0; i < model.labels.size(); ++i) {
    json.key(model.labels[i]).number(cell.probabilities[i]);
  }
  json.end_object();
  if (!model.sides.empty()) {
    json.key("refusal").begin_object();
    for (std::size_t i = 0; i < model.sides.size(); ++i) {
      json.key(model.sides[i]).number(cell.sides[i]);
    }
    json.end_object();
  }
  if (model.finder) json.key("found").number(cell.found);
  json.end_object();
}

void write_finder(JsonWriter& json, const FinderIdentity& finder) {
  json.key("finder").begin_object().key("name").text(finder.name);
  json.key("version").text(finder.version).key("sha256").text(finder.sha256).end_object();
}

// Counts of this picture, and the scale if the red cells give one.
void write_surroundings(JsonWriter& json, const Surroundings& seen) {
  json.key("in_this_picture").begin_object();
  json.key("red_cells").integer(static_cast<int>(seen.red_cells.size()));
  json.key("platelets").integer(static_cast<int>(seen.platelets.size()));
  if (seen.ruler) {
    json.key("um_per_px").number(seen.ruler->um_per_px);
    json.key("um_per_px_interval").begin_array();
    json.number(seen.ruler->lowest).number(seen.ruler->highest).end_array();
  }
  json.end_object();
}

void write_quality(JsonWriter& json, const Quality& quality) {
  json.key("quality").begin_object();
  if (quality.sharpness) json.key("sharpness").number(*quality.sharpness);
  if (quality.stain_distance) json.key("stain_distance").number(*quality.stain_distance);
  json.key("white").number(quality.white).end_object();
}

void write_times(JsonWriter& json, const Times& times) {
  json.key("time_ms").begin_object();
  json.key("decode").number(to_microseconds(times.decode_ms));
  json.key("find").number(to_microseconds(times.find_ms));
  json.key("classify").number(to_microseconds(times.classify_ms));
  json.end_object();
}

constexpr std::string_view kCsvBeforeProbabilities =
    "schema,file,error_code,error_message,width,height,format,decoder,warnings,"
    "box_x,box_y,box_width,box_height,class,verdict";
constexpr std::string_view kCsvAfterProbabilities =
    "decode_ms,find_ms,classify_ms,model_name,model_version,model_sha256,intended_use";

std::string csv_cell(const Cell& cell, const ModelIdentity& model) {
  std::string fields = std::to_string(cell.box.x) + ',' + std::to_string(cell.box.y) + ',' +
                       std::to_string(cell.box.width) + ',' + std::to_string(cell.box.height);
  fields += ',' + csv_text(model.labels[cell.class_index]);
  fields += ',' + std::string(verdict_name(cell.verdict));
  for (const float probability : cell.probabilities) fields += ',' + json_number(probability);
  for (const float probability : cell.sides) fields += ',' + json_number(probability);
  return fields;
}

// The six fields of csv_cell and the probabilities, all empty.
std::string csv_no_cell(const ModelIdentity& model) {
  return std::string(5 + model.labels.size() + model.sides.size(), ',');
}

std::string csv_model(const ModelIdentity& model) {
  return csv_text(model.name) + ',' + csv_text(model.version) + ',' + model.sha256 + ',' +
         csv_text(kIntendedUse) + "\r\n";
}

}  // namespace

ModelIdentity identity_of(const Model& model) {
  const ModelCard& card = model.card();
  return {card.name, card.version, model.sha256(), card.labels, card.side_labels};
}

std::string to_json(std::string_view file, const Reading& reading, const ModelIdentity& model) {
  JsonWriter json;
  json.begin_object().key("schema").text(kSchema).key("file").text(file);
  json.key("model").begin_object().key("name").text(model.name);
  json.key("version").text(model.version).key("sha256").text(model.sha256).end_object();
  if (model.finder) write_finder(json, *model.finder);
  write_image(json, reading);
  json.key("cells").begin_array();
  for (const Cell& cell : reading.cells) write_cell(json, cell, model);
  json.end_array();
  if (reading.surroundings) write_surroundings(json, *reading.surroundings);
  if (reading.quality) write_quality(json, *reading.quality);
  write_times(json, reading.times);
  json.key("intended_use").text(kIntendedUse).end_object();
  return json.take();
}

std::string to_json(std::string_view file, std::string_view code, std::string_view message) {
  JsonWriter json;
  json.begin_object().key("schema").text(kSchema).key("file").text(file);
  json.key("error").begin_object().key("code").text(code).key("message").text(message);
  json.end_object().end_object();
  return json.take();
}

std::string to_json(std::string_view file, const Error& error) {
  return to_json(file, error_name(error.code), error_message(error));
}

std::string csv_header(const ModelIdentity& model) {
  std::string header(kCsvBeforeProbabilities);
  for (const std::string& label : model.labels) header += ',' + csv_text("p_" + label);
  for (const std::string& side : model.sides) header += ',' + csv_text("p_" + side);
  return header + ',' + std::string(kCsvAfterProbabilities) + "\r\n";
}

std::string csv_rows(std::string_view file, const Reading& reading, const ModelIdentity& model) {
  std::string start = std::string(kSchema) + ',' + csv_text(file) + ",,,";
  start += std::to_string(reading.width) + ',' + std::to_string(reading.height) + ',' +
           std::string(format_name(reading.format)) + ',' + std::string(reading.decoder) + ',';
  for (std::size_t i = 0; i < reading.warnings.size(); ++i) {
    start += (i == 0 ? "" : " ") + std::string(warning_name(reading.warnings[i]));
  }
  const std::string end = ',' + json_number(to_microseconds(reading.times.decode_ms)) + ',' +
                          json_number(to_microseconds(reading.times.find_ms)) + ',' +
                          json_number(to_microseconds(reading.times.classify_ms)) + ',' +
                          csv_model(model);
  if (reading.cells.empty()) return start + ',' + csv_no_cell(model) + end;
  std::string rows;
  for (const Cell& cell : reading.cells) rows += start + ',' + csv_cell(cell, model) + end;
  return rows;
}

std::string csv_row(std::string_view file, std::string_view code, std::string_view message,
                    const ModelIdentity& model) {
  return std::string(kSchema) + ',' + csv_text(file) + ',' + csv_text(code) + ',' +
         csv_text(message) + ",,,,,," + csv_no_cell(model) + ",,,," + csv_model(model);
}

}  // namespace leukolens
