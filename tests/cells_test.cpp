// The cells room: drawn discs of known place are found, cropped and judged.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "core/cells/crop.h"
#include "core/cells/density.h"
#include "core/cells/find.h"
#include "core/cells/judge.h"
#include "core/cells/mask.h"
#include "core/picture/decode.h"
#include "doctest.h"
#include "tests/picture_files.h"

using namespace leukolens;

namespace {

struct Stain {
  const char* name;
  std::uint8_t field[3], red_cell[3], nucleus[3];
};

constexpr Stain kStains[] = {
    {"pale", {235, 225, 225}, {225, 180, 175}, {110, 60, 150}},
    {"yellow cast", {230, 220, 160}, {220, 170, 110}, {110, 70, 120}},
    {"blue cast", {190, 205, 230}, {170, 150, 170}, {70, 50, 160}},
};

Picture even(int width, int height, const std::uint8_t (&colour)[3]) {
  Picture picture;
  picture.width = width;
  picture.height = height;
  for (int i = 0; i < width * height; ++i) {
    picture.rgb.insert(picture.rgb.end(), std::begin(colour), std::end(colour));
  }
  return picture;
}

void draw_disc(Picture& picture, double x, double y, double radius,
               const std::uint8_t (&colour)[3]) {
  const int top = std::max(0, int(y - radius)), left = std::max(0, int(x - radius));
  const int bottom = std::min(picture.height, int(y + radius) + 1);
  const int right = std::min(picture.width, int(x + radius) + 1);
  for (int v = top; v < bottom; ++v) {
    for (int u = left; u < right; ++u) {
      if (std::hypot(u + 0.5 - x, v + 0.5 - y) > radius) continue;
      std::copy_n(colour, 3, picture.rgb.begin() + (std::ptrdiff_t(v) * picture.width + u) * 3);
    }
  }
}

Box box_around(const Picture& picture, double x, double y, double radius) {
  const int left = std::max(0, int(std::floor(x - radius)));
  const int top = std::max(0, int(std::floor(y - radius)));
  const int right = std::min(picture.width, int(std::ceil(x + radius)));
  const int bottom = std::min(picture.height, int(std::ceil(y + radius)));
  return {left, top, right - left, bottom - top};
}

double overlap(const Box& a, const Box& b) {
  const int width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const int height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const double both = double(width) * height;
  return both / (double(a.width) * a.height + double(b.width) * b.height - both);
}

// A repeatable sequence of even noise from -range to range.
class Noise {
 public:
  explicit Noise(std::uint32_t seed) : state_(seed) {}
  int next(int range) {
    state_ = state_ * 1664525u + 1013904223u;
    return int((state_ >> 8) % std::uint32_t(2 * range + 1)) - range;
  }

 private:
  std::uint32_t state_;
};

void add_noise(Picture& picture, int range, std::uint32_t seed) {
  Noise noise(seed);
  for (std::uint8_t& value : picture.rgb) {
    value = std::uint8_t(std::clamp(value + noise.next(range), 0, 255));
  }
}

// A field with red cells in rows and one nucleus.
Picture field(const Stain& stain, int width, int height, double x, double y, double radius) {
  Picture picture = even(width, height, stain.field);
  for (double v = radius; v < height; v += 3 * radius) {
    for (double u = radius; u < width; u += 3 * radius) {
      draw_disc(picture, u, v, radius * 0.8, stain.red_cell);
    }
  }
  draw_disc(picture, x, y, radius, stain.nucleus);
  return picture;
}

}  // namespace

TEST_CASE("a drawn nucleus is found over sizes, shapes and stains") {
  struct Size {
    int width, height;
  };
  for (const Stain& stain : kStains) {
    for (const Size& size : {Size{640, 480}, Size{480, 640}, Size{1600, 1200}, Size{200, 200},
                             Size{100, 90}, Size{1001, 333}}) {
      for (double place : {0.25, 0.5, 0.7}) {
        const double radius = std::min(size.width, size.height) * 0.12;
        const double x = size.width * place, y = size.height * (1 - place);
        Picture picture = field(stain, size.width, size.height, x, y, radius);
        add_noise(picture, 10, 7);
        CAPTURE(stain.name);
        CAPTURE(size.width);
        CAPTURE(place);
        const auto found = find_cells(picture);
        REQUIRE(found.size() == 1);
        const Box& box = found[0].box;
        CHECK(overlap(box, box_around(picture, x, y, radius)) > 0.75);
        CHECK(std::abs(box.x + box.width / 2.0 - x) < 0.01 * size.width + 1);
        CHECK(std::abs(box.y + box.height / 2.0 - y) < 0.01 * size.width + 1);
        CHECK(found[0].score > 0.1f);
        CHECK(found[0].score <= 1.0f);
      }
    }
  }
}

TEST_CASE("of two nuclei the larger is taken, and lobes make one cell") {
  Picture two = even(640, 480, kStains[0].field);
  draw_disc(two, 150, 150, 40, kStains[0].nucleus);
  draw_disc(two, 450, 300, 60, kStains[0].nucleus);
  REQUIRE(find_cells(two).size() == 1);
  CHECK(overlap(find_cells(two)[0].box, box_around(two, 450, 300, 60)) > 0.8);

  Picture lobes = even(640, 480, kStains[0].field);
  for (double x : {260.0, 318.0, 376.0}) draw_disc(lobes, x, 240, 26, kStains[0].nucleus);
  REQUIRE(find_cells(lobes).size() == 1);
  CHECK(overlap(find_cells(lobes)[0].box, Box{234, 214, 168, 52}) > 0.8);
}

TEST_CASE("a cell cut by the frame, and one that fills it") {
  Picture cut = even(640, 480, kStains[0].field);
  draw_disc(cut, 10, 470, 80, kStains[0].nucleus);
  const auto corner = find_cells(cut);
  REQUIRE(corner.size() == 1);
  CHECK(corner[0].box.x == 0);
  CHECK(corner[0].box.y + corner[0].box.height == 480);
  CHECK(overlap(corner[0].box, box_around(cut, 10, 470, 80)) > 0.8);

  Picture filled = even(120, 120, kStains[0].field);
  draw_disc(filled, 60, 60, 59, {185, 170, 205});  // cytoplasm
  draw_disc(filled, 55, 60, 40, kStains[0].nucleus);
  const auto all = find_cells(filled);
  REQUIRE(all.size() == 1);
  CHECK(overlap(all[0].box, box_around(filled, 55, 60, 40)) > 0.8);
}

TEST_CASE("nothing is found where nothing stands out") {
  const std::uint8_t grey[3] = {128, 128, 128}, blue[3] = {20, 30, 200};
  CHECK(find_cells(even(640, 480, grey)).empty());
  CHECK(find_cells(even(640, 480, blue)).empty());
  CHECK(find_cells(even(16, 16, grey)).empty());
  for (std::uint32_t seed : {1u, 2u, 3u}) {
    Picture noisy = even(640, 480, grey);
    add_noise(noisy, 30, seed);
    CHECK(find_cells(noisy).empty());
  }
  Picture black_and_white = even(300, 200, grey);
  draw_disc(black_and_white, 100, 100, 40, {30, 30, 30});
  CHECK(find_cells(black_and_white).empty());
}

TEST_CASE("a ribbon of a picture is still read") {
  for (const auto& [width, height] : {std::pair(16, 20000), std::pair(20000, 16)}) {
    Picture ribbon = even(width, height, kStains[0].field);
    draw_disc(ribbon, width / 2.0, height / 2.0, 400, kStains[0].nucleus);
    const auto found = find_cells(ribbon);
    REQUIRE(found.size() == 1);
    const Box& box = found[0].box;
    CHECK(std::abs(box.x + box.width / 2.0 - width / 2.0) < 140);
    CHECK(std::abs(box.y + box.height / 2.0 - height / 2.0) < 140);
  }
}

TEST_CASE("boxes are in the picture as seen, after its turn") {
  // The disc in cell.jpg is 48 pixels across, around (110, 40) of 160 x 120.
  const picture_files::File jpeg = picture_files::fixture("cell.jpg");
  const Box upright{86, 16, 48, 48}, clockwise{120 - 64, 86, 48, 48}, half{26, 56, 48, 48};
  const std::pair<int, Box> rows[] = {{1, upright}, {3, half}, {6, clockwise}};
  for (const auto& [orientation, expected] : rows) {
    const auto picture = decode(picture_files::with_orientation(jpeg, orientation, true));
    REQUIRE(picture.ok());
    const auto found = find_cells(*picture);
    REQUIRE(found.size() == 1);
    CHECK(overlap(found[0].box, expected) > 0.9);
  }
}

TEST_CASE("morphology closes gaps, removes specks and leaves the edge alone") {
  const auto mask_of = [](std::vector<std::string_view> rows) {
    Mask mask{int(rows[0].size()), int(rows.size()), {}};
    for (std::string_view row : rows) {
      for (char c : row) mask.pixels.push_back(c == '#');
    }
    return mask;
  };
  Mask gap = mask_of({"###.###", "###.###", "###.###"});
  close(gap, 1);
  CHECK(gap.pixels == mask_of({"#######", "#######", "#######"}).pixels);

  Mask speck = mask_of({"###....", "###..#.", "###....", "......."});
  open(speck, 1);
  CHECK(speck.pixels == mask_of({"###....", "###....", "###....", "......."}).pixels);

  const Mask diagonal = mask_of({"##...", "##...", "..#..", "....#"});
  const std::vector<float> ones(20, 1.0f);
  auto found = components(diagonal, ones);
  REQUIRE(found.size() == 2);
  CHECK(found[0].box == Box{0, 0, 3, 3});
  CHECK(found[0].area_px == 5);
  CHECK(found[0].weight == 5.0);
  CHECK(found[1].box == Box{4, 3, 1, 1});
}

TEST_CASE("the crop is the square around the box, normalised") {
  const Picture picture = picture_files::pattern(60, 50);
  InputSpec spec;
  spec.width = spec.height = 20;
  spec.crop_scale = 1;
  for (int c = 0; c < 3; ++c) {
    spec.mean[c] = 0.1f * float(c + 1);
    spec.std[c] = 0.2f * float(c + 1);
  }
  Tensor tensor;
  crop(picture, {20, 15, 20, 10}, spec, tensor);  // grows to 20 x 20 at (20, 10)
  CHECK(tensor.shape == std::array<std::size_t, 4>{1, 20, 20, 3});
  REQUIRE(tensor.values.size() == 20 * 20 * 3);
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 20; ++x) {
      for (int c = 0; c < 3; ++c) {
        const float pixel = picture.rgb[std::size_t(((y + 10) * 60 + x + 20) * 3 + c)];
        const float expected = (pixel / 255 - spec.mean[c]) / spec.std[c];
        REQUIRE(tensor.values[std::size_t((y * 20 + x) * 3 + c)] ==
                doctest::Approx(expected).epsilon(1e-5));
      }
    }
  }
}

TEST_CASE("a crop beyond the edge repeats the edge") {
  const std::uint8_t left[3] = {10, 20, 30}, right[3] = {200, 210, 220};
  Picture picture = even(40, 40, left);
  for (int y = 0; y < 40; ++y) {
    for (int x = 20; x < 40; ++x) {
      std::copy_n(right, 3, picture.rgb.begin() + (y * 40 + x) * 3);
    }
  }
  InputSpec spec;
  spec.width = spec.height = 8;
  spec.crop_scale = 2;
  Tensor tensor;
  crop(picture, {0, 0, 40, 40}, spec, tensor);  // from (-20, -20) to (60, 60)
  for (std::size_t i = 0; i < 64; ++i) {
    const bool is_left = i % 8 < 4;
    CHECK(tensor.values[i * 3] == doctest::Approx((is_left ? 10 : 200) / 255.0));
    CHECK(tensor.values[i * 3 + 2] == doctest::Approx((is_left ? 30 : 220) / 255.0));
  }
  crop(picture, {39, 39, 1, 1}, spec, tensor);
  CHECK(tensor.values.back() == doctest::Approx(220 / 255.0));
}

TEST_CASE("the tensor's memory is kept from crop to crop") {
  const Picture picture = picture_files::pattern(64, 64);
  InputSpec spec;
  spec.width = 32;
  spec.height = 24;
  Tensor tensor;
  crop(picture, {10, 10, 30, 30}, spec, tensor);
  const float* memory = tensor.values.data();
  const std::vector<float> first = tensor.values;
  crop(picture, {0, 0, 64, 64}, spec, tensor);
  CHECK(tensor.values != first);
  crop(picture, {10, 10, 30, 30}, spec, tensor);
  CHECK(tensor.values.data() == memory);
  CHECK(tensor.values == first);
  CHECK(tensor.shape == std::array<std::size_t, 4>{1, 24, 32, 3});
}

TEST_CASE("judging: probabilities, temperature, threshold") {
  const std::vector<float> logits = {1, 3, 2, -1};
  const Judgement plain = judge(logits, {1, 0.6f});
  double sum = 0;
  for (float logit : logits) sum += std::exp(double(logit));
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(plain.probabilities[i] == doctest::Approx(std::exp(double(logits[i])) / sum));
  }
  CHECK(plain.class_index == 1);
  CHECK(plain.verdict == Verdict::kClassified);  // 0.657 of 0.6

  const Judgement warm = judge(logits, {2, 0.6f});
  CHECK(warm.probabilities[1] / warm.probabilities[2] == doctest::Approx(std::exp(0.5)));
  CHECK(warm.class_index == 1);
  CHECK(warm.verdict == Verdict::kUnsure);

  // At the threshold itself the cell is classified.
  const std::vector<float> even_logits(4, 5.0f);
  CHECK(judge(even_logits, {1, 0.25f}).verdict == Verdict::kClassified);
  CHECK(judge(even_logits, {1, 0.2501f}).verdict == Verdict::kUnsure);
  CHECK(judge(even_logits, {1, 0.25f}).class_index == 0);
}

TEST_CASE("judging extreme logits stays finite and sums to 1") {
  constexpr float kLargest = std::numeric_limits<float>::max();
  for (const std::vector<float>& logits :
       {std::vector<float>{kLargest, -kLargest, 0}, std::vector<float>{-kLargest, -kLargest},
        std::vector<float>{1000, 999, -1000, 998}, std::vector<float>{42}}) {
    for (float temperature : {0.01f, 1.0f, 100.0f}) {
      const Judgement judgement = judge(logits, {temperature, 0.5f});
      const double sum =
          std::accumulate(judgement.probabilities.begin(), judgement.probabilities.end(), 0.0);
      CHECK(sum == doctest::Approx(1).epsilon(1e-6));
      CHECK(judgement.class_index == 0);
    }
  }
}

TEST_CASE("verdicts have stable names") {
  CHECK(verdict_name(Verdict::kClassified) == "classified");
  CHECK(verdict_name(Verdict::kUnsure) == "unsure");
  CHECK(verdict_name(Verdict::kOtherOrAbnormal) == "other_or_abnormal");
  CHECK(verdict_name(Verdict::kNotAWhiteCell) == "not_a_white_cell");
}

TEST_CASE("a side that reaches its threshold decides the verdict, the classes keep their shares") {
  const Calibration calibration{
      1, 0.5f, {{Verdict::kOtherOrAbnormal, 0.5f}, {Verdict::kNotAWhiteCell, 0.6f}}};
  const std::vector<float> neither{3, 0, -2, -2};
  CHECK(judge(neither, calibration).verdict == Verdict::kClassified);
  CHECK(judge(neither, calibration).probabilities.size() == 2);
  CHECK(judge(neither, calibration).sides[0] == doctest::Approx(1 / (1 + std::exp(2.0))));
  const std::vector<float> abnormal{3, 0, 0, 0.3f};  // exactly at 0.5; 0.574 stays below 0.6
  CHECK(judge(abnormal, calibration).verdict == Verdict::kOtherOrAbnormal);
  const std::vector<float> both{3, 0, 0.1f, 4};
  CHECK(judge(both, calibration).verdict == Verdict::kNotAWhiteCell);
  CHECK(judge(both, calibration).class_index == 0);
}

TEST_CASE("densities of a picture don't change with the light, and scale with the stain") {
  Picture picture;
  picture.width = picture.height = 40;
  picture.rgb.assign(40 * 40 * 3, 200);
  for (int y = 10; y < 30; ++y) {
    for (int x = 10; x < 30; ++x) {
      std::uint8_t* rgb = &picture.rgb[(std::size_t(y) * 40 + x) * 3];
      rgb[0] = 120, rgb[1] = 40, rgb[2] = 150;
    }
  }
  Picture dim = picture;  // half the light, another white balance
  for (std::size_t i = 0; i < dim.rgb.size(); ++i) {
    const double gain = i % 3 == 0 ? 0.5 : i % 3 == 1 ? 0.6 : 0.8;
    dim.rgb[i] = static_cast<std::uint8_t>(std::lround((dim.rgb[i] + 1) * gain - 1));
  }
  const Box whole{0, 0, 40, 40};
  const Density bright_light = measure_density(picture, whole),
                dim_light = measure_density(dim, whole);
  CHECK(bright_light.light[1] == 200);
  CHECK(dim_light.light[1] == 120);
  float bright[3] = {120, 40, 150},
        dark[3] = {float(dim.rgb[(15 * 40 + 15) * 3]), float(dim.rgb[(15 * 40 + 15) * 3 + 1]),
                   float(dim.rgb[(15 * 40 + 15) * 3 + 2])};
  to_density(bright_light, bright, 1);
  to_density(dim_light, dark, 1);
  for (int c = 0; c < 3; ++c) CHECK(dark[c] == doctest::Approx(bright[c]).epsilon(0.03));
  const double mean = (std::log(201 / 121.0) + std::log(201 / 41.0) + std::log(201 / 151.0)) / 3;
  CHECK(bright_light.scale == doctest::Approx(mean).epsilon(1e-3));
  CHECK(bright[1] == doctest::Approx(std::log(201 / 41.0) / mean).epsilon(1e-3));
  float ground[3] = {200, 255, 0};
  to_density(bright_light, ground, 1);
  CHECK(ground[0] == doctest::Approx(0));
  CHECK(ground[1] < 0);
  CHECK(ground[2] == 2);  // clipped
}

TEST_CASE("a black frame changes neither light nor scale; a black picture is still measured") {
  Picture picture;
  picture.width = picture.height = 40;
  picture.rgb.assign(40 * 40 * 3, 200);
  std::fill(picture.rgb.begin(), picture.rgb.begin() + 8 * 40 * 3, std::uint8_t{90});
  const Density clear = measure_density(picture, {0, 0, 40, 20});
  std::fill(picture.rgb.begin() + 20 * 40 * 3, picture.rgb.end(), std::uint8_t{3});
  const Density framed = measure_density(picture, {0, 0, 40, 40});
  CHECK(framed.light[1] == clear.light[1]);
  CHECK(framed.scale == doctest::Approx(clear.scale));
  std::fill(picture.rgb.begin(), picture.rgb.end(), std::uint8_t{3});
  CHECK(measure_density(picture, {0, 0, 40, 40}).light[0] == 3);
}
