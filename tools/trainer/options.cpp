#include "tools/trainer/options.h"

#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <vector>

namespace leukolens::trainer {
namespace {

struct Option {
  std::string name, value, text;  // `value` empty: a switch
  std::function<void(Options&, const std::string&)> set;
};

int number(const std::string& text, int low, int high) {
  std::size_t used = 0;
  int value = low - 1;
  try {
    value = std::stoi(text, &used);
  } catch (const std::exception&) {
    used = text.size() + 1;
  }
  if (used == text.size() && value >= low && value <= high) return value;
  throw std::runtime_error("\"" + text + "\" is no number from " + std::to_string(low) + " to " +
                           std::to_string(high));
}

const std::vector<Option>& all() {
  static const std::vector<Option> options = {
      {"--data", "FOLDER", "unpacked data sets, one folder each (default: CACHE/data)",
       [](Options& o, const std::string& v) { o.data = v; }},
      {"--cache", "FOLDER", "checkpoints, crops and fold nets (default: CACHE/train)",
       [](Options& o, const std::string& v) { o.cache = v; }},
      {"--out", "FOLDER", "where the models go (default: the recipe's folder)",
       [](Options& o, const std::string& v) { o.out = v; }},
      {"--golden", "FOLDER", "pictures for golden numbers (default: none are written)",
       [](Options& o, const std::string& v) { o.golden = v; }},
      {"--holdout-fold", "K", "train without fold K of the training split and report on it",
       [](Options& o, const std::string& v) { o.holdout_fold = number(v, 0, 99); }},
      {"--fold", "K", "train the net of fold K of the grouped cross-validation",
       [](Options& o, const std::string& v) { o.fold = number(v, 0, 99); }},
      {"--without", "NAME",
       "train without a data set or a kind of cell and report on it (task cells)",
       [](Options& o, const std::string& v) { o.without = v; }},
      {"--trials", "FILE", "compare the changes FILE lists, with sites left out (task cells)",
       [](Options& o, const std::string& v) { o.trials = v; }},
      {"--set", "KEY=VALUE", "change the recipe for this run; give it another name to keep both",
       [](Options& o, const std::string& v) {
         const std::size_t equals = v.find('=');
         if (equals == v.npos) throw std::runtime_error("\"" + v + "\" is no KEY=VALUE");
         o.changes.emplace_back(v.substr(0, equals), v.substr(equals + 1));
       }},
      {"--all-folds", "", "train all of them that are missing",
       [](Options& o, const std::string&) { o.all_folds = true; }},
      {"--resume", "", "go on from the last checkpoint",
       [](Options& o, const std::string&) { o.resume = true; }},
      {"--threads", "N", "threads (default 1); the result depends on it in the last digits",
       [](Options& o, const std::string& v) { o.threads = number(v, 1, 256); }},
      {"--help", "", "this text", [](Options& o, const std::string&) { o.help = true; }},
  };
  return options;
}

std::filesystem::path default_cache() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  if (const std::string own = set("LEUKOLENS_CACHE"); !own.empty()) return own;
  if (const std::string common = set("XDG_CACHE_HOME"); !common.empty()) {
    return std::filesystem::path(common) / "leukolens";
  }
  return std::filesystem::path(set("HOME")) / ".cache" / "leukolens";
}

void fill_defaults(Options& options) {
  if (options.data.empty()) options.data = default_cache() / "data";
  if (options.cache.empty()) options.cache = default_cache() / "train";
  if (options.out.empty()) options.out = std::filesystem::path(options.recipe).parent_path();
  if (options.out.empty()) options.out = ".";
}

}  // namespace

Options parse(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word.empty() || word[0] != '-') {
      if (!options.recipe.empty()) throw std::runtime_error("more than one recipe: " + word);
      options.recipe = word;
      continue;
    }
    const Option* option = nullptr;
    for (const Option& known : all()) {
      if (known.name == word) option = &known;
    }
    if (!option) throw std::runtime_error("unknown option " + word + "; see --help");
    if (!option->value.empty() && i + 1 == count) {
      throw std::runtime_error(word + " needs a value: " + option->value);
    }
    try {
      option->set(options, option->value.empty() ? "" : words[++i]);
    } catch (const std::runtime_error& fault) {
      throw std::runtime_error(word + ": " + fault.what());
    }
  }
  if (options.help) return options;
  if (options.recipe.empty()) throw std::runtime_error("no recipe named; see --help");
  if ((options.holdout_fold >= 0) + (options.fold >= 0) + options.all_folds > 1) {
    throw std::runtime_error("only one of --holdout-fold, --fold and --all-folds at a time");
  }
  fill_defaults(options);
  return options;
}

std::string help_text() {
  std::string text =
      "leukolens-train RECIPE [options]\n"
      "\n"
      "Trains the net a recipe describes and writes NAME.tflite, NAME_int8.tflite, golden.json "
      "and\n"
      "NAME.log. Ctrl-C writes a checkpoint; --resume goes on from it with the same result.\n"
      "\n";
  for (const Option& option : all()) {
    std::string head = "  " + option.name + " " + option.value;
    head.resize(24, ' ');
    text += head + option.text + "\n";
  }
  return text +
         "\n"
         "CACHE is $LEUKOLENS_CACHE or ~/.cache/leukolens.\n"
         "\n"
         "Examples:\n"
         "  leukolens-train model/four.recipe                     the model that is shipped\n"
         "  leukolens-train model/four.recipe --resume            after Ctrl-C\n"
         "  leukolens-train model/four.recipe --holdout-fold 1    try a change to the recipe\n"
         "  leukolens-train model/four.recipe --all-folds         nets for the cross-validation\n";
}

}  // namespace leukolens::trainer
