// Pictures with the boxes of what they show, of several sets, for the finder.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "core/cells/find.h"
#include "core/picture/picture.h"

namespace leukolens::trainer {

struct FieldBox {
  Kind kind = Kind::kWhiteCell;
  double x = 0, y = 0, width = 0, height = 0;  // pixels of the picture
};

struct FieldPicture {
  std::string set;             // as the recipe names it
  std::string origin;          // laboratory: what is sampled evenly
  std::filesystem::path file;  // relative to the data folder
  std::vector<FieldBox> boxes;
  // Of each kind: whether all are labelled. If not, one without a box is unknown, not absent.
  std::array<bool, 3> complete = {true, true, true};
  Picture picture;    // shrunk where its red cells are larger than ever needed
  double red_px = 0;  // median diameter of its red cells, else guessed from its white ones
};

// Every picture of the recipe's sets that a finder may learn from: none whose field, or one that
// overlaps it, is in the validation or test part of TXL or of BCCD's box split, or behind the
// official TEST. Where TXL labels a picture of another set, TXL's boxes are taken. Boxes and
// `red_px` are in pixels of `picture`. Errors: missing folders and files, boxes that don't read.
std::vector<FieldPicture> read_fields(const std::string& sets, const std::filesystem::path& data);

// The validation part of "txl" or "bccd", pictures as they are.
std::vector<FieldPicture> read_validation(const std::string& set,
                                          const std::filesystem::path& data);

}  // namespace leukolens::trainer
