#include "tools/trainer/jobs.h"

#include <cstdio>
#include <set>

#include "tools/trainer/augment.h"
#include "tools/trainer/calibration.h"
#include "tools/trainer/export.h"
#include "tools/trainer/files.h"
#include "tools/trainer/golden.h"
#include "tools/trainer/quantise.h"
#include "tools/trainer/random.h"

namespace leukolens::trainer {
namespace {

void report(std::string& log, const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
  log += line + "\n";
}

std::string percent(double share) {
  char text[20];
  std::snprintf(text, sizeof text, "%.1f %%", 100 * share);
  return text;
}

// Exact crops of some originals, all variants, normalised.
torch::Tensor exact_crops(const Workshop& shop, const std::vector<int>& originals) {
  const int px = shop.recipe.input_px, variants = shop.crops.variants;
  torch::Tensor all =
      torch::empty({static_cast<std::int64_t>(originals.size()) * variants, 3, px, px});
  float* target = all.data_ptr<float>();
  for (int original : originals) {
    for (int v = 0; v < variants; ++v, target += 3 * px * px) {
      normalise(&shop.crops.exact[shop.crops.exact_at(original, v)], shop.recipe, target);
    }
  }
  return all;
}

torch::Tensor logits_of(const FoldedNet& net, const torch::Tensor& crops) {
  return run(net, crops).back();
}
torch::Tensor logits_of(const QuantisedNet& net, const torch::Tensor& crops) {
  return run(net, crops).back();
}

template <class AnyNet>
Answers answers(const Workshop& shop, const AnyNet& net, const std::vector<int>& originals) {
  constexpr std::int64_t kPart = 64;
  const torch::Tensor crops = exact_crops(shop, originals);
  std::vector<torch::Tensor> logits;
  for (std::int64_t from = 0; from < crops.size(0); from += kPart) {
    logits.push_back(logits_of(net, crops.slice(0, from, std::min(from + kPart, crops.size(0)))));
  }
  std::vector<std::int64_t> labels;
  for (int i : originals) labels.push_back(shop.originals[i].label);
  return {torch::cat(logits), torch::tensor(labels), shop.crops.variants};
}

// A trained net and its 8-bit twin.
struct Pair {
  FoldedNet net;
  QuantisedNet int8;
};

// The twin's ranges come from training crops, drawn over all originals.
Pair finished(const Workshop& shop, Net& net, const Sides& sides) {
  const Recipe& recipe = shop.recipe;
  const torch::Tensor crops = exact_crops(shop, sides.train);
  const std::int64_t take = std::min<std::int64_t>(recipe.quantise_crops, crops.size(0));
  std::vector<std::int64_t> picks;
  for (std::int64_t i = 0; i < take; ++i) picks.push_back(i * crops.size(0) / take);
  double low = 0, high = 0;
  for (int c = 0; c < 3; ++c) {
    low = std::min(low, (0 - recipe.mean[c]) / recipe.std[c]);
    high = std::max(high, (1 - recipe.mean[c]) / recipe.std[c]);
  }
  Pair pair{fold(net, recipe.input_px), {}};
  pair.int8 = quantise(pair.net, crops.index_select(0, torch::tensor(picks)),
                       static_cast<float>(low), static_cast<float>(high));
  return pair;
}

// Names the originals answered otherwise than labelled, so that a person can look at them.
std::string mistakes(const Workshop& shop, const Answers& given,
                     const std::vector<int>& originals) {
  const torch::Tensor mean =
      given.logits.softmax(1).view({given.labels.size(0), given.variants, -1}).mean(1);
  std::string text;
  for (std::size_t i = 0; i < originals.size(); ++i) {
    const torch::Tensor row = mean[static_cast<std::int64_t>(i)];
    const auto picked = row.argmax().item<std::int64_t>();
    const Original& original = shop.originals[originals[i]];
    if (picked == original.label) continue;
    text += "\n  " + original.file + ": " + shop.recipe.classes[original.label] + " taken for " +
            shop.recipe.classes[picked] + " (" + percent(row[picked].item<double>()) + ")";
  }
  return text;
}

// Trains one run that looks at a side, and says how it does there.
std::optional<Answers> train_and_look(const Workshop& shop, const Run& run, Start start,
                                      std::string& log, Pair* keep = nullptr) {
  std::optional<Net> net = train(shop, run, start, log);
  if (!net) return std::nullopt;
  const Sides sides = split(shop.originals, shop.recipe, run);
  const Pair pair = finished(shop, *net, sides);
  const Answers given = answers(shop, pair.net, sides.look);
  const Answers int8 = answers(shop, pair.int8, sides.look);
  report(log, run_name(run) + ": " + figures(given, shop.recipe.classes) +
                  mistakes(shop, given, sides.look));
  report(log, run_name(run) + ", int8: " + figures(int8, shop.recipe.classes));
  if (keep) *keep = pair;
  return given;
}

// Trains or reuses what the recipe holds out.
std::optional<Fit> calibrate(const Workshop& shop, std::string& log) {
  std::vector<Answers> parts;
  std::string folds;
  for (int fold_number : shop.recipe.calibrate_on_folds) {
    const auto part = train_and_look(shop, {Purpose::kHoldout, fold_number}, Start::kReuse, log);
    if (!part) return std::nullopt;
    parts.push_back(*part);
    folds += ' ' + std::to_string(fold_number);
  }
  const Fit result = fit(joined(parts), shop.recipe.target_accuracy);
  char line[300];
  std::snprintf(
      line, sizeof line,
      "temperature %.3f, threshold %.2f from training originals held out (folds%s): %s of "
      "their pictures classified, %s of these rightly",
      result.temperature, result.threshold, folds.c_str(), percent(result.share_classified).c_str(),
      percent(result.accuracy_classified).c_str());
  report(log, line);
  return result;
}

std::string log_head(const Workshop& shop, const Sides& sides) {
  const Recipe& recipe = shop.recipe;
  const NetSize size = net_size(recipe.input_px, recipe.stem, recipe.blocks,
                                static_cast<int>(recipe.classes.size()));
  return "Recipe\n" + canonical(shop.recipe) +
         "\nTraining set: " + training_identity(shop.originals, sides, shop.recipe) +
         "\nNet: " + std::to_string(size.parameters) + " parameters, " +
         std::to_string(size.multiply_adds) +
         " multiply-adds\nThreads: " + std::to_string(shop.threads) + "\n\n";
}

}  // namespace

bool make_holdout(const Workshop& shop, int fold_number, Start start) {
  std::string log;
  const auto given = train_and_look(shop, {Purpose::kHoldout, fold_number}, start, log);
  if (!given) return false;
  const Fit result = fit(*given, shop.recipe.target_accuracy);
  std::printf("temperature %.3f, threshold %.2f: %s classified, %s of these rightly\n",
              result.temperature, result.threshold, percent(result.share_classified).c_str(),
              percent(result.accuracy_classified).c_str());
  return true;
}

bool make_shipped(const Workshop& shop, Start start, const std::filesystem::path& out,
                  const std::filesystem::path& golden) {
  const Recipe& recipe = shop.recipe;
  const Sides sides = split(shop.originals, recipe, {});
  std::string log = log_head(shop, sides);
  std::optional<Net> net = train(shop, {}, start, log);
  if (!net) return false;
  const std::optional<Fit> calibration = calibrate(shop, log);
  if (!calibration) return false;
  const Pair pair = finished(shop, *net, sides);
  const CardFacts facts{calibration->temperature, calibration->threshold,
                        training_identity(shop.originals, sides, recipe)};
  const schema::ModelCardT card = model_card(recipe, facts);
  report(log, "shipped, on what it was trained on: " +
                  figures(answers(shop, pair.net, sides.train), recipe.classes));
  report(log, "shipped, int8, the same: " +
                  figures(answers(shop, pair.int8, sides.train), recipe.classes));
  write_atomically(out / (recipe.name + ".tflite"), tflite_float(pair.net, card));
  write_atomically(out / (recipe.name + "_int8.tflite"), tflite_int8(pair.int8, card));
  if (!golden.empty()) {
    write_atomically(out / "golden.json",
                     golden_json(recipe, pair.net, pair.int8, calibration->temperature, golden));
  }
  write_atomically(out / (recipe.name + ".log"), log);
  return true;
}

bool make_fold(const Workshop& shop, int fold_number, Start start) {
  std::string log;
  const Run run{Purpose::kFold, fold_number};
  Pair pair;
  if (!train_and_look(shop, run, start, log, &pair)) return false;
  const std::optional<Fit> calibration = calibrate(shop, log);
  if (!calibration) return false;
  const Sides sides = split(shop.originals, shop.recipe, run);
  const CardFacts facts{calibration->temperature, calibration->threshold,
                        training_identity(shop.originals, sides, shop.recipe)};
  write_atomically(shop.cache / (run_name(run) + ".tflite"),
                   tflite_float(pair.net, model_card(shop.recipe, facts)));
  write_atomically(shop.cache / (run_name(run) + ".log"), log);
  return true;
}

bool make_all_folds(const Workshop& shop) {
  std::set<int> folds;
  for (const Original& original : shop.originals) folds.insert(original.fold);
  for (int fold_number : folds) {
    if (!make_fold(shop, fold_number, Start::kReuse)) return false;
  }
  return true;
}

}  // namespace leukolens::trainer
