#include "tools/trainer/field_batches.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "core/cells/density.h"
#include "core/cells/peaks.h"
#include "core/picture/resize.h"
#include "tools/trainer/augment.h"
#include "tools/trainer/field_targets.h"
#include "tools/trainer/random.h"

namespace leukolens::trainer {
namespace {

constexpr double kIncompleteShare = 0.5;  // of what a set with unknown things would get
constexpr double kSmallestRedPx = 16, kLargestRedPx = 72, kUsualRedPx = 40, kUsualSpread = 0.2;
constexpr double kUsual = 0.5;       // of the windows have about the size the finder looks at last
constexpr double kAtAThing = 0.7;    // of the windows lie around one
constexpr double kSquash = 0.08;     // standard deviation of the logarithm of height / width
constexpr float kBlack = 2;          // densities are clipped there
constexpr double kLeastSeen = 0.35;  // of a thing's area, to be asked for

// The bright disc an eyepiece shows, in pixels of the window; black around it.
struct Disc {
  double x = 0, y = 0, radius = 0;

  bool holds(double at_x, double at_y) const { return std::hypot(at_x - x, at_y - y) < radius; }
};

// A window of a field: where it lies, how it is turned, and what an eyepiece leaves of it.
struct Window {
  Region region;
  int px = 0;
  bool flip_x = false, flip_y = false, swap = false;
  std::optional<Disc> disc;
};

// Its edge runs through the window and leaves the greater part.
Disc random_disc(int px, Random& random) {
  const double radius = px * random.between(0.6, 2.5), away = random.between(0, 6.283185307179586);
  const double distance = radius - px * random.between(0.05, 0.5);
  return {px / 2.0 + distance * std::cos(away), px / 2.0 + distance * std::sin(away), radius};
}

double random_red_px(Random& random) {
  if (random.chance(kUsual)) return kUsualRedPx * std::exp(kUsualSpread * random.normal());
  return kSmallestRedPx * std::pow(kLargestRedPx / kSmallestRedPx, random.unit());
}

// The start of `length` that holds `middle` somewhere, inside the picture if there is room.
double random_start(double middle, double length, double side, Random& random) {
  if (length >= side) return (side - length) * random.unit();
  return std::clamp(middle - length * random.unit(), 0.0, side - length);
}

Window random_window(const FieldPicture& field, const Recipe& recipe, Random& random) {
  const int px = recipe.input_px;
  Window window;
  window.px = px;
  const double scale = random_red_px(random) / field.red_px;
  const double squash = std::exp(kSquash * random.normal());
  window.region.width = px / scale * squash;
  window.region.height = px / scale / squash;
  double x = field.picture.width * random.unit(), y = field.picture.height * random.unit();
  if (!field.boxes.empty() && random.chance(kAtAThing)) {
    // Rare kinds as often as common ones.
    std::vector<int> of_kind[kFieldKinds];
    for (std::size_t i = 0; i < field.boxes.size(); ++i) {
      of_kind[static_cast<int>(field.boxes[i].kind)].push_back(static_cast<int>(i));
    }
    const auto& chosen = of_kind[random.below(kFieldKinds)];
    const FieldBox& box = field.boxes[chosen.empty() ? random.below(field.boxes.size())
                                                     : chosen[random.below(chosen.size())]];
    x = box.x + box.width / 2, y = box.y + box.height / 2;
  }
  window.region.x = random_start(x, window.region.width, field.picture.width, random);
  window.region.y = random_start(y, window.region.height, field.picture.height, random);
  window.flip_x = random.chance(0.5);
  window.flip_y = random.chance(0.5);
  window.swap = random.chance(0.5);
  const double eyepiece = recipe.augment.erase;
  if (eyepiece > 0 && random.chance(eyepiece)) window.disc = random_disc(px, random);
  return window;
}

// Things as they stand in the window; those with too little inside are left out.
std::vector<Peak> things_in(const FieldPicture& field, const Window& window) {
  std::vector<Peak> things;
  const double across = window.px / window.region.width, down = window.px / window.region.height;
  for (const FieldBox& box : field.boxes) {
    const double left = (box.x - window.region.x) * across, top = (box.y - window.region.y) * down;
    const double right = left + box.width * across, bottom = top + box.height * down;
    const auto inside = [&](double v) { return std::clamp(v, 0.0, double(window.px)); };
    double x0 = inside(left), x1 = inside(right), y0 = inside(top), y1 = inside(bottom);
    const double seen = (x1 - x0) * (y1 - y0);
    if (seen < kLeastSeen * (right - left) * (bottom - top)) continue;
    if (window.disc && !window.disc->holds((x0 + x1) / 2, (y0 + y1) / 2)) continue;
    const auto mirror = [&](double& low, double& high) {
      low = window.px - low, high = window.px - high;
      std::swap(low, high);
    };
    if (window.flip_x) mirror(x0, x1);
    if (window.flip_y) mirror(y0, y1);
    if (window.swap) std::swap(x0, y0), std::swap(x1, y1);
    things.push_back({static_cast<int>(box.kind), 1, float(x0 + x1) / 2, float(y0 + y1) / 2,
                      float(x1 - x0), float(y1 - y0)});
  }
  return things;
}

void spoil(const AugmentPlan& plan, Random& random, std::vector<float>& rgb) {
  const double strength = random.between(0, plan.noise);
  const double gamma = std::exp(plan.offset * random.normal());
  for (float& value : rgb) {
    const double lit = 255 * std::pow(value / 255, gamma);
    // Four sums of uniform numbers stand in for a normal one; their deviation is 1 / sqrt(3).
    const double noise = (random.unit() + random.unit() + random.unit() + random.unit() - 2) * 1.73;
    value = static_cast<float>(std::clamp(lit + strength * noise, 0.0, 255.0));
  }
}

// Coarser and back: a picture out of focus, or enlarged from less.
void soften(const AugmentPlan& plan, Random& random, int px, std::vector<float>& rgb) {
  if (!random.chance(plan.blur)) return;
  Picture picture;
  picture.width = picture.height = px;
  picture.rgb.assign(rgb.begin(), rgb.end());
  const int coarse = static_cast<int>(px * random.between(0.4, 0.9));
  const Region whole{0, 0, double(px), double(px)};
  const Picture small = cut(picture, whole, coarse, coarse);
  resample(small, {0, 0, double(coarse), double(coarse)}, px, px, rgb.data());
}

void darken_outside(const Disc& disc, int px, std::vector<float>& densities) {
  for (int y = 0; y < px; ++y) {
    for (int x = 0; x < px; ++x) {
      if (disc.holds(x + 0.5, y + 0.5)) continue;
      std::fill_n(&densities[(std::size_t(y) * px + x) * 3], 3, kBlack);
    }
  }
}

// Interleaved densities of the window; beyond the picture there is ground.
std::vector<float> densities_of(const FieldPicture& field, const Density& density,
                                const Window& window, const Recipe& recipe, Random& random) {
  const int px = window.px;
  const std::size_t count = std::size_t(px) * px;
  std::vector<float> rgb(count * 3);
  resample(field.picture, window.region, px, px, rgb.data());
  soften(recipe.augment, random, px, rgb);
  spoil(recipe.augment, random, rgb);
  to_density(density, rgb.data(), count);
  tint(recipe.augment, random, rgb.data(), count);
  if (window.disc) darken_outside(*window.disc, px, rgb);
  const Region& region = window.region;
  for (int y = 0; y < px; ++y) {
    for (int x = 0; x < px; ++x) {
      const double at_x = region.x + (x + 0.5) * region.width / px;
      const double at_y = region.y + (y + 0.5) * region.height / px;
      const bool inside =
          at_x >= 0 && at_y >= 0 && at_x < field.picture.width && at_y < field.picture.height;
      if (!inside) std::fill_n(&rgb[(std::size_t(y) * px + x) * 3], 3, 0.0f);
    }
  }
  return rgb;
}

// Turned as the window says, normalised, channel after channel.
void write_planes(const std::vector<float>& rgb, const Window& window, const Recipe& recipe,
                  float* target) {
  const int px = window.px;
  for (int y = 0; y < px; ++y) {
    for (int x = 0; x < px; ++x) {
      const int from_x = window.flip_x ? px - 1 - x : x, from_y = window.flip_y ? px - 1 - y : y;
      const float* from = &rgb[(std::size_t(from_y) * px + from_x) * 3];
      float* to = target + (window.swap ? x * px + y : y * px + x);
      for (int c = 0; c < 3; ++c) {
        to[c * px * px] = static_cast<float>((from[c] - recipe.mean[c]) / recipe.std[c]);
      }
    }
  }
}

}  // namespace

FieldBatches::FieldBatches(const Recipe& recipe, const std::vector<FieldPicture>& fields)
    : recipe_(recipe), fields_(fields) {
  std::map<std::string, std::vector<int>> by_origin;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Picture& picture = fields[i].picture;
    densities_.push_back(measure_density(picture, {0, 0, picture.width, picture.height}));
    by_origin[fields[i].origin].push_back(static_cast<int>(i));
  }
  // Between laboratories by the root of their size.
  const auto weight = [&](const std::vector<int>& members) {
    const bool red_known = fields[members[0]].complete[static_cast<int>(Kind::kRedCell)];
    const double share = red_known ? 1 : kIncompleteShare;
    return share * std::sqrt(double(members.size()));
  };
  double sum = 0, bound = 0;
  for (const auto& [origin, members] : by_origin) sum += weight(members);
  for (const auto& [origin, members] : by_origin) {
    bound += weight(members) / sum;
    strata_.push_back({members, bound});
  }
}

Batch FieldBatches::make(std::int64_t step) const {
  const int px = recipe_.input_px, places = px / kFinderStep;
  Batch batch{torch::empty({recipe_.batch, 3, px, px}),
              torch::empty({recipe_.batch, kTargetPlanes, places, places})};
  for (int b = 0; b < recipe_.batch; ++b) {
    Random random(mixed(recipe_.seed, std::uint64_t(step) + 1, std::uint64_t(b)));
    const double pick = random.unit();
    std::size_t s = 0;
    while (s + 1 < strata_.size() && pick >= strata_[s].bound) ++s;
    const int index = strata_[s].fields[random.below(strata_[s].fields.size())];
    const FieldPicture& field = fields_[index];
    const Window window = random_window(field, recipe_, random);
    const std::vector<float> rgb = densities_of(field, densities_[index], window, recipe_, random);
    write_planes(rgb, window, recipe_,
                 batch.pictures.data_ptr<float>() + std::size_t(b) * 3 * px * px);
    write_target(things_in(field, window), field.complete, places,
                 batch.labels.data_ptr<float>() + std::size_t(b) * kTargetPlanes * places * places);
  }
  return batch;
}

}  // namespace leukolens::trainer
