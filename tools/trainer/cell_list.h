// Cells of several sets for one classifier: what is in each square, where it lies, and which side
// of a split it stands on.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/picture/picture.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// What a cell is beside the classes.
enum class SideKind { kWhiteCell, kOtherOrAbnormal, kNotAWhiteCell };

struct Cell {
  std::string set, file;  // the file relative to the set's folder
  std::string kind;       // class, "immature_granulocyte", "erythroblast", "platelet", "red_cell",
                          // "background" or "no_smear"
  int label = -1;         // into Recipe::classes, or -1
  SideKind side = SideKind::kWhiteCell;
  std::string group;  // cells of one group stay on one side of a split
  int fold = -1;      // of sets that come in folds
  bool train = true;  // false: the set's own validation part
  // The box that is cropped with the recipe's crop_scale; width 0: what find_cells names first.
  Box box;
};

// What a run leaves out.
struct LeftOut {
  int fold = -1;     // of all sets that come in folds
  std::string site;  // a whole set
  std::string kind;  // of what is no white cell of the classes
};
std::string run_name(const LeftOut& out);

struct CellSides {
  std::vector<int> train, look;  // numbers of cells
};

// All cells the recipe's sets may be trained on or chosen with, in fixed order. Pictures that are
// looked at once per release (official TEST, the sets' test parts) are never among them. Errors:
// missing folders and files, a class no set has.
std::vector<Cell> read_cells(const Recipe& recipe, const std::filesystem::path& data);
// `look` holds what is left out and, unless a site is, the sets' validation parts. Errors: a group
// on both sides (a kind left out may share its fields with others), a class without training cells.
CellSides split(const std::vector<Cell>& cells, const Recipe& recipe, const LeftOut& out);
// Sets, number of cells and SHA-256 of their sorted list.
std::string training_identity(const std::vector<Cell>& cells, const CellSides& sides);

}  // namespace leukolens::trainer
