#include "tools/leukolens/samples.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>
#include <utility>

#include "tools/leukolens/batch.h"
#include "tools/leukolens/empty_places.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/progress.h"
#include "tools/leukolens/read_picture.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {

bool matches(const CsvTable& table, std::size_t row, const Where& where) {
  return std::ranges::all_of(where, [&](const auto& condition) {
    const std::string& field = table.at(row, table.column(condition.first));
    return std::ranges::find(condition.second, field) != condition.second.end();
  });
}

bool is_of(const ProtocolSet& set, const CsvTable& table, std::size_t row) {
  return matches(table, row, set.where) &&
         (set.where_not.empty() || !matches(table, row, set.where_not));
}

std::string unit_name(const std::string& field) {
  return std::filesystem::path(field).stem().string();
}

namespace {

// "fold{fold}" with the row's value in place of the column in braces; "shipped" gives "".
std::string net_name(const std::string& pattern, const CsvTable& table, std::size_t row) {
  if (pattern == "shipped") return "";
  const std::size_t open = pattern.find('{'), close = pattern.find('}');
  if (open == pattern.npos || close == pattern.npos) return pattern;
  const std::string column = pattern.substr(open + 1, close - open - 1);
  return pattern.substr(0, open) + table.at(row, table.column(column)) + pattern.substr(close + 1);
}

// "49.3 46.3 125.4 131.4": x y width height in pixels.
Box box_of(const std::string& field) {
  std::istringstream in(field);
  double x = 0, y = 0, width = 0, height = 0;
  if (!(in >> x >> y >> width >> height) || width < 1 || height < 1) {
    throw Fault('"' + field + "\" is no box: expected x y width height");
  }
  const auto whole = [](double value) { return static_cast<int>(std::lround(value)); };
  return {whole(x), whole(y), whole(width), whole(height)};
}

// Boxes lie in the folder voc beside the pictures' own.
std::optional<Box> empty_place_of(const std::string& path) {
  const std::filesystem::path file(path);
  const auto boxes = file.parent_path().parent_path() / "voc" / (file.stem().string() + ".xml");
  if (!std::filesystem::exists(boxes)) return std::nullopt;
  const Picture picture = read_picture(path);
  return empty_place({picture.width, picture.height}, boxes.string());
}

}  // namespace

std::vector<Sample> select_samples(const ProtocolSet& set, const CsvTable& table,
                                   const std::string& data,
                                   const std::vector<std::string>& labels) {
  const bool refused = !set.white_set.empty();
  const std::size_t file = table.column("file");
  const std::size_t label = set.kind.empty() ? table.column(set.label_column) : file;
  const std::size_t unit = table.column(set.unit_column), group = table.column(set.group_column);
  std::vector<Sample> samples;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!is_of(set, table, row)) continue;
    const auto found = std::ranges::find(labels, table.at(row, label));
    if (found == labels.end() && !refused) {
      throw Fault(set.index + ": " + table.at(row, file) + " has the class \"" +
                  table.at(row, label) + "\", which the net doesn't know");
    }
    Sample sample;
    sample.path = data + '/' + set.path_prefix + table.at(row, file);
    if (refused) {
      sample.kind = set.kind.empty() ? table.at(row, label) : set.kind;
    } else {
      sample.truth = static_cast<std::size_t>(found - labels.begin());
    }
    sample.unit = unit_name(table.at(row, unit));
    sample.group = table.at(row, group);
    sample.fold = net_name(set.net, table, row);
    if (!set.box_column.empty()) sample.box = box_of(table.at(row, table.column(set.box_column)));
    if (set.empty_places) {
      sample.box = empty_place_of(sample.path);
      if (!sample.box) continue;
    }
    sample.row = row;
    samples.push_back(std::move(sample));
  }
  if (samples.empty()) throw Fault("the set \"" + set.name + "\" selects no row of " + set.index);
  return samples;
}

namespace {

// The samples of one fold, by the fold's net. False if Ctrl-C was pressed.
bool predict_fold(const std::vector<Sample>& samples, const std::vector<std::size_t>& chosen,
                  std::vector<Engine>& engines, Progress& progress,
                  std::vector<Prediction>& predictions) {
  std::vector<BoxedInput> inputs;
  for (const std::size_t i : chosen)
    inputs.push_back({{samples[i].path, false, ""}, samples[i].box});
  return read_in_order(engines, inputs, [&](std::size_t index, Answer answer) {
    if (!answer.reading) throw Fault(printable(inputs[index].input.path) + ": " + answer.message);
    progress.step();
    if (answer.reading->cells.empty()) return;
    const Cell& cell = answer.reading->cells.front();
    predictions[chosen[index]] = {cell.probabilities, cell.sides};
  });
}

}  // namespace

std::vector<Prediction> predict(const std::vector<Sample>& samples, const NetOfFold& net_of,
                                const std::vector<std::string>& labels, const std::string& finder,
                                std::size_t jobs, bool quiet) {
  std::map<std::string, std::vector<std::size_t>> by_fold;
  for (std::size_t i = 0; i < samples.size(); ++i) by_fold[samples[i].fold].push_back(i);
  std::vector<Prediction> predictions(samples.size());
  Progress progress(samples.size(), !quiet);
  for (const auto& [fold, chosen] : by_fold) {
    const auto net = net_of.find(fold);
    if (net == net_of.end()) throw Fault("there is no net for the fold \"" + fold + '"');
    std::vector<Engine> engines =
        create_engines({net->second, finder}, std::min(jobs, chosen.size()));
    if (engines[0].model().card().labels != labels) {
      throw Fault(printable(net->second) + ": its labels are not those of the shipped net");
    }
    if (!predict_fold(samples, chosen, engines, progress, predictions)) return {};
  }
  return predictions;
}

Outcome outcome_of(std::size_t truth, const Prediction& prediction) {
  Outcome outcome{truth, kNoAnswer, 0};
  if (!prediction.found()) return outcome;
  const auto highest = std::ranges::max_element(prediction.probabilities);
  outcome.answer = static_cast<std::size_t>(highest - prediction.probabilities.begin());
  outcome.confidence = static_cast<double>(*highest);
  return outcome;
}

}  // namespace leukolens::tool
