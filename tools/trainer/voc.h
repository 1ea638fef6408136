// Boxes from Pascal VOC files, as far as the data sets use them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/picture/picture.h"

namespace leukolens::trainer {

struct NamedBox {
  std::string name;  // as written: "WBC", "RBC", "Platelets", …
  Box box;           // pixels
};

// Errors: a missing file, an object without its numbers.
std::vector<NamedBox> read_voc(const std::filesystem::path& file);

}  // namespace leukolens::trainer
