// Training the finder and measuring it by the core's own code.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/trainer/field_list.h"
#include "tools/trainer/loop.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

struct FieldWorkshop {
  Recipe recipe;
  std::vector<FieldPicture> fields;
  std::filesystem::path data, cache;  // cache: of this recipe
  int threads = 1;
};

// Trains the finder, chooses each kind's threshold by F1 on the validation parts, and writes
// NAME.tflite, NAME_int8.tflite and NAME.log to `out`. Returns false when stopped.
bool make_finder(const FieldWorkshop& shop, Start start, const std::filesystem::path& out);

}  // namespace leukolens::trainer
