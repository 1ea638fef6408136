// Crops of the originals as the finder sees them. Each original is drawn in several versions
// (turned, sheared, shifted, flipped, filled with black, at the size of the set's test pictures);
// find_cells and crop, the same functions as in the product, then cut the cell out of each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/cells/crop.h"
#include "tools/trainer/dataset.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// All crops of a recipe's originals: 8-bit RGB, interleaved.
struct Crops {
  int variants = 0;
  int wide_px = 0;   // with the margin, for training
  int exact_px = 0;  // just what the net would be given
  std::vector<std::uint8_t> wide, exact;

  // Where crop `variant` of an original starts in `wide` and in `exact`.
  std::size_t wide_at(int original, int variant) const {
    return (std::size_t(original) * variants + variant) * wide_px * wide_px * 3;
  }
  std::size_t exact_at(int original, int variant) const {
    return (std::size_t(original) * variants + variant) * exact_px * exact_px * 3;
  }
};

// What the net of a recipe wants.
InputSpec input_spec(const Recipe& recipe);

// Reads them from `cache`, or cuts them (`threads` at once) and writes them there. A cache whose
// first crops are not what the finder cuts today is cut anew. Errors: an unreadable picture is
// named.
Crops load_crops(const std::vector<Original>& originals, const Recipe& recipe,
                 const std::filesystem::path& data, const std::filesystem::path& cache,
                 int threads);

}  // namespace leukolens::trainer
