#include "tools/leukolens/card.h"

#include <cmath>

#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

std::string row(const std::vector<std::string>& cells) {
  std::string text = "|";
  for (const std::string& cell : cells) text += ' ' + cell + " |";
  return text + '\n';
}

std::string header(const std::vector<std::string>& cells) {
  return row(cells) + row(std::vector<std::string>(cells.size(), "---"));
}

std::string estimate(const Estimate& value) { return percent(value.share, value.interval); }

std::string figures_row(const std::string& title, const Figures& figures) {
  return row({title, std::to_string(figures.pictures), estimate(figures.accuracy),
              estimate(figures.mean_recall), fixed(figures.calibration_error, 3)});
}

std::string views_table(const SetCard& set) {
  std::string text =
      header({"what is counted", "n", "accuracy (95 % interval)", "mean recall", "ECE"});
  for (const View& view : set.views) {
    const std::string title = view.units_left_out == 0
                                  ? view.title
                                  : view.title + " (" +
                                        count_of(view.units_left_out, "original", "originals") +
                                        " left out)";
    text += figures_row(title + ", per picture", view.per_picture);
    if (view.per_unit) text += figures_row(title + ", per original", *view.per_unit);
  }
  if (set.int8) text += figures_row("int8 file, per picture", set.int8->per_picture);
  if (set.int8 && set.int8->per_unit) {
    text += figures_row("int8 file, per original", *set.int8->per_unit);
  }
  return text;
}

std::string classes_table(const Figures& figures, const std::vector<std::string>& labels) {
  std::string text = header({"class", "recall", "precision"});
  for (std::size_t i = 0; i < labels.size(); ++i) {
    text += row({labels[i], estimate(figures.recall[i]), estimate(figures.precision[i])});
  }
  return text;
}

std::string confusion_table(const Figures& figures, const std::vector<std::string>& labels) {
  std::vector<std::string> head{"true \\ answered"};
  head.insert(head.end(), labels.begin(), labels.end());
  head.push_back("no cell found");
  std::string text = header(head);
  for (std::size_t truth = 0; truth < labels.size(); ++truth) {
    std::vector<std::string> cells{labels[truth]};
    for (std::size_t answer = 0; answer < labels.size(); ++answer) {
      cells.push_back(std::to_string(figures.confusion.at(truth, answer)));
    }
    cells.push_back(std::to_string(figures.confusion.at(truth, kNoAnswer)));
    text += row(cells);
  }
  return text;
}

std::string units_table(const std::vector<UnitRow>& rows, const std::vector<std::string>& labels) {
  std::string text = header({"original", "label", "answer", "pictures right",
                             "mean probability of "
                             "label / answer"});
  for (const UnitRow& unit : rows) {
    text += row({unit.unit, labels[unit.truth],
                 unit.answer == kNoAnswer ? "no cell found" : labels[unit.answer],
                 std::to_string(unit.right) + " of " + std::to_string(unit.pictures),
                 fixed(unit.truth_probability, 2) + " / " + fixed(unit.answer_probability, 2)});
  }
  return text;
}

std::string coverage_table(const Figures& figures) {
  std::vector<std::string> head{"answered, surest first"}, right{"right"};
  for (const CoveragePoint& point : figures.coverage) {
    head.push_back(fixed(100 * point.coverage, 0) + " %");
    right.push_back(percent(point.accuracy));
  }
  return header(head) + row(right);
}

std::string set_markdown(const SetCard& set, const std::vector<std::string>& labels,
                         const std::string& plots) {
  std::string text = "## " + set.title + "\n\n" + set.about + "\n\n" + views_table(set);
  text += '\n' + coverage_table(set.views.front().per_picture);
  if (!plots.empty()) {
    text += "\n![" + set.title + ": reliability, accuracy against coverage, confusion matrix](" +
            plots + '/' + set.name + ".svg)\n";
  }
  if (set.units_unknown > 0) {
    text += "\n" + count_of(set.units_unknown, "picture has", "pictures have") +
            " no known original and count per picture only.\n";
  }
  if (set.int8) {
    text += "\nint8 against float: the same answer on " + std::to_string(set.int8->same_answer) +
            " of " + std::to_string(set.int8->per_picture.pictures) + " pictures, accuracy " +
            fixed(100 * set.int8->difference.share, 2) + " points different (" +
            fixed(100 * set.int8->difference.interval.lower, 2) + " to " +
            fixed(100 * set.int8->difference.interval.upper, 2) + ").\n";
  }
  for (const View& view : set.views) {
    if (&view != &set.views.front()) break;
    text += "\nPer picture:\n\n" + classes_table(view.per_picture, labels) + '\n' +
            confusion_table(view.per_picture, labels);
    if (view.per_unit) {
      text += "\nPer original:\n\n" + classes_table(*view.per_unit, labels) + '\n' +
              confusion_table(*view.per_unit, labels);
    }
  }
  if (!set.worst.empty()) text += "\nThe worst originals:\n\n" + units_table(set.worst, labels);
  if (!set.contradicted.empty()) {
    text += "\nOriginals whose label the nets contradict with more than 0.9:\n\n" +
            units_table(set.contradicted, labels);
  }
  return text + '\n';
}

std::string list_markdown(const std::string& title, const std::vector<std::string>& items) {
  std::string text = "## " + title + "\n\n";
  for (const std::string& item : items) text += "* " + item + '\n';
  return text + '\n';
}

void write_units(JsonWriter& json, std::string_view key, const std::vector<UnitRow>& rows,
                 const std::vector<std::string>& labels) {
  json.key(key).begin_array();
  for (const UnitRow& unit : rows) {
    json.begin_object().key("original").text(unit.unit).key("label").text(labels[unit.truth]);
    json.key("answer");
    if (unit.answer == kNoAnswer) {
      json.null();
    } else {
      json.text(labels[unit.answer]);
    }
    json.key("pictures").integer(static_cast<std::int64_t>(unit.pictures));
    json.key("right").integer(static_cast<std::int64_t>(unit.right));
    json.key("label_probability").number(unit.truth_probability);
    json.key("answer_probability").number(unit.answer_probability).end_object();
  }
  json.end_array();
}

void write_view(JsonWriter& json, std::string_view key, const Figures& figures,
                const std::vector<std::string>& labels) {
  json.key(key).begin_object();
  write_figures(json, figures, labels);
  json.end_object();
}

void write_gates(JsonWriter& json, const std::vector<GateResult>& results) {
  json.key("gates").begin_array();
  for (const GateResult& result : results) {
    json.begin_object().key("title").text(result.gate->title);
    json.key("measure").text(result.gate->measure);
    const bool at_most = std::isnan(result.gate->at_least);
    json.key(at_most ? "at_most" : "at_least");
    json.number(at_most ? result.gate->at_most : result.gate->at_least);
    json.key("value").number(result.value).key("met").boolean(result.met).end_object();
  }
  json.end_array();
}

void write_set(JsonWriter& json, const SetCard& set, const std::vector<std::string>& labels) {
  json.begin_object().key("name").text(set.name).key("title").text(set.title);
  json.key("pictures_without_original").integer(static_cast<std::int64_t>(set.units_unknown));
  json.key("views").begin_array();
  for (const View& view : set.views) {
    json.begin_object().key("name").text(view.name).key("title").text(view.title);
    json.key("originals_left_out").integer(static_cast<std::int64_t>(view.units_left_out));
    write_view(json, "per_picture", view.per_picture, labels);
    if (view.per_unit) write_view(json, "per_original", *view.per_unit, labels);
    json.end_object();
  }
  json.end_array();
  if (set.int8) {
    json.key("int8").begin_object();
    write_view(json, "per_picture", set.int8->per_picture, labels);
    if (set.int8->per_unit) write_view(json, "per_original", *set.int8->per_unit, labels);
    json.key("same_answer").integer(static_cast<std::int64_t>(set.int8->same_answer));
    write_estimate(json, "difference", set.int8->difference);
    json.end_object();
  }
  write_units(json, "worst", set.worst, labels);
  write_units(json, "contradicted", set.contradicted, labels);
  json.end_object();
}

}  // namespace

std::string card_markdown(const CardData& data, const std::string& command) {
  std::string text = "# " + data.title + "\n\nWritten by `" + command + "`, not by hand.\n\n";
  text += std::string(kIntendedUse) + "\n\n";
  text += "| | |\n|---|---|\n" + row({"model", data.model.name + ' ' + data.model.version}) +
          row({"sha256", "`" + data.model.sha256 + "`"}) +
          row({"parameters", std::to_string(data.parameters)}) +
          row({"multiply-adds", std::to_string(data.multiply_adds)}) +
          row({"training set", data.card.training_set});
  if (data.int8_model) {
    text += row({"int8 file, sha256", "`" + data.int8_model->sha256 + "`"});
    text += row({"int8 file, bytes", std::to_string(data.int8_bytes)});
  }
  text += "\nIntervals are 95 %, by bootstrap over groups of originals (" +
          std::to_string(data.resamples) + " resamples, seed " + std::to_string(data.seed) +
          "). ECE has 15 bins.\n\n";
  if (!data.gates.empty()) text += gates_markdown(data.gates);
  for (const SetCard& set : data.sets) text += set_markdown(set, data.model.labels, data.plots);
  for (const RefusalCard& set : data.refusals) text += refusal_markdown(set);
  for (const DeletionCard& set : data.deletions) text += deletion_markdown(set);
  for (const FieldCard& set : data.fields) text += field_markdown(set);
  for (const QualityCard& set : data.qualities) text += quality_markdown(set);
  text += data.ablation;
  if (!data.left_out.empty()) text += list_markdown("Not run", data.left_out);
  text += list_markdown("Data and labels", data.data);
  std::string limits = list_markdown("Limits", data.limits);
  limits.pop_back();  // the file ends with one line break
  return text + limits;
}

std::string card_json(const CardData& data, const std::string& command) {
  JsonWriter json(JsonWriter::Layout::kIndented);
  json.begin_object().key("schema").text("leukolens-card/1").key("command").text(command);
  json.key("model").begin_object().key("name").text(data.model.name);
  json.key("version").text(data.model.version).key("sha256").text(data.model.sha256);
  json.key("parameters").integer(static_cast<std::int64_t>(data.parameters));
  json.key("multiply_adds").integer(static_cast<std::int64_t>(data.multiply_adds));
  json.key("training_set").text(data.card.training_set).end_object();
  json.key("resamples").integer(static_cast<std::int64_t>(data.resamples));
  json.key("seed").integer(static_cast<std::int64_t>(data.seed));
  json.key("sets").begin_array();
  for (const SetCard& set : data.sets) write_set(json, set, data.model.labels);
  json.end_array();
  if (!data.refusals.empty()) {
    json.key("refusals").begin_array();
    for (const RefusalCard& set : data.refusals) write_refusal(json, set);
    json.end_array();
  }
  if (!data.deletions.empty()) {
    json.key("deletions").begin_array();
    for (const DeletionCard& set : data.deletions) write_deletion(json, set);
    json.end_array();
  }
  if (!data.fields.empty()) {
    json.key("fields").begin_array();
    for (const FieldCard& set : data.fields) write_field_card(json, set);
    json.end_array();
  }
  if (!data.qualities.empty()) {
    json.key("qualities").begin_array();
    for (const QualityCard& set : data.qualities) write_quality_card(json, set);
    json.end_array();
  }
  if (!data.gates.empty()) write_gates(json, data.gates);
  json.key("not_run").begin_array();
  for (const std::string& sentence : data.left_out) json.text(sentence);
  json.end_array().key("intended_use").text(kIntendedUse).end_object();
  return json.take() + '\n';
}

}  // namespace leukolens::tool
