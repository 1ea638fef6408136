// Blur, light and stain: the measures, the warnings, and their rates over a set.
#include "core/cells/quality.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/cells/crop.h"
#include "doctest.h"
#include "tests/temporary_folder.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/quality_set.h"
#include "tools/leukolens/read_picture.h"
#include "tools/leukolens/spoil.h"

using namespace leukolens;
using namespace leukolens::tool;

namespace {

const std::string kGolden = SOURCE_DIR "/tests/fixtures/golden/";
constexpr const char* kDrawings[] = {"eosinophil", "lymphocyte", "monocyte", "neutrophil"};

// A drawing and the box of its cell.
struct Shown {
  Picture picture;
  Box box;
};
Shown drawing(const std::string& name) {
  Shown shown{read_picture(kGolden + name + ".png"), {}};
  const std::vector<Sighting> seen = find_cells(shown.picture);
  REQUIRE(!seen.empty());
  shown.box = seen[0].box;
  return shown;
}

Picture spoilt(const Shown& shown, const std::string& name) {
  const auto spoil = std::ranges::find(spoils(), name, &Spoil::name);
  REQUIRE(spoil != spoils().end());
  return spoil->apply(shown.picture, std::max(shown.box.width, shown.box.height));
}

Stain stain(const Shown& shown) { return stain_of(shown.picture, shown.box); }

float farthest_value(const Stain& a, const Stain& b) {
  float most = 0;
  for (std::size_t i = 0; i < kStainValues; ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

Picture even(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  Picture picture;
  picture.width = picture.height = 20;
  for (int i = 0; i < 400; ++i) picture.rgb.insert(picture.rgb.end(), {red, green, blue});
  return picture;
}

}  // namespace

TEST_CASE("each blur takes sharpness, contrast takes none") {
  for (const char* name : kDrawings) {
    CAPTURE(name);
    const Shown shown = drawing(name);
    const float sound = sharpness_of(shown.picture, shown.box);
    const float slight = sharpness_of(spoilt(shown, "blur, sigma 2 % of a cell"), shown.box);
    const float strong = sharpness_of(spoilt(shown, "blur, sigma 4 % of a cell"), shown.box);
    CHECK(sound > slight);
    CHECK(slight > strong);
    Picture pale = shown.picture;
    for (std::uint8_t& value : pale.rgb) value = static_cast<std::uint8_t>(128 + value / 2);
    CHECK(sharpness_of(pale, shown.box) == doctest::Approx(sound).epsilon(0.1));
  }
  CHECK(sharpness_of(even(200, 200, 200), {0, 0, 20, 20}) == 0);
}

TEST_CASE("white is what is full in two channels") {
  const KnownStains none;
  CHECK(assess(even(255, 254, 200), {}, none).white == 1);
  CHECK(assess(even(255, 200, 200), {}, none).white == 0);
  CHECK(assess(even(252, 252, 252), {}, none).white == 0);
  CHECK(!assess(even(1, 2, 3), {}, none).sharpness);
}

TEST_CASE("a stain's values follow the stain and the lamp, not size or place") {
  const Shown shown = drawing("neutrophil");
  const Stain own = stain(shown);
  const Region whole{0, 0, double(shown.picture.width), double(shown.picture.height)};
  const Box box{shown.box.x * 2, shown.box.y * 2, shown.box.width * 2, shown.box.height * 2};
  const Picture larger =
      cut(shown.picture, whole, shown.picture.width * 2, shown.picture.height * 2);
  CHECK(farthest_value(stain_of(larger, box), own) < 0.05f);
  const Picture other = spoilt(shown, "red and blue exchanged");
  CHECK(farthest_value(stain_of(other, shown.box), own) > 0.1f);
}

TEST_CASE("the distance is the nearest centre's, in parts of the farthest") {
  Stain stain{};
  std::vector<float> centres(2 * kStainValues, 0.0f), spread(kStainValues, 2.0f);
  for (std::size_t i = 0; i < kStainValues; ++i) centres[i] = 8;  // four units in each value
  CHECK(stain_distance(stain, {centres, spread, 0.5f}) == 0);
  for (std::size_t i = 0; i < kStainValues; ++i) centres[kStainValues + i] = -2;
  CHECK(stain_distance(stain, {centres, spread, 0.5f}) == doctest::Approx(2));
  CHECK(stain_distance(stain, {}) == 0);
}

TEST_CASE("the median cell decides, and each measure has its warning") {
  const Shown shown = drawing("monocyte");
  const Stain own = stain(shown);
  const std::vector<float> centre(own.begin(), own.end()), spread(kStainValues, 0.01f);
  const KnownStains known{centre, spread, 1};
  const Box corner{0, 0, 24, 24};  // of another colour
  const std::vector<Box> boxes = {shown.box, corner, shown.box};
  const Quality quality = assess(shown.picture, boxes, known);
  CHECK(quality.stain_distance == 0);
  CHECK(quality.sharpness == sharpness_of(shown.picture, shown.box));
  CHECK(warnings_of(quality).empty());
  const std::vector<Box> elsewhere = {corner};
  CHECK(*assess(shown.picture, elsewhere, known).stain_distance > 1);

  using Warnings = std::vector<Warning>;
  CHECK(warnings_of({0.01f, {}, 0}) == Warnings{Warning::kBlurred});
  CHECK(warnings_of({{}, {}, 0.5f}) == Warnings{Warning::kOverexposed});
  CHECK(warnings_of({{}, 1.1f, 0}) == Warnings{Warning::kUnfamiliarStain});
}

TEST_CASE("a set of sound pictures gives false alarms and what is noticed, each file once") {
  TemporaryFolder folder;
  std::string index = "file,part\n";
  std::filesystem::create_directories(folder.path("d"));
  for (const std::string name : kDrawings) {
    std::filesystem::copy_file(kGolden + name + ".png", folder.path("d/" + name + ".png"));
    index += name + ".png,val\n" + name + ".png,val\n";
  }
  folder.write("d/index.csv", index + "missing.png,test\n");
  ProtocolSet set;
  set.name = "drawn";
  set.index = "d/index.csv";
  set.path_prefix = "d/";
  set.where = {{"part", {"val"}}};
  const auto card = read_quality_set(set, {}, {folder.path(), "", "", 1, true});
  REQUIRE(card);
  CHECK(card->pictures == 4);
  CHECK(card->without_cell == 0);
  const auto rate = [&](const std::string& shown, const std::string& warning) {
    for (const WarningRate& each : card->rates) {
      if (each.shown == shown && each.warning == warning) return each;
    }
    return WarningRate{};
  };
  CHECK(rate("as it is", "blurred").pictures == 4);
  CHECK(!rate("as it is", "blurred").expected);
  CHECK(rate("blur, sigma 4 % of a cell", "blurred").expected);
  CHECK(rate("60 % too much light", "overexposed").warned == 4);
  // PNG files are left out of what is done to JPEG files.
  CHECK(rate("with a profile of Adobe RGB", "colour_profile_ignored").pictures == 0);
  CHECK(rate("red and blue exchanged", "unfamiliar_stain").pictures == 4);
  CHECK(!rate("as it is", "unfamiliar_stain").expected);
  set.where = {{"part", {"none"}}};
  CHECK_THROWS(read_quality_set(set, {}, {folder.path(), "", "", 1, true}));
}

TEST_CASE("in a foreign set the stain is expected to be noticed, by whichever net is named") {
  TemporaryFolder folder;
  std::filesystem::create_directories(folder.path("nets"));
  std::filesystem::copy_file(kGolden + "monocyte.png", folder.path("monocyte.png"));
  // It travels without stains, so that none is unfamiliar to it.
  std::filesystem::copy_file(SOURCE_DIR "/model/four.tflite", folder.path("nets/other.tflite"));
  folder.write("index.csv", "file\nmonocyte.png\n");
  ProtocolSet set;
  set.name = "drawn";
  set.index = "index.csv";
  set.foreign = true;
  const ProtocolRun run{folder.path(), folder.path("nets"), "", 1, true};
  const auto stains = [&] {
    const auto card = read_quality_set(set, {}, run);
    REQUIRE(card);
    std::vector<WarningRate> rates = card->rates;
    std::erase_if(rates,
                  [](const WarningRate& each) { return each.warning != "unfamiliar_stain"; });
    return rates;
  };
  const std::vector<WarningRate> shipped = stains();
  REQUIRE(shipped.size() == 3);  // as it is, and spoilt in two ways
  CHECK(std::ranges::all_of(shipped, &WarningRate::expected));
  set.net = "other";
  REQUIRE(stains().size() == 1);
  CHECK(stains()[0].warned == 0);
}
