// The command line of leukolens-train.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace leukolens::trainer {

struct Options {
  std::string recipe;
  std::filesystem::path data, cache, out, golden;
  int holdout_fold = -1, fold = -1;
  std::string without;                                       // a data set or a kind
  std::string trials;                                        // a file of changes to compare
  std::vector<std::pair<std::string, std::string>> changes;  // of the recipe, for one run
  bool all_folds = false, resume = false, help = false;
  int threads = 1;
};

// Every option once: parser and help are made of the same table. Errors: unknown option, missing or
// wrong value, no recipe; each as a sentence.
Options parse(int count, char** words);
std::string help_text();

}  // namespace leukolens::trainer
