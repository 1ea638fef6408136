// What lies on the slide: shapes in micrometres, each with its own dyes at every point.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tools/phantoms/geometry.h"
#include "tools/phantoms/random.h"
#include "tools/phantoms/stain.h"

namespace leukolens::phantoms {

enum class CellClass { kEosinophil, kLymphocyte, kMonocyte, kNeutrophil, kBasophil };
inline constexpr std::array kAllClasses = {CellClass::kEosinophil, CellClass::kLymphocyte,
                                           CellClass::kMonocyte, CellClass::kNeutrophil,
                                           CellClass::kBasophil};
// "eosinophil" and so on.
std::string_view class_name(CellClass cell_class);
std::optional<CellClass> class_named(std::string_view name);

// A circle with a few slow waves on its edge, squeezed along one direction.
struct Outline {
  double radius_um = 1;
  std::array<Point, 5> waves{};  // share of the radius and phase of 2..6 waves around
  Point axis{1, 0};              // unit vector of the long side
  double squeeze = 1;            // short side / long side, 0..1
};
// `roughness` is the share of the radius that a wave may take, 0..0.2.
Outline make_outline(Random& random, double radius_um, double roughness, double least_squeeze);
// Below 0 inside, about in um near the edge; `p` is relative to the middle.
double distance(const Outline& outline, Point p);

// Extent relative to the middle of a cell.
struct Extent {
  double left = 0, top = 0, right = 0, bottom = 0;
};
Extent extent(const Outline& outline);

struct RedCell {
  Point centre_um;
  Outline outline;
  Point pallor_um;             // middle of the pale centre, relative to the cell's
  double pallor = 0;           // 0 (none) .. 1 (colourless)
  double pallor_radius = 0.4;  // share of the cell's radius
  double strength = 1;
  std::uint32_t texture = 0;
};
RedCell make_red_cell(Random& random);
// `p` is relative to the cell's middle, here and below.
Dyes red_cell_dyes(const RedCell& cell, Point p);

struct Platelet {
  Point centre_um;
  Outline outline;
  std::uint32_t texture = 0;
};
Platelet make_platelet(Random& random);
Dyes platelet_dyes(const Platelet& platelet, Point p);

struct Lobe {
  Point centre_um;
  Outline outline;
};

// Lobes welded together over `weld_um`, threads of half width `thread_um` between neighbours.
struct Nucleus {
  std::vector<Lobe> lobes;
  double weld_um = 0.3;
  double thread_um = 0;  // 0: no threads
};

struct Vacuole {
  Point centre_um;
  double radius_um;
};

struct WhiteCell {
  CellClass cell_class = CellClass::kNeutrophil;
  Point centre_um;
  Outline outline;
  Nucleus nucleus;
  std::vector<Vacuole> vacuoles;
  double density = 1;  // of the chromatin; differs a little from cell to cell
  std::uint32_t texture = 0;
};
WhiteCell make_white_cell(CellClass cell_class, Random& random);

// Dyes at a point, and how much of what lies below the cell covers (0 outside .. 1 inside).
struct Layer {
  Dyes dyes;
  double cover = 0;
};
Layer white_cell_layer(const WhiteCell& cell, Point p);

}  // namespace leukolens::phantoms
