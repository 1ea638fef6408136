#include "tools/phantoms/scene.h"

#include "tools/phantoms/grid.h"

namespace leukolens::phantoms {
namespace {

constexpr double kLargestReachUm = 12;  // no cell reaches farther from its middle
constexpr int kTries = 400;             // places tried before a white cell counts as not fitting
constexpr double kPlateletsPerRedCell = 0.12;
constexpr double kMeanRedAreaUm2 = 40;

// Each kind has its own stream, so that more platelets don't move the white cells.
enum Stream : std::uint64_t { kWhiteStream = 1, kRedStream = 2, kPlateletStream = 3 };

struct Field {
  double width_um, height_um;
};

Point anywhere(Random& random, const Field& field, double beyond_um) {
  const double x = random.between(-beyond_um, field.width_um + beyond_um);
  const double y = random.between(-beyond_um, field.height_um + beyond_um);
  return {x, y};
}

bool apart(const WhiteCell& a, const Extent& ea, const WhiteCell& b, const Extent& eb) {
  constexpr double kGapUm = 0.8;
  return a.centre_um.x + ea.right + kGapUm < b.centre_um.x + eb.left ||
         b.centre_um.x + eb.right + kGapUm < a.centre_um.x + ea.left ||
         a.centre_um.y + ea.bottom + kGapUm < b.centre_um.y + eb.top ||
         b.centre_um.y + eb.bottom + kGapUm < a.centre_um.y + ea.top;
}

bool place_white(const Settings& settings, const Field& field, Scene& scene, Grid& grid) {
  Random random(settings.seed, kWhiteStream);
  std::vector<Extent> extents;
  const std::size_t kinds = settings.classes.size();
  for (int i = 0; i < settings.white_cells; ++i) {
    const std::size_t kind = (settings.seed + static_cast<std::uint64_t>(i)) % kinds;
    WhiteCell cell = make_white_cell(settings.classes[kind], random);
    const Extent own = extent(cell.outline);
    const double margin_um = std::min(1.0, 2 * settings.um_per_px);
    const Field room{field.width_um - own.right + own.left - 2 * margin_um,
                     field.height_um - own.bottom + own.top - 2 * margin_um};
    if (room.width_um < 0 || room.height_um < 0) return false;
    bool placed = false;
    for (int tries = 0; tries < kTries && !placed; ++tries) {
      cell.centre_um = anywhere(random, room, 0) + Point{margin_um - own.left, margin_um - own.top};
      const Point reach{2 * kLargestReachUm, 2 * kLargestReachUm};
      placed = true;
      grid.visit(cell.centre_um - reach, cell.centre_um + reach, [&](std::size_t other) {
        placed = placed && apart(cell, own, scene.white[other], extents[other]);
      });
    }
    if (!placed) return false;
    grid.add(cell.centre_um, scene.white.size());
    scene.white.push_back(cell);
    extents.push_back(own);
  }
  return true;
}

// Whether a disc keeps off the white cells; red cells may touch them, as in life.
bool clear_of_white(const Scene& scene, const Grid& white, Point middle, double radius_um,
                    double overlap_um) {
  bool clear = true;
  const Point reach{kLargestReachUm + 5, kLargestReachUm + 5};
  white.visit(middle - reach, middle + reach, [&](std::size_t i) {
    const WhiteCell& cell = scene.white[i];
    clear = clear && distance(cell.outline, middle - cell.centre_um) > radius_um - overlap_um;
  });
  return clear;
}

void place_red(const Settings& settings, const Field& field, const Grid& white, Scene& scene) {
  Random random(settings.seed, kRedStream);
  Grid grid(field.width_um, field.height_um);
  constexpr double kBeyondUm = 3.5;  // some are cut by the edge
  const double area = (field.width_um + 2 * kBeyondUm) * (field.height_um + 2 * kBeyondUm);
  const auto wanted = static_cast<std::size_t>(area * settings.red_density / kMeanRedAreaUm2);
  for (std::size_t tries = 0; tries < wanted * 12 && scene.red.size() < wanted; ++tries) {
    RedCell cell = make_red_cell(random);
    cell.centre_um = anywhere(random, field, kBeyondUm);
    // Most lie side by side, some on each other; where it's crowded they have to.
    const double share = random.chance(0.2) || tries > wanted * 4 ? 0.5 : 0.93;
    const double radius_um = cell.outline.radius_um;
    bool free = clear_of_white(scene, white, cell.centre_um, radius_um, 0.35);
    const Point reach{8, 8};
    grid.visit(cell.centre_um - reach, cell.centre_um + reach, [&](std::size_t i) {
      const RedCell& other = scene.red[i];
      free = free && length(other.centre_um - cell.centre_um) >
                         share * (radius_um + other.outline.radius_um);
    });
    if (!free) continue;
    grid.add(cell.centre_um, scene.red.size());
    scene.red.push_back(cell);
  }
}

void place_platelets(const Settings& settings, const Field& field, const Grid& white,
                     Scene& scene) {
  Random random(settings.seed, kPlateletStream);
  Grid red(field.width_um, field.height_um);
  for (std::size_t i = 0; i < scene.red.size(); ++i) red.add(scene.red[i].centre_um, i);
  const double area = field.width_um * field.height_um;
  const auto wanted =
      static_cast<std::size_t>(area * 0.35 / kMeanRedAreaUm2 * kPlateletsPerRedCell + 0.5);
  for (std::size_t tries = 0; tries < wanted * 20 && scene.platelets.size() < wanted; ++tries) {
    Platelet platelet = make_platelet(random);
    const double radius_um = platelet.outline.radius_um;
    platelet.centre_um = anywhere(random, field, -std::min(radius_um, field.width_um / 4));
    bool free = clear_of_white(scene, white, platelet.centre_um, radius_um, -1.5);
    const Point reach{6, 6};
    red.visit(platelet.centre_um - reach, platelet.centre_um + reach, [&](std::size_t i) {
      const RedCell& cell = scene.red[i];
      free = free && distance(cell.outline, platelet.centre_um - cell.centre_um) > radius_um;
    });
    if (free) scene.platelets.push_back(platelet);
  }
}

}  // namespace

std::optional<Scene> lay_out(const Settings& settings) {
  const Field field{settings.width_px * settings.um_per_px,
                    settings.height_px * settings.um_per_px};
  Scene scene;
  Grid white(field.width_um, field.height_um);
  if (!place_white(settings, field, scene, white)) return std::nullopt;
  place_red(settings, field, white, scene);
  place_platelets(settings, field, white, scene);
  return scene;
}

std::optional<PixelBox> pixel_box(const Settings& settings, Point centre_um,
                                  const Outline& outline) {
  const Extent own = extent(outline);
  const double scale = 1 / settings.um_per_px;
  const auto low = [&](double um, int limit) {
    return std::clamp(static_cast<int>(std::floor(um * scale)), 0, limit);
  };
  const auto high = [&](double um, int limit) {
    return std::clamp(static_cast<int>(std::ceil(um * scale)), 0, limit);
  };
  const int left = low(centre_um.x + own.left, settings.width_px);
  const int top = low(centre_um.y + own.top, settings.height_px);
  const int right = high(centre_um.x + own.right, settings.width_px);
  const int bottom = high(centre_um.y + own.bottom, settings.height_px);
  if (right <= left || bottom <= top) return std::nullopt;
  return PixelBox{left, top, right - left, bottom - top};
}

}  // namespace leukolens::phantoms
