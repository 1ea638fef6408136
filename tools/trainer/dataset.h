// The pictures of a recipe: rows of index.csv, and which of them a run trains on and looks at.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// One original with a class of the recipe.
struct Original {
  std::string file;   // relative to the set's folder
  int label = 0;      // into Recipe::classes
  std::string group;  // originals of one group show the same cell and stay on one side of a split
  int fold = 0;
  bool in_split = false;  // of Recipe::split: what the shipped net may see
};

// What a run is for.
enum class Purpose {
  kShipped,  // all originals of the split
  kHoldout,  // those of the split outside one fold; looks at those of the split inside it
  kFold,     // all originals outside one fold, whatever their split; looks at those inside
};

struct Run {
  Purpose purpose = Purpose::kShipped;
  int fold = 0;  // not for kShipped
};
// "shipped", "holdout0", "fold3".
std::string run_name(const Run& run);

// Indices into a list of originals.
struct Sides {
  std::vector<int> train, look;
};

// Errors: folder or index.csv missing, a column missing, an unknown class among the recipe's, a
// file missing.
std::vector<Original> read_originals(const Recipe& recipe, const std::filesystem::path& data);
// Errors: a class without training originals, a group on both sides, an empty fold.
Sides split(const std::vector<Original>& originals, const Recipe& recipe, const Run& run);
// Sets and SHA-256 of the sorted list of training files: which pictures a net has seen.
std::string training_identity(const std::vector<Original>& originals, const Sides& sides,
                              const Recipe& recipe);

}  // namespace leukolens::trainer
