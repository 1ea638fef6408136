#include "tools/trainer/cell_run.h"

#include <span>

#include "core/net/sha256.h"
#include "tools/trainer/augment.h"
#include "tools/trainer/cell_batches.h"
#include "tools/trainer/cell_loss.h"
#include "tools/trainer/claim.h"
#include "tools/trainer/training.h"

namespace leukolens::trainer {
namespace {

constexpr std::int64_t kPart = 64;

Net fresh_net(const Recipe& recipe) {
  torch::manual_seed(static_cast<std::int64_t>(recipe.seed));
  return Net(recipe.stem, recipe.blocks, cell_outputs(recipe), Head::kPerPlace);
}

std::string fingerprint(const CellWorkshop& shop, const CellSides& sides) {
  const std::string text = what_is_learnt(shop.recipe) + training_identity(shop.cells, sides) +
                           "threads " + std::to_string(shop.threads);
  return sha256_hex(std::as_bytes(std::span(text)));
}

std::filesystem::path claim_file(const CellWorkshop& shop, const LeftOut& out) {
  return shop.cache / (run_name(out) + ".claim");
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
CellAnswers answers_of(const CellWorkshop& shop, const AnyNet& net, const FoldedNet& plan,
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

}  // namespace

int cell_outputs(const Recipe& recipe) { return static_cast<int>(recipe.classes.size()) + 2; }

std::optional<Net> train_cells(const CellWorkshop& shop, const LeftOut& out, Start start,
                               std::string& log) {
  std::filesystem::create_directories(shop.cache);
  const Claim claim(claim_file(shop, out), Wait::kYes);
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

bool in_other_hands(const CellWorkshop& shop, const LeftOut& out) {
  std::filesystem::create_directories(shop.cache);
  return !Claim(claim_file(shop, out), Wait::kNo).held();
}

CellAnswers answers(const CellWorkshop& shop, const FoldedNet& net, const std::vector<int>& cells) {
  return answers_of(shop, net, net, cells);
}

CellAnswers answers(const CellWorkshop& shop, const CellPair& pair, const std::vector<int>& cells) {
  return answers_of(shop, pair.int8, pair.net, cells);
}

CellPair finished(const CellWorkshop& shop, Net& net, const CellSides& sides) {
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
  CellPair pair{fold_with_evidence(net, recipe.input_px), {}};
  pair.int8 = quantise(pair.net, exact_crops(shop, picks), static_cast<float>(low),
                       static_cast<float>(high));
  return pair;
}

}  // namespace leukolens::trainer
