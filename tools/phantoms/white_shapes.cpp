// How each class is built: size, nucleus, vacuoles. Sizes are of spread, dried cells.
#include "tools/phantoms/cells.h"

namespace leukolens::phantoms {
namespace {

Lobe make_lobe(Random& random, Point centre_um, double radius_um, double least_squeeze) {
  const double roughness = least_squeeze < 0.9 ? 0.09 : 0.05;  // round ones are smooth, too
  return {centre_um, make_outline(random, radius_um, roughness, least_squeeze)};
}

// Lobes along an arc around the cell's middle; neighbours are joined in order.
Nucleus lobes_on_arc(Random& random, int count, double arc_um, double arc_turns, double radius_um) {
  Nucleus nucleus;
  const double start = random.uniform();
  for (int i = 0; i < count; ++i) {
    const double share = count > 1 ? i / (count - 1.0) : 0.5;
    const double turns = start + arc_turns * share + random.between(-0.02, 0.02);
    const double far_um = arc_um * random.between(0.88, 1.08);
    nucleus.lobes.push_back(
        make_lobe(random, unit_at(turns) * far_um, radius_um * random.between(0.88, 1.1), 0.75));
  }
  return nucleus;
}

void build_neutrophil(Random& random, WhiteCell& cell) {
  const double radius_um = random.between(5.9, 6.9);
  cell.outline = make_outline(random, radius_um, 0.05, 0.88);
  constexpr int kUsualLobes[] = {2, 3, 3, 3, 4, 4, 4, 5};
  const int lobes = kUsualLobes[random.whole(0, 7)];
  constexpr double kArcTurns[] = {0, 0, 0.44, 0.58, 0.68, 0.78};
  constexpr double kLobeShare[] = {0, 0, 0.44, 0.40, 0.345, 0.30};
  cell.nucleus = lobes_on_arc(random, lobes, radius_um * 0.54, kArcTurns[lobes],
                              radius_um * kLobeShare[lobes]);
  cell.nucleus.thread_um = random.between(0.22, 0.36);
  cell.nucleus.weld_um = 0.25;
}

void build_eosinophil(Random& random, WhiteCell& cell) {
  const double radius_um = random.between(6.2, 7.2);
  cell.outline = make_outline(random, radius_um, 0.05, 0.9);
  const int lobes = random.chance(0.85) ? 2 : 3;
  cell.nucleus = lobes_on_arc(random, lobes, radius_um * 0.53, lobes == 2 ? 0.36 : 0.58,
                              radius_um * (lobes == 2 ? 0.45 : 0.38));
  cell.nucleus.thread_um = random.between(0.3, 0.45);
  cell.nucleus.weld_um = 0.3;
}

void build_basophil(Random& random, WhiteCell& cell) {
  const double radius_um = random.between(5.2, 6.4);
  cell.outline = make_outline(random, radius_um, 0.07, 0.86);
  cell.nucleus = lobes_on_arc(random, 2, radius_um * 0.36, 0.42, radius_um * 0.46);
  cell.nucleus.weld_um = 1.2;
}

void build_lymphocyte(Random& random, WhiteCell& cell) {
  const bool large = random.chance(0.2);
  const double radius_um = large ? random.between(5.2, 6.0) : random.between(4.0, 4.9);
  cell.outline = make_outline(random, radius_um, 0.05, 0.9);
  const double share = large ? random.between(0.70, 0.76) : random.between(0.80, 0.86);
  const double spare_um = radius_um * (1 - share);
  const Point aside = random.offset(spare_um * 0.2, spare_um * 0.6);
  cell.nucleus.lobes = {make_lobe(random, aside, radius_um * share, 0.92)};
}

void build_monocyte(Random& random, WhiteCell& cell) {
  const double radius_um = random.between(7.6, 9.0);
  cell.outline = make_outline(random, radius_um, 0.10, 0.84);
  // Fat lobes overlapping on a bow: a kidney or a horseshoe, by the length of the bow.
  const double bow_turns = random.between(0.38, 0.58);
  cell.nucleus = lobes_on_arc(random, 5, radius_um * 0.46, bow_turns, radius_um * 0.37);
  cell.nucleus.weld_um = 1.0;
  const Point middle = cell.nucleus.lobes[2].centre_um;  // back towards the cell's middle
  for (Lobe& lobe : cell.nucleus.lobes) lobe.centre_um = lobe.centre_um - middle * 0.32;
  const int vacuoles = random.whole(3, 9);
  for (int tries = 0; tries < 400 && static_cast<int>(cell.vacuoles.size()) < vacuoles; ++tries) {
    const Vacuole hole{random.offset(radius_um * 0.2, radius_um * 0.85), random.between(0.3, 0.75)};
    bool free = true;
    for (const Lobe& lobe : cell.nucleus.lobes) {
      free &= distance(lobe.outline, hole.centre_um - lobe.centre_um) > hole.radius_um;
    }
    for (const Vacuole& other : cell.vacuoles) {
      free &= length(other.centre_um - hole.centre_um) > other.radius_um + hole.radius_um + 0.2;
    }
    if (free && distance(cell.outline, hole.centre_um) < -hole.radius_um - 0.3) {
      cell.vacuoles.push_back(hole);
    }
  }
}

}  // namespace

WhiteCell make_white_cell(CellClass cell_class, Random& random) {
  WhiteCell cell;
  cell.cell_class = cell_class;
  cell.texture = random.next();
  cell.density = random.between(0.9, 1.1);
  switch (cell_class) {
    case CellClass::kEosinophil:
      build_eosinophil(random, cell);
      break;
    case CellClass::kLymphocyte:
      build_lymphocyte(random, cell);
      break;
    case CellClass::kMonocyte:
      build_monocyte(random, cell);
      break;
    case CellClass::kNeutrophil:
      build_neutrophil(random, cell);
      break;
    case CellClass::kBasophil:
      build_basophil(random, cell);
      break;
  }
  return cell;
}

}  // namespace leukolens::phantoms
