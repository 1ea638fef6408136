// What lies where: one field of a smear, laid out from a seed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/phantoms/cells.h"

namespace leukolens::phantoms {

// All that makes one picture; the same settings give the same pixels.
struct Settings {
  std::uint64_t seed = 1;
  std::vector<CellClass> classes{CellClass::kEosinophil, CellClass::kLymphocyte,
                                 CellClass::kMonocyte, CellClass::kNeutrophil};
  int white_cells = 1;  // 0..
  int width_px = 320, height_px = 240;
  double um_per_px = 0.15;
  Stain stain = known_stains().front();
  double blur_px = 0.8;       // sigma
  double noise = 1.5;         // sigma in 8-bit steps
  double red_density = 0.35;  // share of the field under red cells, 0..0.9
};

struct Scene {
  std::vector<WhiteCell> white;
  std::vector<RedCell> red;
  std::vector<Platelet> platelets;
};

// White cells lie wholly inside the field and their boxes don't overlap; they take the classes in
// turn, beginning with the seed's (seed modulo number of classes). Nothing where they don't fit.
std::optional<Scene> lay_out(const Settings& settings);

// Pixels; (x, y) is the upper left corner.
struct PixelBox {
  int x = 0, y = 0, width = 0, height = 0;
};
// Tight around the drawn outline, cut at the field's edge; nothing if no pixel is left.
std::optional<PixelBox> pixel_box(const Settings& settings, Point centre_um,
                                  const Outline& outline);

}  // namespace leukolens::phantoms
