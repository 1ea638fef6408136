// Boxes as data sets write them: Pascal VOC files and YOLO files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/picture/picture.h"

namespace leukolens::boxes {

struct NamedBox {
  std::string name;  // as written: "WBC", "RBC", "Platelets", …
  Box box;           // pixels
};

// A YOLO line: sides relative to the picture's, x and y of the upper left corner.
struct RelativeBox {
  int kind = 0;
  double x = 0, y = 0, width = 0, height = 0;  // 0..1
};

// Throw std::runtime_error: a missing file, an object or a line that doesn't read.
std::vector<NamedBox> read_voc(const std::filesystem::path& file);
std::vector<RelativeBox> read_yolo(const std::filesystem::path& file);

}  // namespace leukolens::boxes
