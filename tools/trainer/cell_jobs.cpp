#include "tools/trainer/cell_jobs.h"

#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>

#include "tools/trainer/export.h"
#include "tools/trainer/files.h"
#include "tools/trainer/golden.h"
#include "tools/trainer/stains.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;

constexpr double kKept = 0.97;  // of the white cells, by each side's threshold
// Laboratories with a set of their own that is large enough to stand for another one.
constexpr const char* kSites[] = {"bccd", "chula", "pbc"};

int classes(const Recipe& recipe) { return static_cast<int>(recipe.classes.size()); }

schema::ModelCardT card_of(const CellWorkshop& shop, const CellFit& fit, const CellSides& sides) {
  schema::ModelCardT card = model_card(
      shop.recipe, {fit.temperature, fit.threshold, training_identity(shop.cells, sides)});
  card.side_labels = {"other_or_abnormal", "not_a_white_cell"};
  tell_stains(known_stains(shop.cells, shop.crops, shop.recipe, sides.train), card);
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
      net_size(recipe.input_px, recipe.stem, recipe.blocks, cell_outputs(recipe), Head::kPerPlace);
  return "Recipe\n" + canonical(recipe) +
         "\nTraining set: " + training_identity(shop.cells, sides) +
         "\nNet: " + std::to_string(size.parameters) + " parameters, " +
         std::to_string(size.multiply_adds) + " multiply-adds\n\n";
}

// Without the cells of the site or kind that a net is judged by.
CellAnswers others(const CellAnswers& all, const LeftOut& judged) {
  CellAnswers rest;
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < all.cells.size(); ++i) {
    if (all.cells[i].set == judged.site || all.cells[i].kind == judged.kind) continue;
    rows.push_back(static_cast<std::int64_t>(i));
    rest.cells.push_back(all.cells[i]);
  }
  rest.logits = all.logits.index_select(0, torch::tensor(rows)).contiguous();
  return rest;
}

// What temperature and thresholds are fitted on: folds, each read by a net that has not seen it.
// Nothing of what a net is judged by has a say in its own fit.
class Calibration {
 public:
  explicit Calibration(const CellWorkshop& shop) : shop_(shop) {}

  // Nothing when stopped.
  std::optional<CellAnswers> answers_for(const LeftOut& judged, std::string& log) {
    std::vector<CellAnswers> parts;
    for (int fold : shop_.recipe.calibrate_on_folds) {
      if (fold == judged.fold) continue;
      if (!has(fold, log)) return std::nullopt;
      parts.push_back(others(folds_.at(fold), judged));
    }
    if (parts.empty()) {
      throw std::runtime_error("calibrate_on_folds has no fold but the one left out, name two");
    }
    return joined(parts);
  }

 private:
  bool has(int fold, std::string& log) {
    if (folds_.count(fold)) return true;
    std::optional<Net> net = train_cells(shop_, {fold, "", ""}, Start::kReuse, log);
    if (!net) return false;
    const FoldedNet folded = fold_with_evidence(*net, shop_.recipe.input_px);
    const CellSides sides = split(shop_.cells, shop_.recipe, {fold, "", ""});
    folds_[fold] = answers(shop_, folded, sides.look);
    return true;
  }

  const CellWorkshop& shop_;
  std::map<int, CellAnswers> folds_;
};

// Trains what no other process has in its hands; false when stopped.
bool train_missing(const CellWorkshop& shop, const std::vector<LeftOut>& runs) {
  for (const LeftOut& out : runs) {
    std::string log;
    if (in_other_hands(shop, out)) continue;
    if (!train_cells(shop, out, Start::kReuse, log)) return false;
  }
  return true;
}

std::vector<LeftOut> calibrating(const Recipe& recipe) {
  std::vector<LeftOut> runs;
  for (int fold : recipe.calibrate_on_folds) runs.push_back({fold, "", ""});
  return runs;
}

bool make_left_out(const CellWorkshop& shop, const LeftOut& out, Start start,
                   Calibration& calibration) {
  const Recipe& recipe = shop.recipe;
  std::string log;
  std::optional<Net> net = train_cells(shop, out, start, log);
  if (!net) return false;
  const auto given = calibration.answers_for(out, log);
  if (!given) return false;
  const CellFit own = fit(*given, classes(recipe), recipe.target_accuracy, kKept);
  const CellSides sides = split(shop.cells, recipe, out);
  const CellPair pair = finished(shop, *net, sides);
  report(log, run_name(out) + ", " + fit_line(own) + ":\n" +
                  figures(answers(shop, pair.net, sides.look), recipe.classes, own));
  report(log, run_name(out) + ", int8:\n" +
                  figures(answers(shop, pair, sides.look), recipe.classes, own));
  write_atomically(shop.cache / (run_name(out) + ".tflite"),
                   tflite_float(pair.net, card_of(shop, own, sides)));
  write_atomically(shop.cache / (run_name(out) + ".log"), log);
  return true;
}

std::vector<LeftOut> all_left_out(const std::vector<Cell>& cells) {
  std::set<int> folds;
  std::set<std::string> kinds;
  for (const Cell& cell : cells) {
    if (cell.set == "bccd" && cell.fold >= 0) folds.insert(cell.fold);
    if (cell.side != SideKind::kWhiteCell) kinds.insert(cell.kind);
  }
  std::vector<LeftOut> runs;
  for (int fold : folds) runs.push_back({fold, "", ""});
  for (const char* site : kSites) runs.push_back({-1, site, ""});
  for (const std::string& kind : kinds) runs.push_back({-1, "", kind});
  return runs;
}

}  // namespace

LeftOut left_out_by_name(const std::vector<Cell>& cells, const std::string& name) {
  std::set<std::string> names;
  for (const Cell& cell : cells) {
    if (cell.set == name) return {-1, name, ""};
    if (cell.side != SideKind::kWhiteCell && cell.kind == name) return {-1, "", name};
    names.insert(cell.set);
    if (cell.side != SideKind::kWhiteCell) names.insert(cell.kind);
  }
  std::string known;
  for (const std::string& each : names) known += " " + each;
  throw std::runtime_error("--without: no \"" + name + "\" is among" + known);
}

bool make_left_out(const CellWorkshop& shop, const LeftOut& out, Start start) {
  Calibration calibration(shop);
  return make_left_out(shop, out, start, calibration);
}

std::optional<double> recall_without(const CellWorkshop& shop, const std::string& site) {
  std::string log;
  const LeftOut out{-1, site, ""};
  std::optional<Net> net = train_cells(shop, out, Start::kReuse, log);
  if (!net) return std::nullopt;
  const FoldedNet folded = fold_with_evidence(*net, shop.recipe.input_px);
  const CellSides sides = split(shop.cells, shop.recipe, out);
  return mean_recall(answers(shop, folded, sides.look), site, shop.recipe.classes);
}

bool make_all_left_out(const CellWorkshop& shop) {
  const std::vector<LeftOut> runs = all_left_out(shop.cells);
  if (!train_missing(shop, runs)) return false;
  Calibration calibration(shop);
  for (const LeftOut& out : runs) {
    if (!make_left_out(shop, out, Start::kReuse, calibration)) return false;
  }
  return true;
}

bool make_shipped(const CellWorkshop& shop, Start start, const fs::path& out,
                  const fs::path& golden) {
  const Recipe& recipe = shop.recipe;
  const CellSides sides = split(shop.cells, recipe, {});
  std::string log = log_head(shop, sides);
  std::optional<Net> net = train_cells(shop, {}, start, log);
  if (!net || !train_missing(shop, calibrating(recipe))) return false;
  const auto given = Calibration(shop).answers_for({}, log);
  if (!given) return false;
  const CellFit own = fit(*given, classes(recipe), recipe.target_accuracy, kKept);
  report(log, "folds read by nets that have not seen them, temperature 1:\n" +
                  figures(*given, recipe.classes, {}));
  report(log, "shipped, " + fit_line(own) + ", the same folds:\n" +
                  figures(*given, recipe.classes, own));
  const CellPair pair = finished(shop, *net, sides);
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
