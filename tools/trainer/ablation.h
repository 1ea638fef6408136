// Trials of changes to a recipe, each trained briefly for several seeds with one site left out
// after the other, so that what earns its place is told by numbers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

struct Variant {
  std::string name;
  std::vector<std::pair<std::string, std::string>> changes;  // of the recipe
};

struct AblationPlan {
  int steps = 0;
  std::vector<std::uint64_t> seeds;
  std::vector<std::string> sites;
  std::vector<Variant> variants;
};

// One trial: a recipe as changed, and what is left out.
struct Trial {
  Recipe recipe;
  std::string site;
};
// Mean recall of the four common classes on the site left out, 0..1; nothing when stopped.
using RunTrial = std::function<std::optional<double>(const Trial&)>;

// Lines "steps = 1500", "seeds = 1 2", "sites = bccd chula" and "NAME | key = value; key = value".
// Errors name file and line.
AblationPlan read_ablation(const std::string& path);

// Runs what `results` doesn't hold yet; several processes may share the work. Once all are there,
// writes them as JSON to `out`. Returns false when stopped.
bool run_ablation(const AblationPlan& plan, const std::string& recipe_path, const RunTrial& run,
                  const std::filesystem::path& results, const std::filesystem::path& out);

}  // namespace leukolens::trainer
