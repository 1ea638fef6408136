// The finder's parts with a net whose answers are known: it calls a red cell what is dark over 24
// px, and always 40 px wide.
#include "core/cells/finder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/cells/look.h"
#include "core/cells/peaks.h"
#include "core/leukolens.h"
#include "tools/tflite/writer.h"

using namespace leukolens;

namespace {

constexpr int kKinds = 3, kDepth = kKinds + kFinderGeometry, kWindow = 24, kSide = 64;
constexpr int kParts = kFinderParts * kFinderParts, kChannels = kParts * kDepth;
constexpr int kReach = kWindow + kFinderStep;  // of all places of a column

schema::ModelCardT finder_card() {
  schema::ModelCardT card;
  card.name = "dark";
  card.version = "1";
  card.kind = "finder";
  card.labels = {"white_cell", "red_cell", "platelet"};
  card.label_thresholds = {0.5f, 0.5f, 0.5f};
  card.input_width = card.input_height = kSide;
  card.mean = {0, 0, 0};
  card.std = {1, 1, 1};
  card.colour_order = "RGB";
  card.crop_scale = 1;
  card.temperature = 1;
  card.normalisation = "density";
  card.context_scale = 1;
  card.training_set = "none";
  return card;
}

std::vector<std::byte> finder_file(const schema::ModelCardT& card = finder_card()) {
  tflite::Writer writer;
  const auto input = writer.tensor("picture", {1, kSide, kSide, 3});
  // Each place looks at the window around its own middle.
  std::vector<float> filter(std::size_t(kChannels) * kReach * kReach * 3), bias;
  for (int part = 0; part < kParts; ++part) {
    const int top = part / kFinderParts * kFinderStep, left = part % kFinderParts * kFinderStep;
    float* red = &filter[std::size_t(part * kDepth + 1) * kReach * kReach * 3];
    for (int row = top; row < top + kWindow; ++row) {
      std::fill_n(red + (row * kReach + left) * 3, kWindow * 3, 8.0f / (kWindow * kWindow));
    }
    bias.insert(bias.end(), {-20, -16, -20, 0, 0, 0, 0});
  }
  const auto weights = writer.constant("weights", {kChannels, kReach, kReach, 3}, filter);
  const auto constants = writer.constant("bias", {kChannels}, bias);
  const auto map =
      writer.tensor("map", {1, kSide / kFinderStride, kSide / kFinderStride, kChannels});
  schema::Conv2DOptionsT options;
  options.padding = schema::Padding::SAME;
  options.stride_h = options.stride_w = kFinderStride;
  writer.add(schema::BuiltinOperator::CONV_2D, {input, weights, constants}, {map}, options);
  writer.set_inputs({input});
  writer.set_outputs({map});
  writer.set_card(card);
  return writer.bytes();
}

Picture ground(int width, int height) {
  Picture picture;
  picture.width = width;
  picture.height = height;
  picture.rgb.assign(std::size_t(width) * height * 3, 220);
  return picture;
}

void draw_disc(Picture& picture, double x, double y, double diameter) {
  for (int v = 0; v < picture.height; ++v) {
    for (int u = 0; u < picture.width; ++u) {
      if (std::hypot(u + 0.5 - x, v + 0.5 - y) > diameter / 2) continue;
      std::fill_n(&picture.rgb[(std::size_t(v) * picture.width + u) * 3], 3, std::uint8_t{80});
    }
  }
}

// Rows of discs `step` px apart.
std::vector<Peak> draw_grid(Picture& picture, int step, double diameter) {
  std::vector<Peak> drawn;
  for (int y = step / 2; y + step / 2 <= picture.height; y += step) {
    for (int x = step / 2; x + step / 2 <= picture.width; x += step) {
      draw_disc(picture, x, y, diameter);
      drawn.push_back({1, 1, float(x), float(y), float(diameter), float(diameter)});
    }
  }
  return drawn;
}

}  // namespace

TEST_CASE("a peak is one place, stands where the geometry says and has the sides it says") {
  std::vector<float> map(3 * 3 * kChannels, -9);
  const auto place = [&](int row, int column) {
    const int part = row % 2 * 2 + column % 2;
    return &map[(row / 2 * 3 + column / 2) * kChannels + part * kDepth];
  };
  for (int i = 0; i < 36; ++i) std::fill_n(&map[i * kDepth + kKinds], kFinderGeometry, 0.0f);
  place(2, 3)[0] = 2;
  place(2, 4)[0] = 2;  // as high: the first counts
  place(3, 3)[0] = 1;
  float* geometry = place(2, 3) + kKinds;
  geometry[0] = 0.25f, geometry[1] = -0.5f, geometry[2] = std::log(2.0f), geometry[3] = 0;
  place(0, 0)[2] = 0.1f;
  place(4, 0)[1] = -0.1f;  // below the threshold
  const std::vector<float> thresholds = {0.5f, 0.5f, 0.5f};
  const std::vector<Peak> peaks = find_peaks(map, 3, 3, thresholds);
  REQUIRE(peaks.size() == 2);
  CHECK(peaks[0].kind == 0);
  CHECK(peaks[0].score == doctest::Approx(1 / (1 + std::exp(-2.0))));
  CHECK(peaks[0].x == doctest::Approx((3 + 0.5 + 0.25) * 4));
  CHECK(peaks[0].y == doctest::Approx((2 + 0.5 - 0.5) * 4));
  CHECK(peaks[0].width == doctest::Approx(80));
  CHECK(peaks[0].height == doctest::Approx(40));
  CHECK(peaks[1].kind == 2);
}

TEST_CASE("one thing has one kind, but a platelet may lie on a red cell") {
  std::vector<Peak> peaks = {{1, 0.6f, 50, 50, 40, 40},
                             {0, 0.9f, 52, 50, 40, 40},
                             {2, 0.7f, 52, 50, 40, 40},
                             {0, 0.8f, 90, 50, 40, 40}};
  keep_strongest(peaks, 2);
  REQUIRE(peaks.size() == 3);
  CHECK(peaks[0].score == 0.9f);
  CHECK(peaks[1].score == 0.8f);
  CHECK(peaks[2].kind == 2);
}

TEST_CASE("overlap of boxes") {
  const Peak a{0, 1, 10, 10, 20, 20};
  CHECK(overlap(a, a) == doctest::Approx(1));
  CHECK(overlap(a, {0, 1, 20, 10, 20, 20}) == doctest::Approx(1.0 / 3));
  CHECK(overlap(a, {0, 1, 40, 10, 20, 20}) == 0);
}

TEST_CASE("seams of tiles neither lose nor double a thing") {
  Picture picture = ground(1501, 1103);
  const std::vector<Peak> drawn = draw_grid(picture, 64, 40);
  const Result<Model> model = Model::parse(finder_file());
  REQUIRE_MESSAGE(model.ok(), error_message(model.error()));
  Result<Runner> runner = Runner::create(*model);
  REQUIRE(runner.ok());
  LookSpec spec;
  spec.thresholds = {0.5f, 0.5f, 0.5f};
  const Density density = measure_density(picture, {0, 0, picture.width, picture.height});
  Looker looker{std::move(*runner)};
  const auto peaks = look(picture, density, 1, spec, looker);
  REQUIRE(peaks.ok());
  // Tiles of 640 x 480 whose cores are 448 and 288 apart: three across, four down.
  CHECK(looker.pixels == std::uint64_t{3 * 640} * 4 * 480);
  CHECK(peaks->size() == drawn.size());
  for (const Peak& disc : drawn) {
    const auto near = [&](const Peak& peak) {
      return std::hypot(peak.x - disc.x, peak.y - disc.y) < 8;
    };
    CHECK(std::count_if(peaks->begin(), peaks->end(), near) == 1);
  }
}

TEST_CASE(
    "the scale follows the red cells, and nothing on even ground gives neither cell nor scale") {
  const Result<Model> model = Model::parse(finder_file());
  REQUIRE(model.ok());
  Result<Finder> finder = Finder::create(*model);
  REQUIRE(finder.ok());
  Picture picture = ground(576, 432);
  draw_grid(picture, 144, 120);  // 40 px where the longer side is 192
  const Result<Field> field = finder->find(picture);
  REQUIRE(field.ok());
  CHECK(field->sightings.size() == 12);
  // One look, at 192 x 144: seven sums over the window for each stride.
  CHECK(field->multiply_adds == std::uint64_t{192 * 144} / (kFinderStride * kFinderStride) *
                                    kChannels * kReach * kReach * 3);
  for (const Sighting& sighting : field->sightings) {
    CHECK(sighting.kind == Kind::kRedCell);
    CHECK(sighting.box.x >= 0);
    CHECK(sighting.box.x + sighting.box.width <= picture.width);
    CHECK(std::abs(sighting.box.width - 120) < 8);
  }
  REQUIRE(field->ruler.has_value());
  CHECK(field->ruler->red_cell_px == doctest::Approx(120).epsilon(0.05));
  CHECK(field->ruler->um_per_px == doctest::Approx(7.5 / 120).epsilon(0.05));
  CHECK(field->ruler->lowest < field->ruler->um_per_px);
  CHECK(field->ruler->highest > field->ruler->um_per_px);

  const Result<Field> nothing = finder->find(ground(300, 200));
  REQUIRE(nothing.ok());
  CHECK(nothing->sightings.empty());
  CHECK(!nothing->ruler.has_value());
}

TEST_CASE("a file that is no sound finder is refused with its fault") {
  const auto refused = [](const schema::ModelCardT& card, const char* words) {
    const Result<Model> model = Model::parse(finder_file(card));
    REQUIRE(!model.ok());
    CHECK(error_message(model.error()).find(words) != std::string::npos);
  };
  schema::ModelCardT card = finder_card();
  card.label_thresholds = {0.5f};
  refused(card, "3 labels but 1 threshold");
  card.label_thresholds = {0.5f, 2, 0.5f};
  refused(card, "threshold is not between 0 and 1");
  card = finder_card();
  card.normalisation = "linear";
  refused(card, "density");
  card = finder_card();
  card.labels = {"white_cell", "red_cell"};
  card.label_thresholds = {0.5f, 0.5f};
  refused(card, "four times 2 labels and a box");
  card = finder_card();
  card.labels = {"red_cell", "white_cell", "platelet"};
  const Result<Model> model = Model::parse(finder_file(card));
  REQUIRE(model.ok());
  CHECK(!Finder::create(*model).ok());
}
