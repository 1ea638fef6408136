// Tile by tile, so that large fields need no more memory than their pixels: dyes at several points
// of each pixel -> light left -> blur -> lamp -> noise -> 8 bits.
#include "tools/phantoms/draw.h"

#include "tools/phantoms/grid.h"
#include "tools/phantoms/texture.h"

namespace leukolens::phantoms {
namespace {

constexpr int kTilePx = 64;
constexpr double kReachUm = 12;          // no cell reaches farther from its middle
constexpr double kCoarseUmPerPx = 0.12;  // coarser pixels are sampled more finely

struct Grids {
  Grid white, red, platelets;
};

// The cells that may touch one tile.
struct Nearby {
  std::vector<const WhiteCell*> white;
  std::vector<const RedCell*> red;
  std::vector<const Platelet*> platelets;
};

// Samples for one tile and a margin for the blur; three channels interleaved.
struct Tile {
  int left_px, top_px, width_px, height_px;
  std::vector<double> light;
};

template <class Cell>
std::vector<const Cell*> near_by(const std::vector<Cell>& cells, const Grid& grid, Point corner,
                                 Point opposite) {
  std::vector<const Cell*> found;
  const Point reach{kReachUm, kReachUm};
  grid.visit(corner - reach, opposite + reach, [&](std::size_t i) {
    const Point middle = cells[i].centre_um;
    const double reach_um = cells[i].outline.radius_um * 1.6;
    if (middle.x + reach_um > corner.x && middle.x - reach_um < opposite.x &&
        middle.y + reach_um > corner.y && middle.y - reach_um < opposite.y) {
      found.push_back(&cells[i]);
    }
  });
  return found;
}

bool within_reach(Point offset, const Outline& outline) {
  const double reach_um = outline.radius_um * 1.6;
  return dot(offset, offset) < reach_um * reach_um;
}

Dyes dyes_at(const Nearby& nearby, Point p) {
  Dyes below, above;
  double cover = 0;
  for (const RedCell* cell : nearby.red) {
    const Point offset = p - cell->centre_um;
    if (within_reach(offset, cell->outline)) below = below + red_cell_dyes(*cell, offset);
  }
  for (const Platelet* platelet : nearby.platelets) {
    const Point offset = p - platelet->centre_um;
    if (within_reach(offset, platelet->outline)) below = below + platelet_dyes(*platelet, offset);
  }
  for (const WhiteCell* cell : nearby.white) {
    const Point offset = p - cell->centre_um;
    if (!within_reach(offset, cell->outline)) continue;
    const Layer layer = white_cell_layer(*cell, offset);
    above = above + layer.dyes;
    cover = std::max(cover, layer.cover);
  }
  return below * (1 - cover) + above;
}

void sample(const Settings& settings, const Nearby& nearby, Tile& tile) {
  const int steps = settings.um_per_px > kCoarseUmPerPx ? 3 : 2;
  const auto haze_seed = static_cast<std::uint32_t>(settings.seed * 7 + 5);
  tile.light.resize(static_cast<std::size_t>(tile.width_px) *
                    static_cast<std::size_t>(tile.height_px) * 3);
  double* target = tile.light.data();
  for (int y = 0; y < tile.height_px; ++y) {
    for (int x = 0; x < tile.width_px; ++x, target += 3) {
      Rgb sum{};
      for (int i = 0; i < steps * steps; ++i) {
        const Point at_px{tile.left_px + x + (i % steps + 0.5) / steps,
                          tile.top_px + y + (i / steps + 0.5) / steps};
        const Rgb left = transmitted(settings.stain, dyes_at(nearby, at_px * settings.um_per_px));
        for (std::size_t c = 0; c < 3; ++c) sum[c] += left[c];
      }
      // Dried plasma leaves a breath of colour between the cells.
      const Point at_um = Point{tile.left_px + x + 0.5, tile.top_px + y + 0.5} * settings.um_per_px;
      const double haze = 1 - 0.02 * fractal_noise(haze_seed, at_um * 0.08, 3);
      for (std::size_t c = 0; c < 3; ++c) target[c] = sum[c] / (steps * steps) * haze;
    }
  }
}

std::vector<double> blur_weights(double sigma_px) {
  const int radius = static_cast<int>(std::ceil(sigma_px * 3));
  std::vector<double> weights;
  double total = 0;
  for (int i = -radius; i <= radius; ++i) {
    weights.push_back(sigma_px > 0 ? exponential(-0.5 * i * i / (sigma_px * sigma_px)) : 1.0);
    total += weights.back();
  }
  for (double& weight : weights) weight /= total;
  return weights;
}

// Along rows (step 3) or columns (step 3 * width); the tile's outermost `radius` lines are lost.
void blur_line(double* line, std::size_t step, int length, const std::vector<double>& weights,
               std::vector<double>& copy) {
  const int radius = static_cast<int>(weights.size() / 2);
  for (int i = 0; i < length; ++i)
    copy[static_cast<std::size_t>(i)] = line[step * static_cast<std::size_t>(i)];
  for (int i = radius; i < length - radius; ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
      sum += weights[k] * copy[static_cast<std::size_t>(i - radius) + k];
    }
    line[step * static_cast<std::size_t>(i)] = sum;
  }
}

void blur(Tile& tile, const std::vector<double>& weights) {
  if (weights.size() == 1) return;
  const auto width = static_cast<std::size_t>(tile.width_px);
  const auto height = static_cast<std::size_t>(tile.height_px);
  std::vector<double> copy(std::max(width, height));
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t y = 0; y < height; ++y) {
      blur_line(&tile.light[y * width * 3 + c], 3, tile.width_px, weights, copy);
    }
    for (std::size_t x = 0; x < width; ++x) {
      blur_line(&tile.light[x * 3 + c], width * 3, tile.height_px, weights, copy);
    }
  }
}

// A lamp a little off the middle: a slope over the field and darker corners.
class Lamp {
 public:
  explicit Lamp(const Settings& settings)
      : half_{settings.width_px * 0.5, settings.height_px * 0.5} {
    Random random(settings.seed, 4);
    slope_ = random.offset(0, 0.03);
    fall_ = random.between(0.01, 0.04);
  }
  double at(int x_px, int y_px) const {
    const Point p{(x_px + 0.5 - half_.x) / half_.x, (y_px + 0.5 - half_.y) / half_.y};
    return 1 + dot(p, slope_) - fall_ * 0.5 * dot(p, p);
  }

 private:
  Point half_, slope_;
  double fall_ = 0;
};

// Nearly normal (four even shares), mean 0, sigma 1, of a place.
double noise_at(std::uint32_t seed, int x, int y) {
  double sum = 0;
  for (std::uint32_t i = 0; i < 4; ++i) sum += hash_share(seed + i, x, y);
  return (sum - 2) * 1.7320508075688772;
}

void develop(const Settings& settings, const Lamp& lamp, const Tile& tile, int margin_px,
             std::vector<std::uint8_t>& pixels) {
  const auto noise_seed = static_cast<std::uint32_t>(settings.seed * 13 + 11);
  for (int y = margin_px; y < tile.height_px - margin_px; ++y) {
    for (int x = margin_px; x < tile.width_px - margin_px; ++x) {
      const int x_px = tile.left_px + x, y_px = tile.top_px + y;
      const double lit = lamp.at(x_px, y_px);
      const std::size_t from =
          3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(tile.width_px) +
               static_cast<std::size_t>(x));
      const std::size_t to =
          3 * (static_cast<std::size_t>(y_px) * static_cast<std::size_t>(settings.width_px) +
               static_cast<std::size_t>(x_px));
      for (std::size_t c = 0; c < 3; ++c) {
        double value = tile.light[from + c] * settings.stain.light[c] * lit;
        if (settings.noise > 0) {
          value +=
              settings.noise * noise_at(noise_seed + 4 * static_cast<std::uint32_t>(c), x_px, y_px);
        }
        pixels[to + c] = static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
      }
    }
  }
}

template <class Cell>
Grid grid_of(const std::vector<Cell>& cells, double width_um, double height_um) {
  Grid grid(width_um, height_um);
  for (std::size_t i = 0; i < cells.size(); ++i) grid.add(cells[i].centre_um, i);
  return grid;
}

}  // namespace

std::vector<std::uint8_t> draw(const Settings& settings, const Scene& scene) {
  const double width_um = settings.width_px * settings.um_per_px;
  const double height_um = settings.height_px * settings.um_per_px;
  const Grids grids{grid_of(scene.white, width_um, height_um),
                    grid_of(scene.red, width_um, height_um),
                    grid_of(scene.platelets, width_um, height_um)};
  const std::vector<double> weights = blur_weights(settings.blur_px);
  const int margin_px = static_cast<int>(weights.size() / 2);
  const Lamp lamp(settings);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(settings.width_px) *
                                   static_cast<std::size_t>(settings.height_px) * 3);
  for (int top = 0; top < settings.height_px; top += kTilePx) {
    for (int left = 0; left < settings.width_px; left += kTilePx) {
      Tile tile{left - margin_px,
                top - margin_px,
                std::min(kTilePx, settings.width_px - left) + 2 * margin_px,
                std::min(kTilePx, settings.height_px - top) + 2 * margin_px,
                {}};
      const Point corner = Point{double(tile.left_px), double(tile.top_px)} * settings.um_per_px;
      const Point opposite =
          corner + Point{double(tile.width_px), double(tile.height_px)} * settings.um_per_px;
      const Nearby nearby{near_by(scene.white, grids.white, corner, opposite),
                          near_by(scene.red, grids.red, corner, opposite),
                          near_by(scene.platelets, grids.platelets, corner, opposite)};
      sample(settings, nearby, tile);
      blur(tile, weights);
      develop(settings, lamp, tile, margin_px, pixels);
    }
  }
  return pixels;
}

}  // namespace leukolens::phantoms
