// The model card: that its tables and its JSON say what was measured.
#include "tools/leukolens/card.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "doctest.h"
#include "tools/leukolens/faults.h"

using namespace leukolens;
using namespace leukolens::tool;
using nlohmann::json;

namespace {

Figures some_figures() {
  const std::vector<Outcome> outcomes{
      {0, 0, 0.9}, {0, 0, 0.8}, {0, 1, 0.7}, {1, 1, 0.6}, {1, kNoAnswer, 0}};
  return exact_figures(outcomes, 2);
}

CardData a_card() {
  CardData card;
  card.title = "Model card: two cells";
  card.model.name = "cells";
  card.model.version = "9.1";
  card.model.sha256 = "abc";
  card.model.labels = {"monocyte", "basophil"};
  card.card.training_set = "drawings";
  card.parameters = 1234;
  card.multiply_adds = 5678;
  card.resamples = 200;
  card.seed = 4;
  card.data = {"What it was measured on."};
  card.limits = {"One limit.", "Another."};
  SetCard set;
  set.name = "trial";
  set.title = "The trial";
  set.about = "About it.";
  View whole;
  whole.name = whole.title = "all";
  whole.per_picture = some_figures();
  View part = whole;
  part.name = "clean";
  part.title = "clean ones";
  part.units_left_out = 1;
  set.views = {whole, part};
  set.worst = {{"O7", 1, kNoAnswer, 2, 1, 0.25, 0}, {"O8", 0, 1, 3, 0, 0.5, 0.5}};
  card.sets = {set};
  return card;
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

Gate gate(const std::string& measure, double at_least, std::vector<std::string> of = {"trial"}) {
  Gate one;
  one.title = measure;
  one.measure = measure;
  one.of = std::move(of);
  one.at_least = at_least;
  return one;
}

std::string fault_of(const Gate& one) {
  try {
    judge({one}, a_card());
  } catch (const Fault& fault) {
    return fault.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("a card for people names the net, the command and every table's figures") {
  const std::string text = card_markdown(a_card(), "leukolens evaluate");
  CHECK(text.starts_with(
      "# Model card: two cells\n\nWritten by `leukolens evaluate`, not by hand.\n"));
  CHECK(has(text, kIntendedUse));
  CHECK(has(text,
            "| model | cells 9.1 |\n| sha256 | `abc` |\n| parameters | 1234 |\n"
            "| multiply-adds | 5678 |\n| training set | drawings |\n"));
  CHECK(has(text, "(200 resamples, seed 4)"));
  CHECK(has(text, "| all, per picture | 5 | 60.0 % (14.6–94.8) | 58.3 % | "));
  CHECK(has(text, "| clean ones (1 original left out), per picture | 5 |"));
  CHECK(has(text, "| monocyte | 66.7 % (9.4–99.2) | 100.0 % (15.8–100.0) |\n"));
  CHECK(has(text,
            "| true \\ answered | monocyte | basophil | no cell found |\n"
            "| --- | --- | --- | --- |\n"
            "| monocyte | 2 | 1 | 0 |\n| basophil | 0 | 1 | 1 |\n"));
  CHECK(has(text, "| O7 | basophil | no cell found | 1 of 2 | 0.25 / 0.00 |\n"));
  CHECK(has(text, "| O8 | monocyte | basophil | 0 of 3 | 0.50 / 0.50 |\n"));
  CHECK(text.ends_with("## Limits\n\n* One limit.\n* Another.\n"));
  CHECK(!has(text, "Not run"));
  CHECK(!has(text, "int8"));
}

TEST_CASE(
    "a card tells of the int8 file, of pictures without an original and of what was not run") {
  CardData card = a_card();
  card.left_out = {"Folds were not run."};
  card.int8_model = card.model;
  card.int8_model->sha256 = "def";
  card.int8_bytes = 98765;
  Int8View int8;
  int8.per_picture = some_figures();
  int8.same_answer = 4;
  int8.difference = {-0.002, {-0.01, 0.004}};
  card.sets[0].int8 = int8;
  card.sets[0].units_unknown = 3;
  card.sets[0].contradicted = card.sets[0].worst;
  const std::string text = card_markdown(card, "x");
  CHECK(has(text, "| int8 file, sha256 | `def` |\n"));
  CHECK(has(text, "| int8 file, bytes | 98765 |\n"));
  CHECK(has(text,
            "the same answer on 4 of 5 pictures, accuracy -0.20 points different "
            "(-1.00 to 0.40)."));
  CHECK(has(text, "3 pictures have no known original and count per picture only."));
  CHECK(has(text, "## Not run\n\n* Folds were not run.\n"));
  CHECK(has(text, "Originals whose label the nets contradict"));
}

TEST_CASE("a card for programs holds the same figures") {
  CardData card = a_card();
  card.left_out = {"Folds were not run."};
  const json read = json::parse(card_json(card, "leukolens evaluate"));
  CHECK(read.at("schema") == "leukolens-card/1");
  CHECK(read.at("command") == "leukolens evaluate");
  CHECK(read.at("model").at("sha256") == "abc");
  CHECK(read.at("model").at("parameters") == 1234);
  CHECK(read.at("resamples") == 200);
  CHECK(read.at("not_run") == json::array({"Folds were not run."}));
  CHECK(read.at("intended_use") == kIntendedUse);
  REQUIRE(read.at("sets").size() == 1);
  const json& set = read.at("sets").at(0);
  CHECK(set.at("name") == "trial");
  REQUIRE(set.at("views").size() == 2);
  CHECK(set.at("views").at(1).at("originals_left_out") == 1);
  const json& figures = set.at("views").at(0).at("per_picture");
  CHECK(figures.at("accuracy").at("share").get<double>() == doctest::Approx(0.6));
  CHECK(figures.at("confusion").at("basophil").at("no_cell_found") == 1);
  CHECK(!set.at("views").at(0).contains("per_original"));
  CHECK(!set.contains("int8"));
  CHECK(set.at("worst").at(0).at("answer").is_null());
  CHECK(set.at("worst").at(1).at("answer") == "basophil");
  CHECK(set.at("worst").at(1).at("label") == "monocyte");
}

TEST_CASE("an aim is held against its set, the worst or the mean of several") {
  CardData card = a_card();
  card.sets.push_back(card.sets[0]);
  card.sets[1].name = "second";
  card.sets[1].views[0].per_picture.accuracy.share = 0.8;
  Gate worst = gate("accuracy", 0.7, {"trial", "second"}), mean = worst;
  mean.combine = "mean";
  const std::vector<Gate> gates{worst,
                                mean,
                                gate("accuracy", 0.6),
                                gate("mean_recall", 0.9),
                                gate("accuracy", 0.6, {"trial:clean"}),
                                gate("accuracy", 0.5, {"trial", "elsewhere"})};
  const std::vector<GateResult> results = judge(gates, card);
  REQUIRE(results.size() == gates.size());
  CHECK(results[0].value == doctest::Approx(0.6));
  CHECK(!results[0].met);
  CHECK(results[1].value == doctest::Approx(0.7));
  CHECK(results[2].met);
  CHECK(!results[3].met);
  CHECK(results[4].met);
  CHECK_MESSAGE(!results[5].met, "a set that wasn't run is not reached");

  Gate small;
  small.title = "parameters";
  small.measure = "parameters";
  small.at_most = 1233;
  CHECK(!judge({small}, card)[0].met);
  small.at_most = 1234;
  CHECK(judge({small}, card)[0].met);
}

TEST_CASE("an aim that measures nothing known is a fault") {
  CHECK(fault_of(gate("luck", 1)) == "a set of cells has no measure \"luck\"");
  CHECK(fault_of(gate("accuracy", 1, {"trial:dirty"})) == "the set trial has no part \"dirty\"");
  CHECK(fault_of(gate("accuracy", 1, {})) == "the gate \"accuracy\" measures nothing");
}

TEST_CASE("aims stand in the card, reached or not") {
  CardData card = a_card();
  Gate low = gate("ece", Gate::kNone);
  low.at_most = 0.001;
  const std::vector<Gate> gates{gate("accuracy", 0.6), gate("accuracy", 0.61), low,
                                gate("accuracy", 0.6, {"elsewhere"})};
  card.gates = judge(gates, card);
  const std::string text = card_markdown(card, "x");
  CHECK(has(text, "| accuracy | at least 60.0 % | 60.0 % | reached |\n"));
  CHECK(has(text, "| accuracy | at least 61.0 % | 60.0 % | **not reached** |\n"));
  CHECK(has(text, "| ece | at most 0.001 | "));
  CHECK(has(text, "| accuracy | at least 60.0 % | not run | |\n"));
}

TEST_CASE("aims for fields, refusals and evidence are held against their figures") {
  CardData card = a_card();
  FieldCard fields;
  fields.name = "fields";
  fields.kinds = {{"white_cell", 4, {0.97, {}}, {}, 0, 0}, {"platelet", 9, {0.8, {}}, {}, 0, 0}};
  fields.counted_right.share = 0.75;
  fields.sizes = {{0.4, 0.95}, {2.2, 0.91}, {1, 0.99}};
  fields.multiply_adds = 1.2e8;
  card.fields = {fields};
  RefusalCard refusal;
  refusal.name = "refused";
  refusal.kinds = {{"smudge", 1, 0, 1, {0.99, {}}}, {"platelet", 1, 0, 1, {0.96, {}}}};
  card.refusals = {refusal};
  card.deletions = {{"trial", "The trial", 0.1, 4, 1, 0, {0.5, {}}}};
  const auto value = [&](const std::string& measure, const std::string& of) {
    return judge({gate(measure, 0, {of})}, card)[0].value;
  };
  CHECK(value("ap50 platelet", "fields") == 0.8);
  CHECK(value("counted_right", "fields") == 0.75);
  CHECK(value("f1_worst_size", "fields") == 0.91);
  CHECK(value("field_multiply_adds", "fields") == 1.2e8);
  CHECK(value("auroc", "refused") == 0.96);
  CHECK(value("deletion", "trial") == 0.5);
  card.qualities = {{"sound", "Sound", "", 10, 0, 9, {{"a blur", "blurred", 8, 6, true}}}};
  CHECK(value("quiet", "sound") == 0.9);
  CHECK(value("noticed a blur", "sound") == 0.75);
  CHECK_THROWS_WITH_AS(value("noticed dust", "sound"),
                       "a set for the warnings has no measure \"noticed dust\"", Fault);
  CHECK_THROWS_WITH_AS(value("ap50 dust", "fields"), "a set of fields has no measure \"ap50 dust\"",
                       Fault);
  CHECK_THROWS_WITH_AS(value("ece", "refused"), "a refusal has no measure \"ece\"", Fault);
  card.deletions.clear();
  CHECK_THROWS_WITH_AS(value("deletion", "trial"), "the set trial has no deletion test", Fault);
}

TEST_CASE("a finder's figures stand in a card, for people and for programs") {
  FieldCard card;
  card.name = "fields";
  card.title = "Fields";
  card.about = "Drawn.";
  card.pictures = 2;
  card.kinds = {{"white_cell", 4, {0.97, {0.9, 1}}, {0.5, {0.4, 0.6}}, 0.25, 1}};
  card.mean_average_precision = {0.6, {0.5, 0.7}};
  card.counted_right = {0.5, {0.1, 0.9}};
  card.sizes = {{0.4, 0.95}};
  card.multiply_adds = 98.76e6;
  card.most_multiply_adds = 123e6;
  const std::string text = field_markdown(card);
  CHECK(has(text,
            "| white_cell | 4 | 97.0 % (90.0–100.0) | 50.0 % (40.0–60.0) | 25.0 % | "
            "100.0 % |\n"));
  CHECK(has(text, "2 pictures; white cells counted right in 50.0 % (10.0–90.0) of them."));
  CHECK(has(text, "98.8 million on average, at most 123.0 million."));
  CHECK(has(text, "| 0.4 of the size | 95.0 % |\n"));
  JsonWriter writer;
  write_field_card(writer, card);
  const json read = json::parse(writer.take());
  CHECK(read.at("kinds").at(0).at("ap50").at("share") == 0.97);
  CHECK(read.at("counted_right").at("lower") == 0.1);
  CHECK(read.at("multiply_adds").at("most") == 123e6);
  CHECK(read.at("sizes").at(0).at("white_f1") == 0.95);
}
