#include "tools/trainer/dataset.h"

#include <algorithm>
#include <set>
#include <span>
#include <stdexcept>

#include "core/net/sha256.h"
#include "tools/trainer/csv_index.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;

void check_classes(const Recipe& recipe, const std::set<std::string>& known, const fs::path& file) {
  for (const std::string& name : recipe.classes) {
    if (known.count(name)) continue;
    throw std::runtime_error("unknown class \"" + name + "\": no row of " + file.string() +
                             " has it");
  }
}

}  // namespace

std::string run_name(const Run& run) {
  switch (run.purpose) {
    case Purpose::kShipped:
      return "shipped";
    case Purpose::kHoldout:
      return "holdout" + std::to_string(run.fold);
    case Purpose::kFold:
      return "fold" + std::to_string(run.fold);
  }
  throw std::logic_error("run_name: no such purpose");
}

std::vector<Original> read_originals(const Recipe& recipe, const fs::path& data) {
  const fs::path folder = data / recipe.data;
  const CsvIndex index(folder);
  std::vector<Original> originals;
  std::set<std::string> known;
  for (std::size_t row = 0; row < index.size(); ++row) {
    const std::string& name = index.of(row, "class");
    known.insert(name);
    const auto found = std::find(recipe.classes.begin(), recipe.classes.end(), name);
    if (found == recipe.classes.end()) continue;
    Original original;
    original.file = index.of(row, "file");
    original.label = static_cast<int>(found - recipe.classes.begin());
    original.group = index.of(row, "group");
    original.fold = std::stoi(index.of(row, "fold"));
    original.in_split = index.of(row, "kaggle_split") == recipe.split;
    if (!fs::exists(folder / original.file)) {
      throw std::runtime_error((folder / original.file).string() + " is missing; unpack " +
                               recipe.data + ".zip again");
    }
    originals.push_back(std::move(original));
  }
  check_classes(recipe, known, index.file());
  return originals;
}

Sides split(const std::vector<Original>& originals, const Recipe& recipe, const Run& run) {
  Sides sides;
  for (std::size_t i = 0; i < originals.size(); ++i) {
    const Original& original = originals[i];
    if (run.purpose != Purpose::kFold && !original.in_split) continue;
    const bool held_out = run.purpose != Purpose::kShipped && original.fold == run.fold;
    (held_out ? sides.look : sides.train).push_back(static_cast<int>(i));
  }
  if (run.purpose != Purpose::kShipped && sides.look.empty()) {
    throw std::runtime_error("fold " + std::to_string(run.fold) + " holds no picture");
  }
  std::vector<int> counts(recipe.classes.size());
  std::set<std::string> groups;
  for (int i : sides.train) {
    ++counts[originals[i].label];
    groups.insert(originals[i].group);
  }
  for (std::size_t c = 0; c < counts.size(); ++c) {
    if (counts[c] > 0) continue;
    throw std::runtime_error("the class \"" + recipe.classes[c] +
                             "\" has no picture to train on (" + run_name(run) + ", kaggle_split " +
                             recipe.split + ")");
  }
  for (int i : sides.look) {
    if (!groups.count(originals[i].group)) continue;
    throw std::runtime_error("the group " + originals[i].group + " stands on both sides of " +
                             run_name(run));
  }
  return sides;
}

std::string training_identity(const std::vector<Original>& originals, const Sides& sides,
                              const Recipe& recipe) {
  std::vector<std::string> files;
  for (int i : sides.train) files.push_back(originals[i].file);
  std::sort(files.begin(), files.end());
  std::string text;
  for (const std::string& file : files) text += file + "\n";
  return recipe.data + ", " + std::to_string(files.size()) + " originals, sha256 " +
         sha256_hex(std::as_bytes(std::span(text)));
}

}  // namespace leukolens::trainer
