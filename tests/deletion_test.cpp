// The deletion test, with a net whose evidence can be reckoned by hand.
#include "tools/leukolens/deletion.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "doctest.h"
#include "tests/picture_files.h"
#include "tests/temporary_folder.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/samples.h"
#include "tools/tflite/writer.h"

using namespace leukolens;
using namespace leukolens::tool;

namespace {

constexpr int kSide = 20;

// Sees the picture as it is. For "dark" each place says 1 less its red, for "plain" a tenth; the
// logits are the means over the places.
std::string net() {
  using schema::BuiltinOperator;
  tflite::Writer w;
  const auto input = w.tensor("picture", {1, kSide, kSide, 3});
  const auto weights = w.constant("weights", {2, 1, 1, 3}, std::vector<float>{-1, 0, 0, 0, 0, 0});
  const auto bias = w.constant("bias", {2}, std::vector<float>{1, 0.1f});
  const auto places = w.tensor("places", {1, kSide, kSide, 2});
  schema::Conv2DOptionsT options;
  options.padding = schema::Padding::SAME;
  options.stride_h = options.stride_w = 1;
  w.add(BuiltinOperator::CONV_2D, {input, weights, bias}, {places}, options);
  const auto axes = w.constant("axes", {2}, std::vector<std::int32_t>{1, 2});
  const auto logits = w.tensor("logits", {1, 2}), embedding = w.tensor("embedding", {1, 3});
  w.add(BuiltinOperator::MEAN, {places, axes}, {logits}, schema::ReducerOptionsT{});
  w.add(BuiltinOperator::MEAN, {input, axes}, {embedding}, schema::ReducerOptionsT{});
  w.set_inputs({input});
  w.set_outputs({logits, places, embedding});
  schema::ModelCardT card;
  card.name = "darkness";
  card.version = "1";
  card.labels = {"dark", "plain"};
  card.input_width = card.input_height = kSide;
  card.mean = {0, 0, 0};
  card.std = {1, 1, 1};
  card.colour_order = "RGB";
  card.crop_scale = 1;
  card.temperature = 1;
  card.classified_threshold = 0.5f;
  card.training_set = "none";
  w.set_card(card);
  const auto bytes = w.bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// White, with the first `black` places, row by row, black.
std::string picture(int black) {
  Picture drawn;
  drawn.width = drawn.height = kSide;
  drawn.rgb.assign(kSide * kSide * 3, 255);
  std::fill_n(drawn.rgb.begin(), 3 * black, std::uint8_t{0});
  const auto bytes = picture_files::pnm(drawn);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct Trial {
  TemporaryFolder folder;
  NetFiles files{folder.write("net.tflite", net()), "rule"};

  Sample sample(const std::string& name, int black) {
    Sample one;
    one.path = folder.write(name, picture(black));
    one.box = Box{0, 0, kSide, kSide};
    return one;
  }
};

}  // namespace

TEST_CASE("what the evidence marks is painted over with the ground, and costs its share") {
  Trial trial;
  // 80 of 400 places are black: "dark" leads by 0.2 - 0.1. The 40 marked gone, 0.1 is lost.
  // Elsewhere 40 of the other 360 go, of which 40 are black.
  const DeletionCard card = deletion_card({trial.sample("a.ppm", 80)}, trial.files);
  CHECK(card.cells == 1);
  CHECK(card.area == doctest::Approx(0.1));
  CHECK(card.marked == doctest::Approx(0.1).epsilon(1e-4));
  CHECK(card.elsewhere < 0.05);
  CHECK(card.marked_loses_more.share == 1);
  CHECK(card.marked_loses_more.interval.lower == doctest::Approx(0.025).epsilon(1e-6));
}

TEST_CASE("an even cell loses as much anywhere, which does not speak for the evidence") {
  Trial trial;
  // Without black "plain" leads, and paint of the ground's colour changes nothing.
  const DeletionCard card =
      deletion_card({trial.sample("a.ppm", 80), trial.sample("b.ppm", 0)}, trial.files);
  CHECK(card.cells == 2);
  CHECK(card.marked == doctest::Approx(0.05).epsilon(1e-4));
  CHECK(card.marked_loses_more.share == 0.5);
}

TEST_CASE("a deletion test without a cell is a fault") {
  Trial trial;
  Sample none = trial.sample("even.ppm", 0);
  none.box.reset();  // to be found by colour, of which there is none
  CHECK_THROWS_WITH_AS(deletion_card({none}, trial.files), "the deletion test found no cell",
                       Fault);
  Sample missing = none;
  missing.path = trial.folder.path("missing.ppm");
  CHECK_THROWS_AS(deletion_card({missing}, trial.files), Fault);
}

TEST_CASE("the deletion test stands in a card, for people and for programs") {
  const DeletionCard card{"pbc", "PBC", 0.1, 40, 1.25, 0.5, {0.9, {0.76, 0.97}}};
  const std::string text = deletion_markdown(card);
  CHECK(text.find("PBC, 40 cells: the 10.0 % of the square") != std::string::npos);
  CHECK(text.find("loses 1.25 logits") != std::string::npos);
  CHECK(text.find(": 0.50 logits. What is marked weighs more in 90.0 % (76.0") !=
        std::string::npos);
  JsonWriter writer;
  write_deletion(writer, card);
  const auto json = nlohmann::json::parse(writer.take());
  CHECK(json.at("set") == "pbc");
  CHECK(json.at("cells") == 40);
  CHECK(json.at("marked") == 1.25);
  CHECK(json.at("marked_loses_more").at("share") == 0.9);
}
