// The squares of a list of cells as the product's own functions cut and measure them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/cells/density.h"
#include "tools/trainer/cell_boxes.h"
#include "tools/trainer/cell_list.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// For each cell a square of 8-bit RGB, interleaved, recipe.margin times as wide as the net's crop,
// and what the core measures around it.
struct CellCrops {
  int wide_px = 0;
  std::vector<std::uint8_t> wide;
  std::vector<Density> densities;

  const std::uint8_t* at(int cell) const {
    return &wide[std::size_t(cell) * wide_px * wide_px * 3];
  }
};

// Reads them from `cache`, or cuts them and writes them there. Errors: an unreadable picture and
// one without a cell are named.
CellCrops load_cell_crops(const std::vector<Cell>& cells, const Recipe& recipe, CellBoxes& boxes,
                          const std::filesystem::path& data, const std::filesystem::path& cache);

}  // namespace leukolens::trainer
