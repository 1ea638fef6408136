#include "tools/trainer/cell_jobs.h"

#include <cstdio>
#include <optional>
#include <set>
#include <span>

#include "core/net/sha256.h"
#include "tools/trainer/augment.h"
#include "tools/trainer/cell_batches.h"
#include "tools/trainer/cell_figures.h"
#include "tools/trainer/cell_loss.h"
#include "tools/trainer/export.h"
#include "tools/trainer/files.h"
#include "tools/trainer/folded.h"
#include "tools/trainer/golden.h"
#include "tools/trainer/quantise.h"
#include "tools/trainer/training.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;

constexpr double kKept = 0.97;  // of the white cells, by each side's threshold
constexpr std::int64_t kPart = 64;
// Laboratories with a set of their own that is large enough to stand for another one.
constexpr const char* kSites[] = {"bccd", "chula", "pbc"};

int outputs(const Recipe& recipe) { return static_cast<int>(recipe.classes.size()) + 2; }

Net fresh_net(const Recipe& recipe) {
  torch::manual_seed(static_cast<std::int64_t>(recipe.seed));
  return Net(recipe.stem, recipe.blocks, outputs(recipe), Head::kPerPlace);
}

std::string fingerprint(const CellWorkshop& shop, const CellSides& sides) {
  const std::string text = canonical(shop.recipe) + training_identity(shop.cells, sides) +
                           "threads " + std::to_string(shop.threads);
  return sha256_hex(std::as_bytes(std::span(text)));
}

std::optional<Net> train(const CellWorkshop& shop, const LeftOut& out, Start start,
                         std::string& log) {
  const Recipe& recipe = shop.recipe;
  const CellSides sides = split(shop.cells, recipe, out);
  const CellBatches batches(recipe, shop.cells, shop.crops, sides.train);
  const LoopPlan plan =
      loop_plan(recipe, run_name(out), shop.threads, shop.cache, fingerprint(shop, sides));
  return run_loop(
      plan, start, fresh_net(recipe), fresh_net(recipe),
      [&](std::int64_t step) { return batches.make(step); },
      [&](Net& net, const Batch& batch) { return learn_cells(net, batch, recipe); }, log);
}

torch::Tensor exact_crops(const CellWorkshop& shop, const std::vector<int>& cells) {
  const int px = shop.recipe.input_px;
  torch::Tensor all = torch::empty({static_cast<std::int64_t>(cells.size()), 3, px, px});
  float* target = all.data_ptr<float>();
  for (int cell : cells) {
    normalise(shop.crops.at(cell), shop.crops.wide_px, shop.crops.densities[cell], shop.recipe,
              target);
    target += 3 * px * px;
  }
  return all;
}

// The first output: the classes' and sides' logits.
template <class AnyNet>
CellAnswers answers(const CellWorkshop& shop, const AnyNet& net, const FoldedNet& plan,
                    const std::vector<int>& cells) {
  CellAnswers given;
  std::vector<torch::Tensor> logits;
  const torch::Tensor crops = exact_crops(shop, cells);
  for (std::int64_t from = 0; from < crops.size(0); from += kPart) {
    const auto values = run(net, crops.slice(0, from, std::min(from + kPart, crops.size(0))));
    logits.push_back(values[plan.outputs[0]]);
  }
  given.logits = torch::cat(logits).contiguous();
  for (int cell : cells) given.cells.push_back(shop.cells[cell]);
  return given;
}

// A trained net and its 8-bit twin, whose ranges come from training cells spread over all sets.
struct Pair {
  FoldedNet net;
  QuantisedNet int8;
};

Pair finished(const CellWorkshop& shop, Net& net, const CellSides& sides) {
  const Recipe& recipe = shop.recipe;
  const std::size_t take = std::min<std::size_t>(recipe.quantise_crops, sides.train.size());
  std::vector<int> picks;
  for (std::size_t i = 0; i < take; ++i)
    picks.push_back(sides.train[i * sides.train.size() / take]);
  double low = 0, high = 0;
  for (int c = 0; c < 3; ++c) {
    low = std::min(low, (-0.5 - recipe.mean[c]) / recipe.std[c]);
    high = std::max(high, (2 - recipe.mean[c]) / recipe.std[c]);
  }
  Pair pair{fold_with_evidence(net, recipe.input_px), {}};
  pair.int8 = quantise(pair.net, exact_crops(shop, picks), static_cast<float>(low),
                       static_cast<float>(high));
  return pair;
}

schema::ModelCardT card_of(const CellWorkshop& shop, const CellFit& fit, const CellSides& sides) {
  schema::ModelCardT card = model_card(
      shop.recipe, {fit.temperature, fit.threshold, training_identity(shop.cells, sides)});
  card.side_labels = {"other_or_abnormal", "not_a_white_cell"};
  for (double threshold : fit.side_thresholds) {
    card.side_thresholds.push_back(static_cast<float>(threshold));
  }
  return card;
}

void report(std::string& log, const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
  log += line + "\n";
}

std::string fit_line(const CellFit& fit) {
  char line[200];
  std::snprintf(line, sizeof line,
                "temperature %.3f, classified from %.2f, other_or_abnormal from %.2f, "
                "not_a_white_cell from %.2f",
                fit.temperature, fit.threshold, fit.side_thresholds[0], fit.side_thresholds[1]);
  return line;
}

// As many cells of a set's own validation part as of the folds, so that one site doesn't decide.
std::optional<CellAnswers> look(const CellWorkshop& shop, const LeftOut& out, Start start,
                                std::string& log, Pair* keep = nullptr) {
  std::optional<Net> net = train(shop, out, start, log);
  if (!net) return std::nullopt;
  const CellSides sides = split(shop.cells, shop.recipe, out);
  const Pair pair = finished(shop, *net, sides);
  CellAnswers given = answers(shop, pair.net, pair.net, sides.look);
  const CellAnswers int8 = answers(shop, pair.int8, pair.net, sides.look);
  const int classes = static_cast<int>(shop.recipe.classes.size());
  const CellFit own = fit(given, classes, shop.recipe.target_accuracy, kKept);
  report(log, run_name(out) + ", temperature 1:\n" + figures(given, shop.recipe.classes, {}));
  report(log,
         run_name(out) + ", " + fit_line(own) + ":\n" + figures(given, shop.recipe.classes, own));
  report(log, run_name(out) + ", int8:\n" + figures(int8, shop.recipe.classes, own));
  if (keep) *keep = pair;
  return given;
}

CellAnswers joined(const std::vector<CellAnswers>& parts) {
  CellAnswers all;
  std::vector<torch::Tensor> logits;
  for (const CellAnswers& part : parts) {
    logits.push_back(part.logits);
    all.cells.insert(all.cells.end(), part.cells.begin(), part.cells.end());
  }
  all.logits = torch::cat(logits);
  return all;
}

std::string log_head(const CellWorkshop& shop, const CellSides& sides) {
  const Recipe& recipe = shop.recipe;
  const NetSize size =
      net_size(recipe.input_px, recipe.stem, recipe.blocks, outputs(recipe), Head::kPerPlace);
  return "Recipe\n" + canonical(recipe) +
         "\nTraining set: " + training_identity(shop.cells, sides) +
         "\nNet: " + std::to_string(size.parameters) + " parameters, " +
         std::to_string(size.multiply_adds) + " multiply-adds\n\n";
}

}  // namespace

bool make_left_out(const CellWorkshop& shop, const LeftOut& out, Start start) {
  std::string log;
  Pair pair;
  const auto given = look(shop, out, start, log, &pair);
  if (!given) return false;
  const CellSides sides = split(shop.cells, shop.recipe, out);
  const int classes = static_cast<int>(shop.recipe.classes.size());
  const CellFit own = fit(*given, classes, shop.recipe.target_accuracy, kKept);
  write_atomically(shop.cache / (run_name(out) + ".tflite"),
                   tflite_float(pair.net, card_of(shop, own, sides)));
  write_atomically(shop.cache / (run_name(out) + ".log"), log);
  return true;
}

std::optional<double> recall_without(const CellWorkshop& shop, const std::string& site) {
  std::string log;
  const LeftOut out{-1, site};
  std::optional<Net> net = train(shop, out, Start::kReuse, log);
  if (!net) return std::nullopt;
  const FoldedNet folded = fold_with_evidence(*net, shop.recipe.input_px);
  const CellSides sides = split(shop.cells, shop.recipe, out);
  return mean_recall(answers(shop, folded, folded, sides.look), site, shop.recipe.classes);
}

bool make_all_left_out(const CellWorkshop& shop) {
  std::set<int> folds;
  for (const Cell& cell : shop.cells) {
    if (cell.set == "bccd" && cell.fold >= 0) folds.insert(cell.fold);
  }
  for (int fold : folds) {
    if (!make_left_out(shop, {fold, ""}, Start::kReuse)) return false;
  }
  for (const char* site : kSites) {
    if (!make_left_out(shop, {-1, site}, Start::kReuse)) return false;
  }
  return true;
}

bool make_shipped(const CellWorkshop& shop, Start start, const fs::path& out,
                  const fs::path& golden) {
  const Recipe& recipe = shop.recipe;
  const CellSides sides = split(shop.cells, recipe, {});
  std::string log = log_head(shop, sides);
  std::optional<Net> net = train(shop, {}, start, log);
  if (!net) return false;
  std::vector<CellAnswers> parts;
  for (int fold : recipe.calibrate_on_folds) {
    const auto part = look(shop, {fold, ""}, Start::kReuse, log);
    if (!part) return false;
    parts.push_back(*part);
  }
  const int classes = static_cast<int>(recipe.classes.size());
  const CellFit own = fit(joined(parts), classes, recipe.target_accuracy, kKept);
  report(log, "shipped: " + fit_line(own));
  const Pair pair = finished(shop, *net, sides);
  const schema::ModelCardT card = card_of(shop, own, sides);
  write_atomically(out / (recipe.name + ".tflite"), tflite_float(pair.net, card));
  write_atomically(out / (recipe.name + "_int8.tflite"), tflite_int8(pair.int8, card));
  if (!golden.empty()) {
    write_atomically(out / (recipe.name + "_golden.json"),
                     golden_json(recipe, pair.net, pair.int8, own.temperature, golden));
  }
  write_atomically(out / (recipe.name + ".log"), log);
  return true;
}

}  // namespace leukolens::trainer
