// One function per data set: its cells, with the set's own way of naming and splitting them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/trainer/cell_list.h"

namespace leukolens::trainer {

// Appends the cells of a set by name. Errors: an unknown set, faults of its index.
void append_cells(const std::string& set, const std::filesystem::path& folder, const Recipe& recipe,
                  std::vector<Cell>& cells);

}  // namespace leukolens::trainer
