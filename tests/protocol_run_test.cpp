// A protocol run over the golden pictures: what it counts must be what the golden numbers say,
// added up by hand here.
#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "doctest.h"
#include "tests/small_net.h"
#include "tests/temporary_folder.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/protocol.h"

using namespace leukolens;
using namespace leukolens::tool;
using nlohmann::json;

namespace {

const std::string kNet = SOURCE_DIR "/model/cells.tflite";

// One picture as the index has it, and what the golden numbers make of it.
struct Known {
  std::string file, label, unit, group, box, answer;
  std::vector<double> probabilities;
};

struct Golden {
  std::vector<std::string> labels;
  std::vector<Known> pictures;
};

// Two pictures a unit, two units a group; the label is the file's own, however the net answers.
Golden golden() {
  std::ifstream in(SOURCE_DIR "/model/cells_golden.json");
  const json read = json::parse(in);
  Golden result{read.at("labels"), {}};
  for (const json& picture : read.at("pictures")) {
    Known known;
    known.file = picture.at("file");
    known.label = known.file.substr(0, known.file.find('.'));
    known.label = known.label.substr(known.label.find('_') + 1);
    for (const json& side : picture.at("box")) known.box += std::to_string(side.get<int>()) + ' ';
    known.box.pop_back();
    known.answer = picture.at("class");
    known.probabilities = picture.at("probabilities").get<std::vector<double>>();
    result.pictures.push_back(known);
  }
  std::ranges::sort(result.pictures, {}, &Known::label);
  for (std::size_t i = 0; i < result.pictures.size(); ++i) {
    result.pictures[i].unit = result.pictures[i].label;
    result.pictures[i].group = i < result.pictures.size() / 2 ? "one" : "two";
  }
  return result;
}

std::string index_of(const std::vector<Known>& pictures) {
  std::string text = "file,class,original,group,box,leaked\n";
  for (const Known& one : pictures) {
    const bool leaked = &one == &pictures.front();
    text += one.file + ',' + one.label + ",o/" + one.unit + ".jpg," + one.group + ',' + one.box +
            ',' + (leaked ? '1' : '0') + '\n';
  }
  return text;
}

// A data folder with the golden pictures, and a protocol that reads them.
struct Trial {
  explicit Trial(const std::vector<Known>& pictures) {
    folder.write("d/index.csv", index_of(pictures));
    for (const Known& one : pictures) {
      std::filesystem::copy_file(SOURCE_DIR "/tests/fixtures/golden/" + one.file,
                                 folder.path("d/" + one.file),
                                 std::filesystem::copy_options::skip_existing);
    }
    protocol.title = "A trial";
    protocol.finder = "rule";
    protocol.resamples = 100;
    ProtocolSet set;
    set.name = "golden";
    set.title = "Golden pictures";
    set.index = "d/index.csv";
    set.path_prefix = "d/";
    set.label_column = "class";
    set.unit_column = "original";
    set.group_column = "group";
    set.box_column = "box";
    protocol.sets = {set};
  }

  CardData run() const { return run_protocol(protocol, {folder.path(), nets, net, 2, true}); }
  ProtocolSet& set() { return protocol.sets[0]; }

  TemporaryFolder folder;
  Protocol protocol;
  std::string nets, net = kNet;
};

std::size_t number_of(const Golden& known, const std::string& label) {
  const auto found = std::ranges::find(known.labels, label);
  REQUIRE(found != known.labels.end());
  return static_cast<std::size_t>(found - known.labels.begin());
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

}  // namespace

TEST_CASE("a run counts what the golden numbers say, per picture and per original") {
  const Golden known = golden();
  const Trial trial(known.pictures);
  const CardData card = trial.run();
  CHECK(card.finished);
  CHECK(card.title == "A trial");
  CHECK(card.model.labels == known.labels);
  REQUIRE(card.sets.size() == 1);
  REQUIRE(card.sets[0].views.size() == 1);
  const View& whole = card.sets[0].views[0];
  CHECK(whole.name == "all");
  CHECK(whole.per_picture.pictures == known.pictures.size());
  CHECK(whole.per_picture.groups == 2);
  std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> counted;
  for (const Known& one : known.pictures) {
    ++counted[{number_of(known, one.label), number_of(known, one.answer)}];
  }
  for (std::size_t truth = 0; truth < known.labels.size(); ++truth) {
    CHECK(whole.per_picture.confusion.at(truth, kNoAnswer) == 0);
    for (std::size_t answer = 0; answer < known.labels.size(); ++answer) {
      CHECK(whole.per_picture.confusion.at(truth, answer) == counted[{truth, answer}]);
    }
  }

  std::map<std::string, std::vector<double>> sums;
  std::map<std::string, int> pictures;
  for (const Known& one : known.pictures) {
    std::vector<double>& sum = sums[one.unit];
    sum.resize(known.labels.size());
    for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += one.probabilities[c];
    ++pictures[one.unit];
  }
  REQUIRE(sums.size() < known.pictures.size());
  std::uint64_t right = 0;
  for (const auto& [unit, sum] : sums) {
    const auto best = std::size_t(std::ranges::max_element(sum) - sum.begin());
    if (best == number_of(known, unit)) ++right;
  }
  REQUIRE(whole.per_unit);
  CHECK(whole.per_unit->pictures == sums.size());
  CHECK(whole.per_unit->confusion.accuracy().hits == right);
}

TEST_CASE("the worst originals are those with a picture named otherwise, the least sure first") {
  Golden known = golden();
  // Everything is called a basophil, which the drawings are not.
  for (Known& one : known.pictures) one.label = "basophil";
  const CardData card = Trial(known.pictures).run();
  const std::vector<UnitRow>& worst = card.sets[0].worst;
  std::map<std::string, int> units;
  for (const Known& one : known.pictures) {
    if (one.answer != "basophil") ++units[one.unit];
  }
  REQUIRE(!units.empty());
  CHECK(worst.size() == units.size());
  for (std::size_t i = 0; i < worst.size(); ++i) {
    CAPTURE(worst[i].unit);
    double label = 0, count = 0;
    for (const Known& one : known.pictures) {
      if (one.unit != worst[i].unit) continue;
      label += one.probabilities[number_of(known, "basophil")];
      ++count;
    }
    CHECK(worst[i].truth_probability == doctest::Approx(label / count).epsilon(1e-3));
    CHECK(worst[i].pictures == count);
    if (i > 0) CHECK(worst[i - 1].truth_probability <= worst[i].truth_probability);
  }
}

TEST_CASE("parts leave out rows, their originals, and what another index lists") {
  const Golden known = golden();
  Trial trial(known.pictures);
  const std::string gone = known.pictures.front().unit;
  const auto left = static_cast<std::size_t>(
      std::ranges::count_if(known.pictures, [&](const Known& one) { return one.unit != gone; }));
  ProtocolSubset leaked;
  leaked.name = "clean";
  leaked.title = "Without leaked";
  leaked.where_not = {{"leaked", {"1"}}};
  ProtocolSubset listed;
  listed.name = "unlisted";
  listed.title = "Without listed";
  listed.listed_index = "d/list.csv";
  listed.listed_column = "name";
  listed.listed_where = {{"bad", {"1"}}};
  trial.folder.write(
      "d/list.csv", "name,bad\nx/" + gone + ".png,1\nx/" + known.pictures.back().unit + ".png,0\n");
  trial.set().subsets = {leaked, listed};
  const CardData card = trial.run();
  REQUIRE(card.sets[0].views.size() == 3);
  for (std::size_t i : {1, 2}) {
    const View& view = card.sets[0].views[i];
    CHECK(view.per_picture.pictures == left);
    CHECK(view.units_left_out == 1);
  }
  CHECK(card.sets[0].views[1].title == "Without leaked");

  ProtocolSubset nothing = leaked;
  nothing.where_not = {{"leaked", {"0", "1"}}};
  trial.set().subsets = {nothing};
  CHECK(fault_of([&] { trial.run(); }) == "\"Without leaked\" leaves no picture");
}

TEST_CASE("originals that the net contradicts surely are named, and can be left out") {
  Golden known = golden();
  // One that the net is sure of gets another label.
  const auto sure = std::ranges::find_if(known.pictures, [&](const Known& one) {
    return std::ranges::max(one.probabilities) > 0.9 && one.answer == one.label;
  });
  REQUIRE(sure != known.pictures.end());
  sure->unit = "mislabelled";
  sure->label = sure->label == "monocyte" ? "lymphocyte" : "monocyte";
  Trial trial(known.pictures);
  ProtocolSubset part;
  part.name = "uncontradicted";
  part.title = "Uncontradicted";
  part.contradicted_by = "golden";
  trial.set().subsets = {part};
  const CardData card = trial.run();
  const std::vector<UnitRow>& named = card.sets[0].contradicted;
  const auto row = std::ranges::find(named, "mislabelled", &UnitRow::unit);
  REQUIRE(row != named.end());
  CHECK(row->truth == number_of(known, sure->label));
  CHECK(row->answer == number_of(known, sure->answer));
  CHECK(row->answer_probability > 0.9);
  REQUIRE(card.sets[0].views.size() == 2);
  CHECK(card.sets[0].views[1].per_picture.pictures == known.pictures.size() - named.size());

  trial.set().subsets[0].contradicted_above = 0.9999;
  CHECK(trial.run().sets[0].contradicted.size() < named.size());
}

// A net that answers "round" or "square" whatever it is shown.
std::string net_that_says(const std::string& label) {
  tflite::Writer w;
  const auto x = w.tensor("input", {1, 8, 8, 3});
  const auto axes = w.constant("axes", {2}, std::vector<std::int32_t>{1, 2});
  const auto mean = w.tensor("mean", {1, 3});
  w.add(schema::BuiltinOperator::MEAN, {x, axes}, {mean}, schema::ReducerOptionsT{});
  const auto weights = w.constant("weights", {2, 3}, std::vector<float>(6, 0.0F));
  const float round = label == "round" ? 3.0F : 0.0F;
  const auto bias = w.constant("bias", {2}, std::vector<float>{round, 3 - round});
  const auto logits = w.tensor("logits", {1, 2});
  w.add(schema::BuiltinOperator::FULLY_CONNECTED, {mean, weights, bias}, {logits},
        schema::FullyConnectedOptionsT{});
  w.set_inputs({x});
  w.set_outputs({logits});
  w.set_card(small_net::card());
  const auto bytes = w.bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST_CASE("what int8 gains or loses is told with its sign") {
  std::vector<Known> pictures = golden().pictures;
  const auto rounds = static_cast<double>(pictures.size() - 2);
  for (std::size_t i = 0; i < pictures.size(); ++i) pictures[i].label = i < 2 ? "square" : "round";
  Trial trial(pictures);
  trial.net = trial.folder.write("round.tflite", net_that_says("round"));
  trial.protocol.int8_model = trial.folder.write("square.tflite", net_that_says("square"));
  const SetCard card = trial.run().sets[0];
  const auto all = static_cast<double>(pictures.size());
  CHECK(card.views[0].per_picture.accuracy.share == doctest::Approx(rounds / all));
  CHECK(card.int8->per_picture.accuracy.share == doctest::Approx(2 / all));
  CHECK(card.int8->same_answer == 0);
  CHECK(card.int8->difference.share == doctest::Approx((2 - rounds) / all));
}

TEST_CASE("the int8 net is compared picture by picture") {
  const Golden known = golden();
  Trial trial(known.pictures);
  trial.protocol.int8_model = SOURCE_DIR "/model/cells_int8.tflite";
  const CardData card = trial.run();
  REQUIRE(card.int8_model);
  CHECK(card.int8_model->sha256 != card.model.sha256);
  CHECK(card.int8_bytes == std::filesystem::file_size(trial.protocol.int8_model));
  REQUIRE(card.sets[0].int8);
  const Int8View& int8 = *card.sets[0].int8;
  CHECK(int8.same_answer <= known.pictures.size());
  const double gained =
      int8.per_picture.accuracy.share - card.sets[0].views[0].per_picture.accuracy.share;
  CHECK(int8.difference.share == doctest::Approx(gained));
  CHECK(int8.difference.interval.lower <= int8.difference.share);
  CHECK(int8.difference.interval.upper >= int8.difference.share);

  trial.protocol.int8_model = kNet;
  const CardData twin = trial.run();
  CHECK(twin.sets[0].int8->same_answer == known.pictures.size());
  CHECK(twin.sets[0].int8->difference.share == 0);
}

TEST_CASE("sets by folds need a folder of nets; without it they are left out and named") {
  const Golden known = golden();
  Trial trial(known.pictures);
  ProtocolSet folds = trial.set();
  folds.name = "folds";
  folds.title = "By folds";
  folds.net = "net_{group}";
  trial.protocol.sets.push_back(folds);
  const CardData without = trial.run();
  CHECK(without.sets.size() == 1);
  REQUIRE(without.left_out.size() == 1);
  CHECK(without.left_out[0].starts_with("By folds was not run"));

  trial.nets = trial.folder.path("nets");
  std::filesystem::create_directories(trial.nets);
  std::filesystem::copy_file(kNet, trial.nets + "/net_one.tflite");
  CHECK(fault_of([&] { trial.run(); }).find("net_two.tflite") != std::string::npos);
  std::filesystem::copy_file(kNet, trial.nets + "/net_two.tflite");
  const CardData with = trial.run();
  REQUIRE(with.sets.size() == 2);
  CHECK(with.sets[1].views[0].per_picture.accuracy.share ==
        with.sets[0].views[0].per_picture.accuracy.share);
}

TEST_CASE("what a run needs and is not there is named") {
  const Golden known = golden();
  Trial trial(known.pictures);
  std::filesystem::remove(trial.folder.path("d/" + known.pictures.back().file));
  CHECK(fault_of([&] { trial.run(); }).find(known.pictures.back().file) != std::string::npos);
  trial.set().index = "d/other.csv";
  CHECK(fault_of([&] { trial.run(); }).find("d/other.csv") != std::string::npos);
}

TEST_CASE("a kind that a net was never shown is set against white cells as that net reads them") {
  Trial trial(golden().pictures);
  trial.nets = trial.folder.path("nets");
  std::filesystem::create_directories(trial.nets);
  std::filesystem::copy_file(SOURCE_DIR "/model/cells_int8.tflite",
                             trial.nets + "/without-it.tflite");
  ProtocolSet unseen = trial.set();
  unseen.name = "unseen_it";
  unseen.kind = "it";
  unseen.white_set = "golden";
  unseen.net = "without-it";
  unseen.unseen = true;
  trial.protocol.sets.push_back(unseen);
  const CardData card = trial.run();
  REQUIRE(card.refusals.size() == 1);
  CHECK(card.refusals[0].unseen);
  // The same pictures by the same net on both sides; the shipped net's numbers differ.
  CHECK(card.refusals[0].kinds[0].auroc.share == 0.5);
  trial.protocol.sets[1].unseen = false;
  CHECK(trial.run().refusals[0].kinds[0].auroc.share != 0.5);

  trial.protocol.sets = {unseen, trial.set()};
  CHECK(fault_of([&] { trial.run(); }).find("isn't run before it") != std::string::npos);
}
