// Outlines, red cells and platelets.
#include "tools/phantoms/cells.h"

#include "tools/phantoms/texture.h"

namespace leukolens::phantoms {

std::string_view class_name(CellClass cell_class) {
  switch (cell_class) {
    case CellClass::kEosinophil:
      return "eosinophil";
    case CellClass::kLymphocyte:
      return "lymphocyte";
    case CellClass::kMonocyte:
      return "monocyte";
    case CellClass::kNeutrophil:
      return "neutrophil";
    case CellClass::kBasophil:
      return "basophil";
  }
  return "";
}

std::optional<CellClass> class_named(std::string_view name) {
  for (CellClass cell_class : kAllClasses) {
    if (class_name(cell_class) == name) return cell_class;
  }
  return std::nullopt;
}

Outline make_outline(Random& random, double radius_um, double roughness, double least_squeeze) {
  Outline outline;
  outline.radius_um = radius_um;
  for (std::size_t i = 0; i < outline.waves.size(); ++i) {
    const double finer = 2.0 / (static_cast<double>(i) + 2);
    outline.waves[i] = random.offset(0, roughness * finer);
  }
  outline.axis = random.direction();
  outline.squeeze = random.between(least_squeeze, 1);
  return outline;
}

double distance(const Outline& outline, Point p) {
  Point q = turned_back(p, outline.axis);
  q.y /= outline.squeeze;
  const double far = length(q);
  if (far < 1e-9) return -outline.radius_um * outline.squeeze;
  const Point unit = q * (1 / far);
  Point power = unit;  // unit to the power of 2, 3, ...: the angle times 2, 3, ...
  double edge = 1;
  for (const Point& wave : outline.waves) {
    power = turned(power, unit);
    edge += dot(power, wave);
  }
  return (far - outline.radius_um * edge) * outline.squeeze;
}

Extent extent(const Outline& outline) {
  // Along one direction the distance grows evenly, so two values of it tell where it is 0.
  Extent found;
  for (int i = 0; i < 360; ++i) {
    const Point unit = unit_at(i / 360.0);
    const double near = distance(outline, unit), far = distance(outline, unit * 2);
    const double edge_um = 1 - near / (far - near);
    found.left = std::min(found.left, unit.x * edge_um);
    found.right = std::max(found.right, unit.x * edge_um);
    found.top = std::min(found.top, unit.y * edge_um);
    found.bottom = std::max(found.bottom, unit.y * edge_um);
  }
  return found;
}

RedCell make_red_cell(Random& random) {
  RedCell cell;
  const double radius_um = random.between(3.45, 4.0);  // 7.5 um across is the usual one
  cell.outline = make_outline(random, radius_um, 0.035, random.chance(0.2) ? 0.74 : 0.88);
  cell.pallor = random.chance(0.15) ? random.between(0, 0.2) : random.between(0.35, 0.85);
  cell.pallor_radius = random.between(0.32, 0.5);
  cell.pallor_um = random.offset(0, radius_um * 0.15);
  cell.strength = random.between(0.85, 1.15);
  cell.texture = random.next();
  return cell;
}

Dyes red_cell_dyes(const RedCell& cell, Point p) {
  const double depth = -distance(cell.outline, p) / cell.outline.radius_um;  // 0 edge .. 1 middle
  if (depth <= -0.03) return {};
  const double edge = smooth_step(-0.03, 0.05, depth);
  const double from_middle =
      length(turned_back(p - cell.pallor_um, cell.outline.axis)) / cell.outline.radius_um;
  const double pale = cell.pallor * (1 - smooth_step(cell.pallor_radius * 0.45,
                                                     cell.pallor_radius * 1.5, from_middle));
  const double rim = 0.14 * (1 - smooth_step(0.08, 0.3, depth));
  const double grain = 0.06 * (fractal_noise(cell.texture, p * 0.7, 2) - 0.5);
  return {.haemoglobin = edge * cell.strength * (0.92 + rim + grain) * (1 - pale)};
}

Platelet make_platelet(Random& random) {
  Platelet platelet;
  platelet.outline = make_outline(random, random.between(1.0, 1.8), 0.14, 0.65);
  platelet.texture = random.next();
  return platelet;
}

Dyes platelet_dyes(const Platelet& platelet, Point p) {
  const double depth = -distance(platelet.outline, p);
  const double edge = smooth_step(-0.12, 0.2, depth);
  if (edge <= 0) return {};
  const double centre = smooth_step(0.1, 0.8, depth);
  const Grains grains{platelet.texture, 0.5, 0.2, 0.32, 0.8};
  const double granule = smooth_step(0, 0.5, grain_depth(grains, p)) * centre;
  return {.azure = edge * 0.22, .violet = edge * (0.16 + 0.16 * centre + 0.38 * granule)};
}

}  // namespace leukolens::phantoms
