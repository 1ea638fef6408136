#include "tools/trainer/recipe.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace leukolens::trainer {
namespace {

// Each key once: how its text becomes a value and back.
struct Key {
  std::string name;
  std::function<void(Recipe&, const std::string&)> set;
  std::function<std::string(const Recipe&)> get;
  bool optional = false;  // then it may be left out, and a recipe's text names it only if it is set
};

std::istream& operator>>(std::istream& in, BlockPlan& block) {
  char colon = 0;
  in >> block.width >> colon >> block.stride;
  block.dilation = 1;
  bool good = colon == ':' && block.width > 0 && (block.stride == 1 || block.stride == 2);
  if (good && !in.eof() && in.peek() == ':') {
    in >> colon >> block.dilation;
    good = block.dilation >= 1 && (block.stride == 1 || block.dilation == 1);
  }
  if (!good) in.setstate(std::ios::failbit);
  return in;
}

template <class T>
T parsed(const std::string& text) {
  std::istringstream in(text);
  T value{};
  if (!(in >> value) || !(in >> std::ws).eof()) {
    throw std::invalid_argument("can't read \"" + text + "\"");
  }
  return value;
}

std::ostream& operator<<(std::ostream& out, const BlockPlan& block) {
  out << block.width << ':' << block.stride;
  return block.dilation == 1 ? out : out << ':' << block.dilation;
}

template <class T>
Key scalar(const char* name, T Recipe::* field) {
  return {name, [=](Recipe& r, const std::string& text) { r.*field = parsed<T>(text); },
          [=](const Recipe& r) {
            std::ostringstream out;
            out << r.*field;
            return out.str();
          }};
}

template <>
Key scalar(const char* name, std::string Recipe::* field) {
  return {name, [=](Recipe& r, const std::string& text) { r.*field = text; },
          [=](const Recipe& r) { return r.*field; }};
}

Key strength(const char* name, double AugmentPlan::* field) {
  return {name,
          [=](Recipe& r, const std::string& text) {
            r.augment.*field = parsed<double>(text);
            if (r.augment.*field < 0) throw std::invalid_argument("must not be negative");
          },
          [=](const Recipe& r) {
            std::ostringstream out;
            out << r.augment.*field;
            return out.str();
          }};
}

Key optional(Key key) {
  key.optional = true;
  return key;
}

template <class T>
Key list(const char* name, std::vector<T> Recipe::* field) {
  return {name,
          [=](Recipe& r, const std::string& text) {
            std::istringstream in(text);
            (r.*field).clear();
            for (std::string word; in >> word;) (r.*field).push_back(parsed<T>(word));
          },
          [=](const Recipe& r) {
            std::ostringstream out;
            const char* gap = "";
            for (const T& value : r.*field) out << std::exchange(gap, " ") << value;
            return out.str();
          }};
}

const std::vector<Key>& keys() {
  static const std::vector<Key> all = {
      scalar("name", &Recipe::name),
      scalar("version", &Recipe::version),
      scalar("task", &Recipe::task),
      list("classes", &Recipe::classes),
      scalar("data", &Recipe::data),
      scalar("split", &Recipe::split),
      scalar("seed", &Recipe::seed),
      scalar("input_px", &Recipe::input_px),
      scalar("crop_scale", &Recipe::crop_scale),
      scalar("normalisation", &Recipe::normalisation),
      scalar("context_scale", &Recipe::context_scale),
      scalar("finder", &Recipe::finder),
      list("mean", &Recipe::mean),
      list("std", &Recipe::std),
      scalar("stem", &Recipe::stem),
      list("blocks", &Recipe::blocks),
      scalar("max_parameters", &Recipe::max_parameters),
      scalar("max_multiply_adds", &Recipe::max_multiply_adds),
      scalar("variants", &Recipe::variants),
      scalar("margin", &Recipe::margin),
      strength("augment_scale", &AugmentPlan::scale),
      strength("augment_shift", &AugmentPlan::shift),
      strength("augment_shear", &AugmentPlan::shear),
      strength("augment_stain", &AugmentPlan::stain),
      strength("augment_gain", &AugmentPlan::gain),
      strength("augment_offset", &AugmentPlan::offset),
      strength("augment_blur", &AugmentPlan::blur),
      strength("augment_noise", &AugmentPlan::noise),
      strength("augment_erase", &AugmentPlan::erase),
      optional(strength("augment_coarse", &AugmentPlan::coarse)),
      optional(strength("augment_jpeg", &AugmentPlan::jpeg)),
      optional(strength("augment_grey", &AugmentPlan::grey)),
      optional(strength("augment_shade", &AugmentPlan::shade)),
      scalar("class_balance", &Recipe::class_balance),
      scalar("side_share", &Recipe::side_share),
      optional(scalar("set_balance", &Recipe::set_balance)),
      optional(scalar("mixup", &Recipe::mixup)),
      optional(scalar("style_mix", &Recipe::style_mix)),
      scalar("steps", &Recipe::steps),
      scalar("batch", &Recipe::batch),
      scalar("warmup_steps", &Recipe::warmup_steps),
      scalar("learning_rate", &Recipe::learning_rate),
      scalar("weight_decay", &Recipe::weight_decay),
      scalar("label_smoothing", &Recipe::label_smoothing),
      scalar("ema", &Recipe::ema),
      list("calibrate_on_folds", &Recipe::calibrate_on_folds),
      scalar("target_accuracy", &Recipe::target_accuracy),
      scalar("quantise_crops", &Recipe::quantise_crops),
  };
  return all;
}

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(" \t\r");
  if (from == std::string::npos) return "";
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

void check(const Recipe& r, const std::string& path) {
  const auto need = [&](bool good, const char* what) {
    if (!good) throw std::runtime_error(path + ": " + what);
  };
  need(r.task == "originals" || r.task == "cells" || r.task == "fields",
       "task must be originals, cells or fields");
  need(r.normalisation == "linear" || r.normalisation == "density",
       "normalisation must be linear or density");
  need(r.task == "originals" || r.normalisation == "density",
       "cells and fields need the normalisation density");
  need(r.context_scale >= 1 && r.context_scale <= 8, "context_scale must be 1 to 8");
  need(r.classes.size() >= 2, "classes needs at least two names");
  need(std::set(r.classes.begin(), r.classes.end()).size() == r.classes.size(),
       "classes names one class twice");
  need(r.input_px >= 16 && r.input_px <= 512, "input_px must be 16 to 512");
  need(r.mean.size() == 3 && r.std.size() == 3, "mean and std need three numbers each");
  for (double deviation : r.std) need(deviation > 0, "std must be above 0");
  need(r.crop_scale >= 1 && r.crop_scale <= 4, "crop_scale must be 1 to 4");
  need(r.margin >= 1 && r.margin <= 3, "margin must be 1 to 3");
  need(r.stem > 0 && !r.blocks.empty(), "stem and blocks must not be empty");
  need(r.variants >= 1 && r.steps >= 1 && r.batch >= 2, "variants, steps, batch are too small");
  need(r.warmup_steps >= 0 && r.warmup_steps < r.steps, "warmup_steps must be below steps");
  need(r.learning_rate > 0, "learning_rate must be above 0");
  need(r.weight_decay >= 0, "weight_decay must not be negative");
  need(r.label_smoothing >= 0 && r.label_smoothing < 1, "label_smoothing must be in [0, 1)");
  need(r.ema >= 0 && r.ema < 1, "ema must be in [0, 1)");
  need(r.class_balance >= 0 && r.class_balance <= 1, "class_balance must be in [0, 1]");
  need(r.side_share >= 0 && r.side_share < 1, "side_share must be in [0, 1)");
  need(r.set_balance >= 0 && r.set_balance <= 1, "set_balance must be in [0, 1]");
  need(r.mixup >= 0 && r.mixup <= 1, "mixup must be in [0, 1]");
  need(r.style_mix >= 0 && r.style_mix <= 1, "style_mix must be in [0, 1]");
  need(!r.calibrate_on_folds.empty(), "calibrate_on_folds needs at least one fold");
  need(r.target_accuracy > 0 && r.target_accuracy < 1, "target_accuracy must be in (0, 1)");
  need(r.quantise_crops >= 1, "quantise_crops must be at least 1");
}

}  // namespace

namespace {

// Errors begin with `where`.
void set_value(Recipe& recipe, const std::string& name, const std::string& value,
               const std::string& where) {
  const auto key = std::find_if(keys().begin(), keys().end(),
                                [&](const Key& known) { return known.name == name; });
  if (key == keys().end()) throw std::runtime_error(where + "unknown key \"" + name + "\"");
  if (value.empty()) throw std::runtime_error(where + "\"" + name + "\" has no value");
  try {
    key->set(recipe, value);
  } catch (const std::invalid_argument& fault) {
    throw std::runtime_error(where + name + ": " + fault.what());
  }
}

}  // namespace

Recipe read_recipe(const std::string& path,
                   const std::vector<std::pair<std::string, std::string>>& changes) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": this recipe can't be opened");
  Recipe recipe;
  std::set<std::string> seen;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const std::string where = path + ":" + std::to_string(number) + ": ";
    const std::string text = trimmed(line.substr(0, line.find('#')));
    if (text.empty()) continue;
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) throw std::runtime_error(where + "expected \"key = value\"");
    const std::string name = trimmed(text.substr(0, equals));
    set_value(recipe, name, trimmed(text.substr(equals + 1)), where);
    if (!seen.insert(name).second) throw std::runtime_error(where + "\"" + name + "\" comes twice");
  }
  for (const Key& key : keys()) {
    if (!key.optional && !seen.count(key.name))
      throw std::runtime_error(path + ": \"" + key.name + "\" is missing");
  }
  for (const auto& [name, value] : changes) set_value(recipe, name, value, "--set: ");
  check(recipe, path);
  return recipe;
}

namespace {

// Lines "key = value" of the keys that are set and not among `without`.
std::string lines(const Recipe& recipe, const std::set<std::string>& without) {
  const Recipe unset;
  std::string text;
  for (const Key& key : keys()) {
    if (without.count(key.name) || (key.optional && key.get(recipe) == key.get(unset))) continue;
    text += key.name + " = " + key.get(recipe) + "\n";
  }
  return text;
}

}  // namespace

std::string canonical(const Recipe& recipe) { return lines(recipe, {}); }

std::string what_is_learnt(const Recipe& recipe) {
  return lines(recipe, {"version", "calibrate_on_folds", "target_accuracy", "quantise_crops"});
}

}  // namespace leukolens::trainer
