// Where the cell of a picture is, found as the engine finds it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/leukolens.h"
#include "tools/trainer/cell_list.h"

namespace leukolens::trainer {

class CellBoxes {
 public:
  // An empty path is the colour rule. Errors: a file that is no finder.
  explicit CellBoxes(const std::filesystem::path& finder_file);

  // The set's own box if it gives one. Else the surest white cell, else, as on a platelet, the
  // surest thing of any kind, else what stands out by colour, else the middle.
  Box of(const Cell& cell, const Picture& picture);
  // Of what decides the boxes: for the cache.
  const std::string& identity() const { return identity_; }

 private:
  std::optional<Finder> finder_;
  std::string identity_ = "rule";
};

}  // namespace leukolens::trainer
