// The rows of a data set's index as pictures, and what the shipped net says of them.
#include "tools/leukolens/samples.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "doctest.h"
#include "tools/leukolens/faults.h"

using namespace leukolens;
using namespace leukolens::tool;

namespace {

constexpr char kIndex[] =
    "file,class,original,group,fold,split,box\n"
    "a/1.png,monocyte,f/O1.jpg,g1,0,test,10.4 20.6 30.5 40\n"
    "a/2.png,lymphocyte,f/O1.jpg,g1,1,test,1 2 3 4\n"
    "a/3.png,monocyte,,g2,1,train,1 2 3 4\n";

const std::vector<std::string> kLabels{"lymphocyte", "monocyte"};

ProtocolSet a_set() {
  ProtocolSet set;
  set.name = "one";
  set.index = "a/index.csv";
  set.path_prefix = "p/";
  set.label_column = "class";
  set.unit_column = "original";
  set.group_column = "group";
  return set;
}

std::vector<Sample> selected(const ProtocolSet& set) {
  return select_samples(set, CsvTable(kIndex, "index.csv"), "/data", kLabels);
}

template <typename Does>
std::string fault_of(Does does) {
  try {
    does();
  } catch (const Fault& fault) {
    return fault.what();
  }
  return "none";
}

nlohmann::json golden() {
  std::ifstream in(SOURCE_DIR "/model/cells_golden.json");
  return nlohmann::json::parse(in);
}

std::string golden_picture(const nlohmann::json& picture) {
  return SOURCE_DIR "/tests/fixtures/golden/" + picture.at("file").get<std::string>();
}

Box box_of(const nlohmann::json& numbers) {
  return {numbers.at(0), numbers.at(1), numbers.at(2), numbers.at(3)};
}

}  // namespace

TEST_CASE("a row fits where each column named holds one of its values") {
  const CsvTable table(kIndex, "index.csv");
  CHECK(matches(table, 0, {}));
  CHECK(matches(table, 0, {{"split", {"val", "test"}}}));
  CHECK(!matches(table, 2, {{"split", {"val", "test"}}}));
  CHECK(matches(table, 0, {{"split", {"test"}}, {"fold", {"0"}}}));
  CHECK(!matches(table, 1, {{"split", {"test"}}, {"fold", {"0"}}}));
  CHECK(!matches(table, 0, {{"split", {}}}));
  CHECK_THROWS_AS(matches(table, 0, {{"spilt", {"test"}}}), Fault);
}

TEST_CASE("a unit is called by its file's name without folder and ending") {
  CHECK(unit_name("images/BloodImage_00001.jpg") == "BloodImage_00001");
  CHECK(unit_name("BloodImage_00001") == "BloodImage_00001");
  CHECK(unit_name("").empty());
}

TEST_CASE("rows become samples with path, class, unit, group and the number of their row") {
  ProtocolSet set = a_set();
  set.where = {{"class", {"monocyte"}}};
  const std::vector<Sample> samples = selected(set);
  REQUIRE(samples.size() == 2);
  CHECK(samples[0].path == "/data/p/a/1.png");
  CHECK(samples[0].truth == 1);
  CHECK(samples[0].unit == "O1");
  CHECK(samples[0].group == "g1");
  CHECK(samples[0].fold.empty());
  CHECK(!samples[0].box);
  CHECK(samples[1].row == 2);
  CHECK(samples[1].unit.empty());

  set.where_not = {{"split", {"train"}}, {"fold", {"1"}}};
  CHECK(selected(set).size() == 1);
  set.where_not = {{"split", {"train"}}, {"fold", {"0"}}};
  CHECK_MESSAGE(selected(set).size() == 2, "a row is left out only where all of it fits");
}

TEST_CASE("a net of folds is named by the row, and a box is rounded to pixels") {
  ProtocolSet set = a_set();
  set.net = "fold{fold}_a";
  set.box_column = "box";
  const std::vector<Sample> samples = selected(set);
  CHECK(samples[0].fold == "fold0_a");
  CHECK(samples[1].fold == "fold1_a");
  REQUIRE(samples[0].box);
  const Box& box = *samples[0].box;
  CHECK(box.x == 10);
  CHECK(box.y == 21);
  CHECK(box.width == 31);
  CHECK(box.height == 40);
  set.net = "site";
  CHECK(selected(set)[0].fold == "site");
}

TEST_CASE("an index that doesn't fit its protocol is named") {
  ProtocolSet set = a_set();
  set.where = {{"split", {"val"}}};
  CHECK(fault_of([&] { selected(set); }) == "the set \"one\" selects no row of a/index.csv");
  set = a_set();
  const CsvTable table(kIndex, "index.csv");
  CHECK(fault_of([&] { select_samples(set, table, "/data", {"monocyte"}); }) ==
        "a/index.csv: a/2.png has the class \"lymphocyte\", which the net doesn't know");
  set.group_column = "patient";
  CHECK(fault_of([&] { selected(set); }).find("patient") != std::string::npos);
  set = a_set();
  set.box_column = "class";
  CHECK(fault_of([&] { selected(set); }) == "\"monocyte\" is no box: expected x y width height");
  const CsvTable flat("file,class,original,group,box\n1.png,monocyte,,g,1 2 0 4\n", "index.csv");
  set.box_column = "box";
  CHECK(fault_of([&] { select_samples(set, flat, "/data", kLabels); }) ==
        "\"1 2 0 4\" is no box: expected x y width height");
}

TEST_CASE("pictures that are to be refused have a kind and need no known class") {
  ProtocolSet set = a_set();
  set.white_set = "white";
  const CsvTable table(kIndex, "index.csv");
  const std::vector<Sample> samples = select_samples(set, table, "/data", {"eosinophil"});
  REQUIRE(samples.size() == 3);
  CHECK(samples[0].kind == "monocyte");
  set.kind = "platelet";
  CHECK(select_samples(set, table, "/data", {"eosinophil"})[1].kind == "platelet");
}

TEST_CASE("the answer is the highest probability; without a cell there is none") {
  const Outcome found = outcome_of(0, {{0.25F, 0.625F, 0.125F}, {}});
  CHECK(found.truth == 0);
  CHECK(found.answer == 1);
  CHECK(found.confidence == doctest::Approx(0.625));
  const Outcome none = outcome_of(2, {});
  CHECK(none.answer == kNoAnswer);
  CHECK(none.confidence == 0);
}

TEST_CASE("predictions are the golden numbers, in the order of the samples, with any jobs") {
  const nlohmann::json expected = golden();
  const auto labels = expected.at("labels").get<std::vector<std::string>>();
  std::vector<Sample> samples;
  for (const nlohmann::json& picture : expected.at("pictures")) {
    Sample sample;
    sample.path = golden_picture(picture);
    sample.box = box_of(picture.at("box"));
    samples.push_back(sample);
  }
  REQUIRE(samples.size() >= 4);
  for (const std::size_t jobs : {1, 3}) {
    const auto predictions =
        predict(samples, {{"", SOURCE_DIR "/model/cells.tflite"}}, labels, "rule", jobs, true);
    REQUIRE(predictions.size() == samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
      CAPTURE(samples[i].path);
      const nlohmann::json& picture = expected.at("pictures").at(i);
      REQUIRE(predictions[i].probabilities.size() == labels.size());
      for (std::size_t c = 0; c < labels.size(); ++c) {
        const double value = picture.at("probabilities").at(c).get<double>();
        CHECK(std::fabs(static_cast<double>(predictions[i].probabilities[c]) - value) < 1e-4);
      }
      const auto& sides = picture.at("refusal");
      REQUIRE(predictions[i].sides.size() == sides.size());
      for (std::size_t s = 0; s < sides.size(); ++s) {
        const double value = sides.at(s).get<double>();
        CHECK(std::fabs(static_cast<double>(predictions[i].sides[s]) - value) < 1e-4);
      }
    }
  }
}

TEST_CASE("each fold is read by its own net, and what can't be read ends the run") {
  const nlohmann::json expected = golden();
  const auto labels = expected.at("labels").get<std::vector<std::string>>();
  Sample sample;
  sample.path = golden_picture(expected.at("pictures").at(0));
  sample.box = box_of(expected.at("pictures").at(0).at("box"));
  const std::string net = SOURCE_DIR "/model/cells.tflite";
  const std::string int8 = SOURCE_DIR "/model/cells_int8.tflite";

  Sample other = sample;
  other.fold = "second";
  const NetOfFold nets{{"", net}, {"second", int8}};
  const auto both = predict({other, sample}, nets, labels, "rule", 1, true);
  CHECK(both[0].probabilities != both[1].probabilities);
  CHECK(both[1].probabilities == predict({sample}, nets, labels, "rule", 1, true)[0].probabilities);

  const auto run = [&](const Sample& one, const NetOfFold& of, const auto& known) {
    return fault_of([&] { predict({one}, of, known, "rule", 1, true); });
  };
  CHECK(run(other, {{"", net}}, labels) == "there is no net for the fold \"second\"");
  CHECK(run(sample, {{"", net}}, kLabels) == net + ": its labels are not those of the shipped net");
  Sample gone = sample;
  gone.path = "/nowhere/at all.png";
  CHECK(run(gone, {{"", net}}, labels).starts_with("/nowhere/at all.png: "));
  CHECK(run(sample, {{"", "/nowhere/net.tflite"}}, labels).find("/nowhere/net.tflite") !=
        std::string::npos);
}
