// Places of a field where no white cell is: red cells, platelets, plasma and what else lies there.
#pragma once

#include <optional>
#include <string>

#include "core/leukolens.h"

namespace leukolens::tool {

struct FieldSize {
  int width = 0, height = 0;  // pixels
};

// A square as wide as the field's largest white cell (a third of its height where it has none) that
// touches no white cell's box, drawn by chance from the file's name, so the same one every time.
// `boxes` is a Pascal VOC file. Nothing if the white cells leave no room. Throws Fault: boxes that
// can't be read.
std::optional<Box> empty_place(const FieldSize& field, const std::string& boxes);

}  // namespace leukolens::tool
