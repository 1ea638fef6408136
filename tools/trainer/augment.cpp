#include "tools/trainer/augment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "tools/trainer/degrade.h"

namespace leukolens::trainer {
namespace {

constexpr int kDensitySteps = 512;  // per unit of optical density
constexpr float kDensest = 7;       // exp(-7) * 256 is below one grey level

// Tables, since logarithm and exponential would cost more than the rest together.
struct Tables {
  std::array<float, 1025> density;  // of quarter grey levels
  std::array<float, static_cast<int>(kDensest) * kDensitySteps + 1> light;  // of density steps
  std::array<float, 1 << 16> noise;
};

const Tables& tables() {
  static const Tables made = [] {
    Tables t;
    for (std::size_t i = 0; i < t.density.size(); ++i) {
      t.density[i] = std::log(256.0f / (static_cast<float>(i) / 4 + 1));
    }
    for (std::size_t i = 0; i < t.light.size(); ++i) {
      t.light[i] = 256.0f * std::exp(-static_cast<float>(i) / kDensitySteps) - 1;
    }
    Random random(1);
    for (float& value : t.noise) value = static_cast<float>(random.normal());
    return t;
  }();
  return made;
}

float light_of(float density) {
  const float step = std::clamp(density, 0.0f, kDensest) * kDensitySteps;
  return tables().light[static_cast<std::size_t>(step)];
}

// Target pixel -> source pixel.
struct Affine {
  float xx, xy, yx, yy, x, y;
};

Affine random_affine(const AugmentPlan& plan, int wide_px, int px, Random& random) {
  const double turn = random.between(0, 6.283185307179586);
  const double flip = random.chance(0.5) ? -1 : 1;
  const double reach = std::log(1 + plan.scale);
  const double zoom = std::exp(random.between(-reach, reach));
  const double stretch = std::exp(random.between(-reach, reach) / 3);
  const double shear = random.between(-plan.shear, plan.shear);
  const double cos = std::cos(turn), sin = std::sin(turn);
  Affine a;
  a.xx = static_cast<float>(flip * zoom * stretch * cos);
  a.xy = static_cast<float>(flip * zoom * (stretch * cos * shear - sin / stretch));
  a.yx = static_cast<float>(zoom * stretch * sin);
  a.yy = static_cast<float>(zoom * (stretch * sin * shear + cos / stretch));
  const double middle = (px - 1) / 2.0;
  a.x = static_cast<float>((wide_px - 1) / 2.0 + random.between(-plan.shift, plan.shift) * px -
                           (a.xx + a.xy) * middle);
  a.y = static_cast<float>((wide_px - 1) / 2.0 + random.between(-plan.shift, plan.shift) * px -
                           (a.yx + a.yy) * middle);
  return a;
}

// Bilinear, the edge pixel repeated; planes of 0..255.
void sample(const std::uint8_t* wide, int wide_px, const Affine& a, int px, float* planes) {
  const float last = static_cast<float>(wide_px) - 1.001f;
  const int area = px * px;
  for (int y = 0; y < px; ++y) {
    for (int x = 0; x < px; ++x) {
      const float u = std::clamp(a.xx * x + a.xy * y + a.x, 0.0f, last);
      const float v = std::clamp(a.yx * x + a.yy * y + a.y, 0.0f, last);
      const int left = static_cast<int>(u), top = static_cast<int>(v);
      const float fx = u - left, fy = v - top;
      const std::uint8_t* upper = wide + (top * wide_px + left) * 3;
      const std::uint8_t* lower = upper + wide_px * 3;
      for (int c = 0; c < 3; ++c) {
        const float above = upper[c] + fx * (upper[c + 3] - upper[c]);
        const float below = lower[c] + fx * (lower[c + 3] - lower[c]);
        planes[c * area + y * px + x] = above + fy * (below - above);
      }
    }
  }
}

// Colours drawn towards a random grey: rows of the mixing matrix become alike.
void draw_to_grey(Random& random, float (&mix)[3][3]) {
  double share[3], sum = 0;
  for (double& s : share) sum += s = 0.1 + random.unit();
  const float amount = static_cast<float>(random.chance(0.5) ? 1 : random.unit());
  for (int d = 0; d < 3; ++d) {
    float grey = 0;
    for (int c = 0; c < 3; ++c) grey += static_cast<float>(share[c] / sum) * mix[c][d];
    for (int c = 0; c < 3; ++c) mix[c][d] += amount * (grey - mix[c][d]);
  }
}

// A random change of stain and light: densities mixed, scaled and offset.
struct Tint {
  float mix[3][3], offset[3], common;
};

Tint random_tint(const AugmentPlan& plan, Random& random) {
  Tint tint;
  for (int c = 0; c < 3; ++c) {
    const double gain = std::exp(plan.gain * random.normal() / 2);
    for (int d = 0; d < 3; ++d) {
      tint.mix[c][d] = static_cast<float>(gain * ((c == d) + plan.stain * random.normal()));
    }
    tint.offset[c] = static_cast<float>(plan.offset * random.normal());
  }
  tint.common = static_cast<float>(std::exp(plan.gain * random.normal()));
  if (plan.grey > 0 && random.chance(plan.grey)) draw_to_grey(random, tint.mix);
  return tint;
}

float tinted(const Tint& tint, const float (&density)[3], int c) {
  const float mixed =
      tint.mix[c][0] * density[0] + tint.mix[c][1] * density[1] + tint.mix[c][2] * density[2];
  return tint.common * mixed + tint.offset[c];
}

void stain(const AugmentPlan& plan, int area, Random& random, float* planes) {
  const Tint tint = random_tint(plan, random);
  for (int i = 0; i < area; ++i) {
    float density[3];
    for (int c = 0; c < 3; ++c) {
      density[c] = tables().density[static_cast<std::size_t>(planes[c * area + i] * 4)];
    }
    for (int c = 0; c < 3; ++c) planes[c * area + i] = light_of(tinted(tint, density, c));
  }
}

void blur(double amount, int px, float* planes) {
  const float side = static_cast<float>(amount / 3), middle = 1 - 2 * side;
  std::vector<float> line(px);
  for (int pass = 0; pass < 2; ++pass) {
    const int along = pass ? px : 1, across = pass ? 1 : px;
    for (int row = 0; row < 3 * px; ++row) {
      float* start = planes + (row / px) * px * px + (row % px) * across;
      for (int i = 0; i < px; ++i) line[i] = start[i * along];
      for (int i = 1; i + 1 < px; ++i) {
        start[i * along] = middle * line[i] + side * (line[i - 1] + line[i + 1]);
      }
    }
  }
}

void erase(int px, Random& random, float* planes) {
  const int width = 4 + static_cast<int>(random.below(px / 3));
  const int height = 4 + static_cast<int>(random.below(px / 3));
  const int left = static_cast<int>(random.below(px - width));
  const int top = static_cast<int>(random.below(px - height));
  const bool black = random.chance(0.5);
  for (int c = 0; c < 3; ++c) {
    const float fill = static_cast<float>(black ? 0 : random.between(0, 255));
    for (int y = top; y < top + height; ++y) {
      std::fill_n(planes + (c * px + y) * px + left, width, fill);
    }
  }
}

// Densities that rise across the crop by a random slope.
struct Shade {
  float along = 0, down = 0;
};

Shade random_shade(const AugmentPlan& plan, int px, Random& random) {
  if (plan.shade <= 0) return {};
  return {static_cast<float>(plan.shade * random.normal() / px),
          static_cast<float>(plan.shade * random.normal() / px)};
}

// Blur and noise.
void spoil(const AugmentPlan& plan, int px, Random& random, float* planes) {
  if (random.chance(plan.blur)) blur(random.unit(), px, planes);
  const float strength = static_cast<float>(random.between(0, plan.noise));
  std::size_t at = random.below(tables().noise.size());
  for (int i = 0; i < 3 * px * px; ++i) {
    at = (at + 1) % tables().noise.size();
    planes[i] = std::clamp(planes[i] + strength * tables().noise[at], 0.0f, 255.0f);
  }
}

float standardised(const Recipe& recipe, float value, int c) {
  return (value - static_cast<float>(recipe.mean[c])) / static_cast<float>(recipe.std[c]);
}

void standardise(const Recipe& recipe, int area, float* planes) {
  for (int c = 0; c < 3; ++c) {
    for (int i = 0; i < area; ++i) {
      planes[c * area + i] = standardised(recipe, planes[c * area + i] / 255, c);
    }
  }
}

}  // namespace

void augment(const std::uint8_t* wide, int wide_px, const Recipe& recipe, Random& random,
             float* target) {
  const AugmentPlan& plan = recipe.augment;
  const int px = recipe.input_px;
  sample(wide, wide_px, random_affine(plan, wide_px, px, random), px, target);
  stain(plan, px * px, random, target);
  spoil(plan, px, random, target);
  if (random.chance(plan.erase)) erase(px, random, target);
  standardise(recipe, px * px, target);
}

void augment(const std::uint8_t* wide, int wide_px, const Density& density, const Recipe& recipe,
             Random& random, float* target) {
  const AugmentPlan& plan = recipe.augment;
  const int px = recipe.input_px, area = px * px;
  sample(wide, wide_px, random_affine(plan, wide_px, px, random), px, target);
  if (plan.coarse > 0 && random.chance(plan.coarse)) coarsen(px, random.between(1.2, 3), target);
  spoil(plan, px, random, target);
  if (plan.jpeg > 0 && random.chance(plan.jpeg)) {
    compress(px, static_cast<int>(random.between(20, 95)), target);
  }
  if (random.chance(plan.erase)) erase(px, random, target);
  const Tint tint = random_tint(plan, random);
  const Shade shade = random_shade(plan, px, random);
  for (int i = 0; i < area; ++i) {
    const float slope = shade.along * static_cast<float>(i % px - px / 2) +
                        shade.down * static_cast<float>(i / px - px / 2);
    float rgb[3] = {target[i], target[area + i], target[2 * area + i]};
    to_density(density, rgb, 1);
    for (int c = 0; c < 3; ++c) {
      const float value = std::clamp(tinted(tint, rgb, c) + slope, -0.5f, 2.0f);
      target[c * area + i] = standardised(recipe, value, c);
    }
  }
}

void tint(const AugmentPlan& plan, Random& random, float* densities, std::size_t count) {
  const Tint made = random_tint(plan, random);
  for (std::size_t i = 0; i < count; ++i, densities += 3) {
    const float density[3] = {densities[0], densities[1], densities[2]};
    for (int c = 0; c < 3; ++c) densities[c] = std::clamp(tinted(made, density, c), -0.5f, 2.0f);
  }
}

void normalise(const std::uint8_t* wide, int wide_px, const Density& density, const Recipe& recipe,
               float* target) {
  const int px = recipe.input_px, area = px * px;
  const float corner = static_cast<float>(wide_px - px) / 2;
  sample(wide, wide_px, {1, 0, 0, 1, corner, corner}, px, target);
  for (int i = 0; i < area; ++i) {
    float rgb[3] = {target[i], target[area + i], target[2 * area + i]};
    to_density(density, rgb, 1);
    for (int c = 0; c < 3; ++c) target[c * area + i] = standardised(recipe, rgb[c], c);
  }
}

void normalise(const std::uint8_t* exact, const Recipe& recipe, float* target) {
  const int area = recipe.input_px * recipe.input_px;
  for (int c = 0; c < 3; ++c) {
    for (int i = 0; i < area; ++i) target[c * area + i] = exact[i * 3 + c];
  }
  standardise(recipe, area, target);
}

}  // namespace leukolens::trainer
