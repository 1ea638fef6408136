// The drawings: the same on every machine, true to what they say of themselves, and each class
// with its own colours.
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "core/cells/find.h"
#include "core/picture/decode.h"
#include "doctest.h"
#include "tools/phantoms/draw.h"
#include "tools/phantoms/options.h"
#include "tools/phantoms/png.h"
#include "tools/phantoms/truth.h"

using namespace leukolens;
using namespace leukolens::phantoms;

namespace {

Settings with_seed(std::uint64_t seed) {
  Settings settings;
  settings.seed = seed;
  return settings;
}

Settings of_class(CellClass cell_class, std::uint64_t seed) {
  Settings settings = with_seed(seed);
  settings.classes = {cell_class};
  settings.width_px = settings.height_px = 200;
  settings.noise = 0;
  return settings;
}

std::vector<std::uint8_t> pixels_of(const Settings& settings) {
  const std::optional<Scene> scene = lay_out(settings);
  REQUIRE(scene);
  return draw(settings, *scene);
}

// FNV-1a, 64 bits.
std::uint64_t fingerprint(const std::vector<std::uint8_t>& bytes) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (std::uint8_t byte : bytes) value = (value ^ byte) * 0x100000001b3;
  return value;
}

std::vector<std::byte> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
  return {bytes, bytes + text.size()};
}

std::variant<Options, UsageError> parsed(std::vector<std::string> arguments) {
  return parse_options(arguments);
}

std::string complaint(std::vector<std::string> arguments) {
  const auto result = parsed(std::move(arguments));
  const auto* error = std::get_if<UsageError>(&result);
  return error ? error->message : "";
}

// Mean colour of the places within the first white cell where `chosen` holds.
template <class Chosen>
Rgb mean_colour(const Settings& settings, Chosen chosen) {
  const std::optional<Scene> scene = lay_out(settings);
  REQUIRE(scene);
  const std::vector<std::uint8_t> pixels = draw(settings, *scene);
  const WhiteCell& cell = scene->white.at(0);
  Rgb sum{};
  int count = 0;
  for (int y = 0; y < settings.height_px; ++y) {
    for (int x = 0; x < settings.width_px; ++x) {
      const Point at = Point{x + 0.5, y + 0.5} * settings.um_per_px - cell.centre_um;
      if (distance(cell.outline, at) > -0.6) continue;
      const std::size_t i = 3 * (static_cast<std::size_t>(y) * settings.width_px + x);
      const Rgb colour{double(pixels[i]), double(pixels[i + 1]), double(pixels[i + 2])};
      if (!chosen(colour)) continue;
      for (std::size_t c = 0; c < 3; ++c) sum[c] += colour[c];
      ++count;
    }
  }
  REQUIRE(count > 50);
  for (double& channel : sum) channel /= count;
  return sum;
}

// Chromatin swallows red light; cytoplasm and granules let more of it through.
bool outside_nucleus(const Rgb& colour) { return colour[0] > 125; }
bool anywhere_inside(const Rgb&) { return true; }

struct Listed {
  std::string folder;
  nlohmann::json entry;
};

std::vector<Listed> committed_drawings() {
  std::vector<Listed> found;
  for (const std::string folder : {"web/samples", "tests/fixtures/golden"}) {
    std::ifstream file(std::string(SOURCE_DIR) + "/" + folder + "/samples.json");
    REQUIRE(file.good());
    const nlohmann::json list = nlohmann::json::parse(file);
    for (const auto& entry : list.at("samples")) {
      found.push_back({std::string(SOURCE_DIR) + "/" + folder + "/", entry});
    }
  }
  return found;
}

}  // namespace

TEST_CASE("phantoms: PCG32 gives the numbers of its authors' demonstration") {
  Random random(42, 54);
  for (std::uint32_t expected : {0xa15c02b7u, 0x7b47f409u, 0xba1d3330u, 0x83d2f293u, 0xbfa4784bu}) {
    CHECK(random.next() == expected);
  }
}

TEST_CASE("phantoms: own sine, cosine and exponential agree with the library's") {
  for (int i = -80; i <= 80; ++i) {
    const double turns = i / 37.0, angle = turns * 6.283185307179586;
    CHECK(std::abs(unit_at(turns).x - std::cos(angle)) < 1e-6);
    CHECK(std::abs(unit_at(turns).y - std::sin(angle)) < 1e-6);
    const double power = i / 4.0;
    CHECK(std::abs(exponential(power) / std::exp(power) - 1) < 1e-9);
  }
}

TEST_CASE("phantoms: a seed gives the same pixels, on every machine and at every run") {
  const std::vector<std::uint8_t> first = pixels_of(with_seed(1));
  CHECK(first.size() == 320 * 240 * 3);
  CHECK(fingerprint(first) == 2560004231817434850ULL);
  CHECK(pixels_of(with_seed(1)) == first);
  CHECK(pixels_of(with_seed(2)) != first);

  Settings large = with_seed(12);
  large.width_px = 301;
  large.height_px = 517;
  large.white_cells = 5;
  large.classes = {kAllClasses.begin(), kAllClasses.end()};
  large.stain = known_stains().back();
  large.blur_px = 2;
  large.red_density = 0.6;
  CHECK(fingerprint(pixels_of(large)) == 10361677862988294883ULL);
}

TEST_CASE("phantoms: the committed drawings are what the generator draws") {
  const std::vector<Listed> drawings = committed_drawings();
  CHECK(drawings.size() == 11);
  for (const Listed& listed : drawings) {
    const auto name = listed.entry.at("file").get<std::string>();
    CAPTURE(name);
    auto arguments = listed.entry.at("options").get<std::vector<std::string>>();
    arguments.insert(arguments.end(), {"--out", "unused"});
    const auto result = parse_options(arguments);
    REQUIRE(std::holds_alternative<Options>(result));
    const Settings& settings = std::get<Options>(result).settings;
    CHECK(settings.seed == listed.entry.at("seed").get<std::uint64_t>());
    std::vector<std::string> classes;
    for (CellClass cell_class : settings.classes) classes.emplace_back(class_name(cell_class));
    CHECK(classes == listed.entry.at("classes").get<std::vector<std::string>>());

    const auto picture = decode(read_file(listed.folder + name));
    REQUIRE(picture);
    CHECK(picture->width == settings.width_px);
    CHECK(picture->height == settings.height_px);
    CHECK(picture->rgb == pixels_of(settings));
  }
}

TEST_CASE("phantoms: PNG files keep every pixel") {
  const Settings settings = with_seed(5);
  const std::vector<std::uint8_t> pixels = pixels_of(settings);
  const std::vector<std::uint8_t> file = to_png(pixels, settings.width_px, settings.height_px);
  const auto picture = decode(std::as_bytes(std::span(file)));
  REQUIRE(picture);
  CHECK(picture->rgb == pixels);
}

TEST_CASE("phantoms: boxes lie inside the field, white ones apart from each other") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    Settings settings = with_seed(seed);
    settings.width_px = 900;
    settings.height_px = 700;
    settings.white_cells = 12;
    settings.classes = {kAllClasses.begin(), kAllClasses.end()};
    const std::optional<Scene> scene = lay_out(settings);
    REQUIRE(scene);
    const auto written = truth(settings, *scene, "a.png");
    std::vector<std::array<int, 4>> white;
    std::set<std::string> kinds;
    for (const auto& cell : written.at("cells")) {
      const auto box = cell.at("box").get<std::array<int, 4>>();
      CHECK(box[0] >= 0);
      CHECK(box[1] >= 0);
      CHECK(box[2] > 0);
      CHECK(box[3] > 0);
      CHECK(box[0] + box[2] <= settings.width_px);
      CHECK(box[1] + box[3] <= settings.height_px);
      const auto kind = cell.at("class").get<std::string>();
      kinds.insert(kind);
      if (kind != "red_cell" && kind != "platelet") white.push_back(box);
    }
    CHECK(white.size() == 12);
    CHECK(kinds.size() == 7);
    for (std::size_t a = 0; a < white.size(); ++a) {
      for (std::size_t b = a + 1; b < white.size(); ++b) {
        const bool apart =
            white[a][0] + white[a][2] <= white[b][0] || white[b][0] + white[b][2] <= white[a][0] ||
            white[a][1] + white[a][3] <= white[b][1] || white[b][1] + white[b][3] <= white[a][1];
        CHECK(apart);
      }
    }
  }
}

TEST_CASE("phantoms: classes take turns, beginning with the seed's") {
  Settings settings = with_seed(6);
  settings.width_px = settings.height_px = 600;
  settings.white_cells = 4;
  settings.classes = {CellClass::kMonocyte, CellClass::kNeutrophil, CellClass::kLymphocyte,
                      CellClass::kEosinophil};
  const std::optional<Scene> scene = lay_out(settings);
  REQUIRE(scene);
  REQUIRE(scene->white.size() == 4);
  CHECK(scene->white[0].cell_class == CellClass::kLymphocyte);
  CHECK(scene->white[1].cell_class == CellClass::kEosinophil);
  CHECK(scene->white[2].cell_class == CellClass::kMonocyte);
  CHECK(scene->white[3].cell_class == CellClass::kNeutrophil);
}

TEST_CASE("phantoms: what doesn't fit isn't drawn by halves") {
  Settings settings = with_seed(1);
  settings.white_cells = 60;
  CHECK_FALSE(lay_out(settings));
  settings.width_px = settings.height_px = 64;
  settings.white_cells = 1;
  settings.um_per_px = 0.05;  // 3.2 um: less than any white cell
  CHECK_FALSE(lay_out(settings));
  settings.white_cells = 0;
  const std::optional<Scene> empty = lay_out(settings);
  REQUIRE(empty);
  CHECK(empty->white.empty());
}

TEST_CASE("phantoms: cells have the sizes of the books, in micrometres and in pixels") {
  struct Range {
    CellClass cell_class;
    double low_um, high_um;
  };
  for (const Range& range :
       {Range{CellClass::kNeutrophil, 10, 15}, Range{CellClass::kEosinophil, 10, 16},
        Range{CellClass::kBasophil, 9.5, 14}, Range{CellClass::kLymphocyte, 7, 15},
        Range{CellClass::kMonocyte, 12, 20}}) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      CAPTURE(class_name(range.cell_class));
      CAPTURE(seed);
      Random random(seed, 1);
      const WhiteCell cell = make_white_cell(range.cell_class, random);
      const Extent own = extent(cell.outline);
      const double mean_um = (own.right - own.left + own.bottom - own.top) / 2;
      CHECK(mean_um >= range.low_um);
      CHECK(mean_um <= range.high_um);

      Settings coarse, fine;
      coarse.width_px = coarse.height_px = fine.width_px = fine.height_px = 1000;
      coarse.um_per_px = 0.2;
      fine.um_per_px = 0.1;
      const auto small = pixel_box(coarse, {20, 20}, cell.outline);
      const auto large = pixel_box(fine, {20, 20}, cell.outline);
      REQUIRE(small);
      REQUIRE(large);
      CHECK(std::abs(large->width - 2 * small->width) <= 3);
      CHECK(std::abs(large->height - 2 * small->height) <= 3);
    }
  }
  double sum_um = 0;
  Random random(7, 1);
  for (int i = 0; i < 500; ++i) sum_um += 2 * make_red_cell(random).outline.radius_um;
  CHECK(sum_um / 500 == doctest::Approx(7.5).epsilon(0.02));
}

TEST_CASE("phantoms: neutrophils have 2 to 5 lobes, eosinophils mostly two") {
  std::set<std::size_t> neutrophil_lobes;
  int two_lobed = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Random first(seed, 1), second(seed, 1);
    neutrophil_lobes.insert(make_white_cell(CellClass::kNeutrophil, first).nucleus.lobes.size());
    two_lobed += make_white_cell(CellClass::kEosinophil, second).nucleus.lobes.size() == 2;
  }
  CHECK(neutrophil_lobes == std::set<std::size_t>{2, 3, 4, 5});
  CHECK(two_lobed >= 75);
  CHECK(two_lobed <= 95);
}

TEST_CASE("phantoms: each class has its own colours") {
  for (std::uint64_t seed = 21; seed <= 23; ++seed) {
    CAPTURE(seed);
    const Rgb eosinophil = mean_colour(of_class(CellClass::kEosinophil, seed), outside_nucleus);
    const Rgb neutrophil = mean_colour(of_class(CellClass::kNeutrophil, seed), outside_nucleus);
    const Rgb monocyte = mean_colour(of_class(CellClass::kMonocyte, seed), outside_nucleus);
    const auto redness = [](const Rgb& c) { return c[0] - (c[1] + c[2]) / 2; };
    const auto blueness = [](const Rgb& c) { return c[2] - c[0]; };
    CHECK(redness(eosinophil) > redness(neutrophil) + 30);
    CHECK(blueness(monocyte) > blueness(neutrophil) + 20);
    CHECK(neutrophil[0] > neutrophil[1] + 10);  // pink to lilac

    // The nucleus fills a lymphocyte, but not a neutrophil; granules hide a basophil's.
    const Rgb lymphocyte = mean_colour(of_class(CellClass::kLymphocyte, seed), anywhere_inside);
    const Rgb whole = mean_colour(of_class(CellClass::kNeutrophil, seed), anywhere_inside);
    const Rgb basophil = mean_colour(of_class(CellClass::kBasophil, seed), anywhere_inside);
    CHECK(lymphocyte[0] < whole[0] - 25);
    CHECK(basophil[1] < whole[1] - 15);
  }
}

TEST_CASE("phantoms: stains change the colours as their names say") {
  const auto background = [](const char* stain) {
    const auto result = parsed(
        {"--out", "x", "--stain", stain, "--red-density", "0", "--cells", "0", "--size", "64x64"});
    REQUIRE(std::holds_alternative<Options>(result));
    const std::vector<std::uint8_t> pixels = pixels_of(std::get<Options>(result).settings);
    Rgb sum{};
    for (std::size_t i = 0; i < pixels.size(); ++i) sum[i % 3] += pixels[i] / (64.0 * 64.0);
    return sum;
  };
  const Rgb standard = background("standard"), blue = background("blue"),
            yellow = background("yellow"), grey = background("grey-cast");
  CHECK(std::abs(standard[0] - standard[2]) < 10);
  CHECK(blue[2] > blue[0] + 15);
  CHECK(yellow[0] > yellow[2] + 40);
  CHECK(grey[1] < standard[1] - 30);

  Settings pale = of_class(CellClass::kLymphocyte, 3), strong = pale;
  pale.stain = known_stains()[1];
  REQUIRE(pale.stain.name == "pale");
  CHECK(mean_colour(pale, anywhere_inside)[1] > mean_colour(strong, anywhere_inside)[1] + 15);
}

TEST_CASE("phantoms: blur softens, noise roughens, density adds red cells") {
  // Mean step between neighbours in a row.
  const auto roughness = [](const Settings& settings) {
    const std::vector<std::uint8_t> pixels = pixels_of(settings);
    double sum = 0;
    for (std::size_t i = 3; i < pixels.size(); ++i) sum += std::abs(pixels[i] - pixels[i - 3]);
    return sum / double(pixels.size());
  };
  Settings settings = with_seed(9);
  settings.noise = 0;
  settings.blur_px = 0;
  const double sharp = roughness(settings);
  settings.blur_px = 3;
  const double blurred = roughness(settings);
  CHECK(blurred < sharp * 0.85);
  settings.noise = 6;
  CHECK(roughness(settings) > blurred + 4);

  std::size_t before = 0;
  for (double density : {0.1, 0.3, 0.6}) {
    settings.red_density = density;
    const std::optional<Scene> scene = lay_out(settings);
    REQUIRE(scene);
    CHECK(scene->red.size() > before);
    before = scene->red.size();
  }
}

TEST_CASE("phantoms: tiles leave no seams") {
  // Columns where tiles of 64 pixels meet differ no more than their neighbours do.
  Settings settings = of_class(CellClass::kMonocyte, 4);
  settings.blur_px = 2;
  const std::optional<Scene> scene = lay_out(settings);
  REQUIRE(scene);
  const std::vector<std::uint8_t> pixels = draw(settings, *scene);
  const auto step_at = [&](int x) {
    double sum = 0;
    for (int y = 0; y < settings.height_px; ++y) {
      const std::size_t i = 3 * (static_cast<std::size_t>(y) * settings.width_px + x);
      sum += std::abs(pixels[i] - pixels[i - 3]);
    }
    return sum / settings.height_px;
  };
  for (int seam = 64; seam < settings.width_px; seam += 64) {
    const double around = std::max({step_at(seam - 2), step_at(seam - 1), step_at(seam + 2)});
    CHECK(step_at(seam) <= around * 1.5 + 0.3);
  }
}

TEST_CASE("phantoms: the colour rule finds the drawn cell in every class and stain") {
  for (CellClass cell_class : kAllClasses) {
    for (const Stain& stain : known_stains()) {
      CAPTURE(class_name(cell_class));
      CAPTURE(stain.name);
      Settings settings = of_class(cell_class, 31);
      settings.stain = stain;
      settings.noise = 1.5;
      const std::optional<Scene> scene = lay_out(settings);
      REQUIRE(scene);
      Picture picture;
      picture.width = settings.width_px;
      picture.height = settings.height_px;
      picture.rgb = draw(settings, *scene);
      const std::vector<Sighting> found = find_cells(picture);
      REQUIRE(found.size() == 1);
      const Box& box = found[0].box;
      const Point middle_um =
          Point{box.x + box.width * 0.5, box.y + box.height * 0.5} * settings.um_per_px;
      const WhiteCell& cell = scene->white[0];
      CHECK(distance(cell.outline, middle_um - cell.centre_um) < 0);
    }
  }
}

TEST_CASE("phantoms: options are read") {
  const auto result = parsed({"--out",         "o",        "--truth", "t.json",
                              "--count",       "3",        "--seed",  "18446744073709551615",
                              "--class",       "basophil", "--class", "monocyte",
                              "--cells",       "7",        "--size",  "10000x64",
                              "--um-per-px",   "0.25",     "--stain", "0.5,1.5",
                              "--blur",        "2.5",      "--noise", "0",
                              "--red-density", "0.9"});
  REQUIRE(std::holds_alternative<Options>(result));
  const Options& options = std::get<Options>(result);
  CHECK(options.folder == "o");
  CHECK(options.truth_file == "t.json");
  CHECK(options.count == 3);
  CHECK_FALSE(options.help);
  const Settings& settings = options.settings;
  CHECK(settings.seed == 18446744073709551615ULL);
  CHECK(settings.classes == std::vector{CellClass::kBasophil, CellClass::kMonocyte});
  CHECK(settings.white_cells == 7);
  CHECK(settings.width_px == 10000);
  CHECK(settings.height_px == 64);
  CHECK(settings.um_per_px == 0.25);
  CHECK(settings.stain.eosin == 0.5);
  CHECK(settings.stain.azure == 1.5);
  CHECK(settings.blur_px == 2.5);
  CHECK(settings.noise == 0);
  CHECK(settings.red_density == 0.9);

  const auto help = parsed({"--help"});
  REQUIRE(std::holds_alternative<Options>(help));
  CHECK(std::get<Options>(help).help);
}

TEST_CASE("phantoms: each wrong option is named with what would be right") {
  CHECK(complaint({}) == "say where the pictures go: --out DIR");
  CHECK(complaint({"--out"}) == "--out needs a value (DIR)");
  CHECK(complaint({"--colour", "red"}) == "there is no option \"--colour\"; see --help");
  CHECK(complaint({"picture.png"}) == "there is no option \"picture.png\"; see --help");
  CHECK(
      complaint({"--size", "320"}) ==
      "--size can't be \"320\"; give WIDTHxHEIGHT, each from 64 to 10000 pixels, such as 320x240");
  CHECK(complaint({"--class", "blast"}) ==
        "--class can't be \"blast\"; give one of eosinophil, lymphocyte, monocyte, neutrophil, "
        "basophil");
  CHECK(complaint({"--stain", "green"}) ==
        "--stain can't be \"green\"; give standard, pale, blue, yellow, grey-cast, or EOSIN,AZURE, "
        "two strengths from 0 to 3 such as 1.0,0.8");
  struct Wrong {
    const char *option, *value, *expected;
  };
  for (const Wrong& wrong : {
           Wrong{"--size", "63x200", "WIDTHxHEIGHT"},
           Wrong{"--size", "200x10001", "WIDTHxHEIGHT"},
           Wrong{"--size", "200x", "WIDTHxHEIGHT"},
           Wrong{"--size", "x200", "WIDTHxHEIGHT"},
           Wrong{"--size", "200x200px", "WIDTHxHEIGHT"},
           Wrong{"--seed", "-1", "a whole number from 0"},
           Wrong{"--seed", "1.5", "a whole number from 0"},
           Wrong{"--seed", "18446744073709551616", "a whole number from 0"},
           Wrong{"--cells", "-1", "a whole number from 0 to 100000"},
           Wrong{"--cells", "", "a whole number from 0 to 100000"},
           Wrong{"--count", "0", "a whole number from 1 to 100000"},
           Wrong{"--um-per-px", "0", "a number from 0.02 to 1"},
           Wrong{"--um-per-px", "nan", "a number from 0.02 to 1"},
           Wrong{"--stain", "1,4", "standard, pale"},
           Wrong{"--stain", "1,", "standard, pale"},
           Wrong{"--blur", "21", "a number of pixels from 0 to 20"},
           Wrong{"--noise", "-0.1", "a number of 8-bit steps from 0 to 64"},
           Wrong{"--red-density", "0.95", "a share from 0 to 0.9"},
           Wrong{"--truth", "", "the name of a file"},
           Wrong{"--out", "", "the name of a folder"},
       }) {
    const std::string expected =
        std::string(wrong.option) + " can't be \"" + wrong.value + "\"; give " + wrong.expected;
    CHECK(complaint({wrong.option, wrong.value}).substr(0, expected.size()) == expected);
  }
}

TEST_CASE("phantoms: help names every option and ends with examples") {
  const std::string help = help_text();
  for (const char* name :
       {"--out", "--truth", "--count", "--seed", "--class", "--cells", "--size", "--um-per-px",
        "--stain", "--blur", "--noise", "--red-density", "--help", "examples:", "exit codes:"}) {
    CAPTURE(name);
    CHECK(help.find(name) != std::string::npos);
  }
}
