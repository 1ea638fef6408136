#include "tools/trainer/ablation.h"

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>
#include <stdexcept>

#include "core/net/sha256.h"
#include "tools/trainer/claim.h"
#include "tools/trainer/files.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(" \t\r");
  if (from == std::string::npos) return "";
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::pair<std::string, std::string> key_and_value(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) throw std::runtime_error("expected \"key = value\"");
  return {trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1))};
}

template <class T>
std::vector<T> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<T> all;
  for (T word; in >> word;) all.push_back(word);
  if (all.empty() || !in.eof()) throw std::runtime_error("\"" + text + "\" doesn't read as a list");
  return all;
}

void read_line(const std::string& text, AblationPlan& plan) {
  if (const std::size_t bar = text.find('|'); bar != std::string::npos) {
    Variant variant{trimmed(text.substr(0, bar)), {}};
    std::istringstream changes(text.substr(bar + 1));
    for (std::string change; std::getline(changes, change, ';');) {
      if (!trimmed(change).empty()) variant.changes.push_back(key_and_value(change));
    }
    plan.variants.push_back(std::move(variant));
    return;
  }
  const auto [key, value] = key_and_value(text);
  if (key == "steps") {
    plan.steps = words_of<int>(value).front();
  } else if (key == "seeds") {
    plan.seeds = words_of<std::uint64_t>(value);
  } else if (key == "sites") {
    plan.sites = words_of<std::string>(value);
  } else {
    throw std::runtime_error("unknown key \"" + key + "\"");
  }
}

Trial trial_of(const AblationPlan& plan, const std::string& recipe_path, const Variant& variant,
               std::uint64_t seed, const std::string& site) {
  auto changes = variant.changes;
  changes.emplace_back("steps", std::to_string(plan.steps));
  changes.emplace_back("seed", std::to_string(seed));
  return {read_recipe(recipe_path, changes), site};
}

fs::path result_file(const fs::path& results, const Trial& trial) {
  const std::string text = what_is_learnt(trial.recipe) + "without " + trial.site;
  return results / (sha256_hex(std::as_bytes(std::span(text))).substr(0, 16) + ".txt");
}

std::optional<double> read_result(const fs::path& file) {
  std::ifstream in(file);
  double value = 0;
  if (in >> value) return value;
  return std::nullopt;
}

template <class Visit>
bool each_trial(const AblationPlan& plan, const std::string& recipe_path, Visit visit) {
  for (std::uint64_t seed : plan.seeds) {
    for (const Variant& variant : plan.variants) {
      for (const std::string& site : plan.sites) {
        if (!visit(variant, trial_of(plan, recipe_path, variant, seed, site))) return false;
      }
    }
  }
  return true;
}

std::string text_of(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6f\n", value);
  return text;
}

// Nothing if a trial is still missing.
std::optional<nlohmann::ordered_json> table(const AblationPlan& plan,
                                            const std::string& recipe_path,
                                            const fs::path& results) {
  nlohmann::ordered_json variants = nlohmann::ordered_json::array();
  for (const Variant& variant : plan.variants) {
    nlohmann::ordered_json row{{"name", variant.name}};
    nlohmann::ordered_json changes = nlohmann::ordered_json::object();
    for (const auto& [key, value] : variant.changes) changes[key] = value;
    row["changes"] = changes;
    for (const std::string& site : plan.sites) {
      for (std::uint64_t seed : plan.seeds) {
        const Trial trial = trial_of(plan, recipe_path, variant, seed, site);
        const auto value = read_result(result_file(results, trial));
        if (!value) return std::nullopt;
        row["recall"][site].push_back(*value);
      }
    }
    variants.push_back(row);
  }
  return nlohmann::ordered_json{{"schema", "leukolens-ablation/1"},
                                {"steps", plan.steps},
                                {"seeds", plan.seeds},
                                {"sites", plan.sites},
                                {"variants", variants}};
}

}  // namespace

AblationPlan read_ablation(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": this list of trials can't be opened");
  AblationPlan plan;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const std::string text = trimmed(line.substr(0, line.find('#')));
    if (text.empty()) continue;
    try {
      read_line(text, plan);
    } catch (const std::runtime_error& fault) {
      throw std::runtime_error(path + ":" + std::to_string(number) + ": " + fault.what());
    }
  }
  if (plan.steps < 1 || plan.seeds.empty() || plan.sites.empty() || plan.variants.empty()) {
    throw std::runtime_error(path + ": needs steps, seeds, sites and at least one line with a |");
  }
  return plan;
}

bool run_ablation(const AblationPlan& plan, const std::string& recipe_path, const RunTrial& run,
                  const fs::path& results, const fs::path& out) {
  fs::create_directories(results);
  const bool all = each_trial(plan, recipe_path, [&](const Variant& variant, const Trial& trial) {
    const fs::path file = result_file(results, trial);
    const Claim claim(fs::path(file).replace_extension(".claim"), Wait::kNo);
    if (!claim.held() || read_result(file)) return true;
    std::printf("%s, seed %llu, without %s\n", variant.name.c_str(),
                static_cast<unsigned long long>(trial.recipe.seed), trial.site.c_str());
    const auto value = run(trial);
    if (!value) return false;
    write_atomically(file, text_of(*value));
    std::printf("%s, seed %llu, without %s: mean recall %.1f %%\n", variant.name.c_str(),
                static_cast<unsigned long long>(trial.recipe.seed), trial.site.c_str(),
                100 * *value);
    return true;
  });
  if (!all) return false;
  if (const auto rows = table(plan, recipe_path, results)) {
    write_atomically(out, rows->dump(1) + "\n");
  } else {
    std::printf("another process still has trials to finish\n");
  }
  return true;
}

}  // namespace leukolens::trainer
