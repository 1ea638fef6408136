// The engine: one picture through all rooms, with a net small enough to reckon by hand.
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/cells/crop.h"
#include "core/leukolens.h"
#include "core/net/runner.h"
#include "doctest.h"
#include "tests/picture_files.h"
#include "tools/tflite/writer.h"

using namespace leukolens;
using picture_files::File;

namespace {

constexpr int kSide = 8;
// Logits = weights * (mean of the crop's three channels) + bias.
const std::vector<float> kWeights = {1, 0, 0, 0, 2, 0, 0, 0, -1, 0.5f, 0.5f, 0.5f};
const std::vector<float> kBias = {0.1f, -0.2f, 0.3f, 0};

schema::ModelCardT sound_card() {
  schema::ModelCardT card;
  card.name = "means";
  card.version = "1";
  card.labels = {"a", "b", "c", "d"};
  card.input_width = card.input_height = kSide;
  card.mean = {0.5f, 0.4f, 0.3f};
  card.std = {0.2f, 0.25f, 0.3f};
  card.colour_order = "RGB";
  card.crop_scale = 1.5f;
  card.temperature = 1.5f;
  card.classified_threshold = 0.5f;
  card.training_set = "none";
  return card;
}

std::vector<std::byte> model_file(const schema::ModelCardT* card,
                                  const std::vector<float>& weights = kWeights) {
  tflite::Writer writer;
  const auto input = writer.tensor("picture", {1, kSide, kSide, 3});
  const auto axes = writer.constant("axes", {2}, std::vector<std::int32_t>{1, 2});
  const auto means = writer.tensor("means", {1, 3});
  writer.add(schema::BuiltinOperator::MEAN, {input, axes}, {means}, schema::ReducerOptionsT{});
  const auto matrix = writer.constant("weights", {4, 3}, weights);
  const auto bias = writer.constant("bias", {4}, kBias);
  const auto logits = writer.tensor("logits", {1, 4});
  writer.add(schema::BuiltinOperator::FULLY_CONNECTED, {means, matrix, bias}, {logits},
             schema::FullyConnectedOptionsT{});
  writer.set_inputs({input});
  writer.set_outputs({logits});
  if (card) writer.set_card(*card);
  return writer.bytes();
}

Engine sound_engine(const Limits& limits = {}) {
  const schema::ModelCardT card = sound_card();
  Result<Engine> engine = Engine::create(model_file(&card), limits);
  REQUIRE_MESSAGE(engine.ok(), error_message(engine.error()));
  return std::move(*engine);
}

// A violet square on a pale field; (x, y) is its upper left corner.
Picture drawing(int x, int y) {
  Picture picture;
  picture.width = 320;
  picture.height = 240;
  for (int v = 0; v < picture.height; ++v) {
    for (int u = 0; u < picture.width; ++u) {
      const bool inside = u >= x && u < x + 80 && v >= y && v < y + 80;
      if (inside)
        picture.rgb.insert(picture.rgb.end(), {110, 60, 150});
      else
        picture.rgb.insert(picture.rgb.end(), {235, 225, 225});
    }
  }
  return picture;
}

// What the engine should say of the box, by plain loops.
std::vector<float> expected_probabilities(const Picture& picture, const Box& box) {
  InputSpec spec;
  spec.width = spec.height = kSide;
  const schema::ModelCardT card = sound_card();
  std::copy_n(card.mean.begin(), 3, spec.mean);
  std::copy_n(card.std.begin(), 3, spec.std);
  spec.crop_scale = card.crop_scale;
  Tensor tensor;
  crop(picture, box, spec, tensor);
  double means[3] = {};
  for (std::size_t i = 0; i < tensor.values.size(); ++i) {
    means[i % 3] += tensor.values[i] / (kSide * kSide);
  }
  std::vector<float> powers;
  double sum = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    double logit = kBias[k];
    for (std::size_t c = 0; c < 3; ++c) logit += kWeights[k * 3 + c] * means[c];
    powers.push_back(float(std::exp(logit / card.temperature)));
    sum += powers.back();
  }
  for (float& power : powers) power = float(power / sum);
  return powers;
}

}  // namespace

TEST_CASE("a box that a person drew is answered like one that was found") {
  Engine engine = sound_engine();
  const Picture picture = drawing(60, 100);
  const Result<Reading> reading = engine.read(picture);
  REQUIRE(reading.ok());
  REQUIRE(reading->cells.size() == 1);
  const Result<Cell> same = engine.read(picture, reading->cells[0].box);
  REQUIRE(same.ok());
  CHECK(same->class_index == reading->cells[0].class_index);
  CHECK(same->verdict == reading->cells[0].verdict);
  CHECK(same->probabilities == reading->cells[0].probabilities);

  const Box beyond = {-40, -40, 60, 60};
  const Result<Cell> other = engine.read(picture, beyond);
  REQUIRE(other.ok());
  CHECK(other->box == beyond);
  const std::vector<float> expected = expected_probabilities(picture, beyond);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(other->probabilities[i] == doctest::Approx(expected[i]).epsilon(1e-4));
  }
}

TEST_CASE("a file goes through all rooms") {
  Engine engine = sound_engine();
  const Picture picture = drawing(60, 100);
  const Result<Reading> reading = engine.read(picture_files::pnm(picture));
  REQUIRE(reading.ok());
  CHECK(reading->width == 320);
  CHECK(reading->height == 240);
  CHECK(reading->format == PictureFormat::kPnm);
  CHECK(reading->decoder == "leukolens");
  CHECK(reading->warnings.empty());
  REQUIRE(reading->cells.size() == 1);
  const Cell& cell = reading->cells[0];
  CHECK(std::abs(cell.box.x - 60) <= 4);
  CHECK(std::abs(cell.box.y - 100) <= 4);
  CHECK(std::abs(cell.box.width - 80) <= 6);

  const std::vector<float> expected = expected_probabilities(picture, cell.box);
  REQUIRE(cell.probabilities.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(cell.probabilities[i] == doctest::Approx(expected[i]).epsilon(1e-4));
  }
  const auto highest = std::max_element(expected.begin(), expected.end());
  CHECK(cell.class_index == std::size_t(highest - expected.begin()));
  CHECK(cell.verdict == (*highest >= 0.5f ? Verdict::kClassified : Verdict::kUnsure));
  CHECK(reading->times.decode_ms > 0);
  CHECK(reading->times.find_ms > 0);
  CHECK(reading->times.classify_ms > 0);
}

TEST_CASE("a picture already decoded gives the same, without a time for decoding") {
  Engine engine = sound_engine();
  const File file = picture_files::fixture("cell.jpg");
  const Result<Reading> from_file = engine.read(file);
  const Result<Picture> picture = decode(file);
  REQUIRE(picture.ok());
  const Result<Reading> from_picture = engine.read(*picture);
  REQUIRE(from_file.ok());
  REQUIRE(from_picture.ok());
  CHECK(from_picture->times.decode_ms == 0);
  CHECK(from_picture->decoder == "stb_image");
  REQUIRE(from_picture->cells.size() == 1);
  CHECK(from_picture->cells[0].box == from_file->cells[0].box);
  CHECK(from_picture->cells[0].probabilities == from_file->cells[0].probabilities);
}

TEST_CASE("a picture without a cell has a warning and no cells") {
  Engine engine = sound_engine();
  const std::vector<std::uint8_t> grey(32 * 32, 128);
  const Result<Reading> reading = engine.read(picture_files::pnm("P5 32 32 255\n", grey));
  REQUIRE(reading.ok());
  CHECK(reading->cells.empty());
  CHECK(reading->warnings == std::vector<Warning>{Warning::kGrey, Warning::kNoCellFound});
}

TEST_CASE("what can't be decoded is passed on, and the engine goes on") {
  Engine engine = sound_engine(Limits{1 << 20, 320 * 240});
  CHECK(engine.limits().max_pixels == 320 * 240);
  const Result<Reading> foreign = engine.read(picture_files::from_text("%PDF-1.7"));
  REQUIRE(!foreign.ok());
  CHECK(foreign.error().code == ErrorCode::kForeignFormat);
  const Result<Reading> large = engine.read(picture_files::pnm(picture_files::pattern(321, 240)));
  REQUIRE(!large.ok());
  CHECK(large.error().code == ErrorCode::kTooManyPixels);
  CHECK(engine.read(picture_files::pnm(drawing(10, 10))).ok());
}

TEST_CASE("reading pictures allocates nothing in XNNPACK, not even the first") {
  Engine engine = sound_engine();
  const std::uint64_t allocations = xnnpack_allocations();
  CHECK(allocations > 0);
  for (int x : {60, 100, 200}) CHECK(engine.read(drawing(x, 80)).ok());
  CHECK(xnnpack_allocations() == allocations);
}

TEST_CASE("a moved engine reads on") {
  Engine first = sound_engine();
  const Picture picture = drawing(60, 100);
  const Result<Reading> before = first.read(picture);
  Engine second = std::move(first);
  const Result<Reading> after = second.read(picture);
  REQUIRE(before.ok());
  REQUIRE(after.ok());
  CHECK(after->cells[0].probabilities == before->cells[0].probabilities);
  CHECK(second.model().card().name == "means");
}

TEST_CASE("models that the engine can't use are refused by reason") {
  const auto refused = [](const std::vector<std::byte>& file) {
    const Result<Engine> engine = Engine::create(file);
    REQUIRE(!engine.ok());
    return engine.error();
  };
  CHECK(refused(picture_files::from_text("no model at all")).code == ErrorCode::kModelNotTflite);
  CHECK(refused(model_file(nullptr)).code == ErrorCode::kModelMetadata);

  using Card = schema::ModelCardT;
  const std::function<void(Card&)> breaks[] = {
      [](Card& card) { card.labels.clear(); },        [](Card& card) { card.labels.pop_back(); },
      [](Card& card) { card.labels.push_back("e"); }, [](Card& card) { card.colour_order = "BGR"; },
      [](Card& card) { card.input_width = 0; },       [](Card& card) { card.std = {1, 0, 1}; },
      [](Card& card) { card.crop_scale = 0; },        [](Card& card) { card.temperature = 0; },
  };
  for (const auto& change : breaks) {
    Card card = sound_card();
    change(card);
    CHECK(error_name(refused(model_file(&card)).code) == "model_metadata");
  }
}

TEST_CASE("an answer that is no number is an error, not a class") {
  schema::ModelCardT card = sound_card();
  std::vector<float> weights = kWeights;
  weights[0] = 3e38f;
  card.std = {1e-3f, 1, 1};
  Result<Engine> engine = Engine::create(model_file(&card, weights));
  REQUIRE(engine.ok());
  const Result<Reading> reading = engine->read(picture_files::pnm(drawing(60, 100)));
  REQUIRE(!reading.ok());
  CHECK(reading.error().code == ErrorCode::kEngineFailed);
}
