#include "tools/trainer/crops.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <mutex>
#include <span>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "core/cells/find.h"
#include "core/net/sha256.h"
#include "core/picture/decode.h"
#include "tools/trainer/files.h"
#include "tools/trainer/random.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;

// As the set's test pictures.
constexpr int kDrawnWidth = 320, kDrawnHeight = 240;
constexpr int kTries = 8;

Picture read_picture(const fs::path& path) {
  const std::vector<std::byte> bytes = read_bytes(path);
  auto picture = decode(bytes);
  if (!picture) throw std::runtime_error(path.string() + ": " + error_message(picture.error()));
  return std::move(*picture);
}

// One colour sample, black beyond the edge.
std::array<double, 3> sample(const Picture& picture, double x, double y) {
  std::array<double, 3> sum{};
  const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
  for (int dy = 0; dy < 2; ++dy) {
    for (int dx = 0; dx < 2; ++dx) {
      const int px = left + dx, py = top + dy;
      if (px < 0 || py < 0 || px >= picture.width || py >= picture.height) continue;
      const double weight = (dx ? x - left : 1 - (x - left)) * (dy ? y - top : 1 - (y - top));
      const std::uint8_t* rgb = &picture.rgb[(std::size_t(py) * picture.width + px) * 3];
      for (int c = 0; c < 3; ++c) sum[c] += weight * rgb[c];
    }
  }
  return sum;
}

// A version of the original as the makers of the set drew theirs, turned up to 20 degrees, sheared
// and shifted; version 0 is only made smaller.
Picture drawn(const Picture& original, int variant, Random& random) {
  const bool plain = variant == 0;
  const double turn = plain ? 0 : random.between(-0.35, 0.35);
  const double shear = plain ? 0 : random.between(-0.2, 0.2);
  const double shift_x = plain ? 0 : random.between(-0.1, 0.1) * original.width;
  const double shift_y = plain ? 0 : random.between(-0.1, 0.1) * original.height;
  const double flip_x = !plain && random.chance(0.5) ? -1 : 1;
  const double flip_y = !plain && random.chance(0.5) ? -1 : 1;
  const double step_x = double(original.width) / kDrawnWidth;
  const double step_y = double(original.height) / kDrawnHeight;
  Picture picture;
  picture.width = kDrawnWidth;
  picture.height = kDrawnHeight;
  picture.rgb.resize(std::size_t(kDrawnWidth) * kDrawnHeight * 3);
  std::uint8_t* target = picture.rgb.data();
  for (int y = 0; y < kDrawnHeight; ++y) {
    for (int x = 0; x < kDrawnWidth; ++x, target += 3) {
      std::array<double, 3> sum{};
      for (int part = 0; part < 4; ++part) {  // four samples: the versions are half the size
        const double u = (x + 0.25 + 0.5 * (part % 2)) * step_x - original.width / 2.0 + shift_x;
        const double v = (y + 0.25 + 0.5 * (part / 2)) * step_y - original.height / 2.0 + shift_y;
        const double su = flip_x * (std::cos(turn) * u - std::sin(turn + shear) * v);
        const double sv = flip_y * (std::sin(turn) * u + std::cos(turn + shear) * v);
        const auto rgb =
            sample(original, su + original.width / 2.0 - 0.5, sv + original.height / 2.0 - 0.5);
        for (int c = 0; c < 3; ++c) sum[c] += rgb[c];
      }
      for (int c = 0; c < 3; ++c) target[c] = static_cast<std::uint8_t>(sum[c] / 4 + 0.5);
    }
  }
  return picture;
}

// Crop with the product's function, kept as 8 bits.
void cut(const Picture& picture, const Box& box, int side_px, double scale, std::uint8_t* target) {
  InputSpec spec;
  spec.width = spec.height = side_px;
  spec.crop_scale = static_cast<float>(scale);
  Tensor tensor;
  crop(picture, box, spec, tensor);
  for (float value : tensor.values) {
    *target++ = static_cast<std::uint8_t>(std::clamp(value, 0.0f, 1.0f) * 255 + 0.5f);
  }
}

// Fills all variants of one original.
void cut_original(Crops& crops, int index, const Original& original, const Recipe& recipe,
                  const fs::path& folder) {
  const Picture whole = read_picture(folder / original.file);
  for (int variant = 0; variant < crops.variants; ++variant) {
    Random random(mixed(recipe.seed, text_number(original.file), variant));
    std::vector<Sighting> found;
    Picture picture;
    for (int attempt = 0; found.empty() && attempt < kTries; ++attempt) {
      picture = drawn(whole, variant == 0 ? attempt : variant, random);
      found = find_cells(picture);
    }
    if (found.empty()) {
      throw std::runtime_error((folder / original.file).string() +
                               ": the finder sees no cell in it; leave it out of index.csv");
    }
    const Box box = found.front().box;
    cut(picture, box, crops.wide_px, recipe.crop_scale * recipe.margin,
        &crops.wide[crops.wide_at(index, variant)]);
    cut(picture, box, crops.exact_px, recipe.crop_scale,
        &crops.exact[crops.exact_at(index, variant)]);
  }
}

Crops empty_crops(std::size_t originals, const Recipe& recipe) {
  Crops crops;
  crops.variants = recipe.variants;
  crops.exact_px = recipe.input_px;
  crops.wide_px = static_cast<int>(std::lround(recipe.input_px * recipe.margin));
  const std::size_t count = originals * recipe.variants;
  crops.wide.resize(count * crops.wide_px * crops.wide_px * 3);
  crops.exact.resize(count * crops.exact_px * crops.exact_px * 3);
  return crops;
}

// What the crops depend on, apart from the code of finder and crop.
std::string cache_key(const std::vector<Original>& originals, const Recipe& recipe) {
  std::ostringstream text;
  text << recipe.seed << ' ' << recipe.variants << ' ' << recipe.input_px << ' ' << recipe.margin
       << ' ' << recipe.crop_scale << '\n';
  for (const Original& original : originals) text << original.file << '\n';
  const std::string whole = text.str();
  return sha256_hex(std::as_bytes(std::span(whole)));
}

// Whether today's finder cuts the first originals as the cache has them.
bool still_true(const Crops& crops, const std::vector<Original>& originals, const Recipe& recipe,
                const fs::path& folder) {
  const int count = std::min<int>(4, static_cast<int>(originals.size()));
  Crops fresh = empty_crops(count, recipe);
  for (int i = 0; i < count; ++i) cut_original(fresh, i, originals[i], recipe, folder);
  return std::equal(fresh.wide.begin(), fresh.wide.end(), crops.wide.begin()) &&
         std::equal(fresh.exact.begin(), fresh.exact.end(), crops.exact.begin());
}

void cut_all(Crops& crops, const std::vector<Original>& originals, const Recipe& recipe,
             const fs::path& folder, int threads) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::string fault;
  const auto work = [&] {
    for (std::size_t i; (i = next++) < originals.size();) {
      try {
        cut_original(crops, static_cast<int>(i), originals[i], recipe, folder);
      } catch (const std::exception& error) {
        const std::lock_guard lock(mutex);
        if (fault.empty()) fault = error.what();
        next = originals.size();
      }
      if (i % 50 == 0) std::printf("cutting cells out: %zu of %zu\n", i, originals.size());
    }
  };
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t) workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();
  if (!fault.empty()) throw std::runtime_error(fault);
}

}  // namespace

InputSpec input_spec(const Recipe& recipe) {
  InputSpec spec;
  spec.width = spec.height = recipe.input_px;
  for (int c = 0; c < 3; ++c) {
    spec.mean[c] = static_cast<float>(recipe.mean[c]);
    spec.std[c] = static_cast<float>(recipe.std[c]);
  }
  spec.crop_scale = static_cast<float>(recipe.crop_scale);
  spec.context_scale = static_cast<float>(recipe.context_scale);
  if (recipe.normalisation == "density") spec.normalisation = Normalisation::kDensity;
  return spec;
}

Crops load_crops(const std::vector<Original>& originals, const Recipe& recipe, const fs::path& data,
                 const fs::path& cache, int threads) {
  const fs::path folder = data / recipe.data;
  const fs::path file = cache / ("crops-" + cache_key(originals, recipe).substr(0, 16) + ".bin");
  Crops crops = empty_crops(originals.size(), recipe);
  if (fs::exists(file) && fs::file_size(file) == crops.wide.size() + crops.exact.size()) {
    std::ifstream in(file, std::ios::binary);
    in.read(reinterpret_cast<char*>(crops.wide.data()), std::streamsize(crops.wide.size()));
    in.read(reinterpret_cast<char*>(crops.exact.data()), std::streamsize(crops.exact.size()));
    if (in && still_true(crops, originals, recipe, folder)) return crops;
    std::printf("the finder or the crop has changed; cutting the cells out anew\n");
  }
  cut_all(crops, originals, recipe, folder, threads);
  write_atomically(file, [&](std::ostream& out) {
    out.write(reinterpret_cast<const char*>(crops.wide.data()), std::streamsize(crops.wide.size()));
    out.write(reinterpret_cast<const char*>(crops.exact.data()),
              std::streamsize(crops.exact.size()));
  });
  return crops;
}

}  // namespace leukolens::trainer
