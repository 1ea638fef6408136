#include "tools/trainer/field_jobs.h"

#include <cstdio>
#include <optional>
#include <span>

#include "core/net/sha256.h"
#include "tools/trainer/export.h"
#include "tools/trainer/field_batches.h"
#include "tools/trainer/field_figures.h"
#include "tools/trainer/field_targets.h"
#include "tools/trainer/files.h"
#include "tools/trainer/folded.h"
#include "tools/trainer/quantise.h"
#include "tools/trainer/training.h"

namespace leukolens::trainer {
namespace {

Net fresh_net(const Recipe& recipe) {
  torch::manual_seed(static_cast<std::int64_t>(recipe.seed));
  Net net(recipe.stem, recipe.blocks, kFieldOutputs, Head::kPerPlace);
  // Nearly every place is empty: start from that belief, or the first steps are lost on it.
  constexpr double kFirstBelief = -3.5;
  const torch::NoGradGuard no_grad;
  net->place_head->bias.view({kFinderParts * kFinderParts, -1})
      .slice(1, 0, kFieldKinds)
      .fill_(kFirstBelief);
  return net;
}

StepResult learn(Net& net, const Batch& batch) {
  const FieldLoss loss = field_loss(net(batch.pictures), batch.labels);
  const auto pictures = static_cast<double>(batch.pictures.size(0));
  return {loss.loss, static_cast<int>(loss.seen * pictures + 0.5)};
}

std::string training_identity(const std::vector<FieldPicture>& fields) {
  std::string text;
  for (const FieldPicture& field : fields) {
    text += field.file.string() + " " + std::to_string(field.boxes.size()) + "\n";
  }
  std::string sets;
  for (const FieldPicture& field : fields) {
    if (sets.find(field.origin) == std::string::npos) sets += field.origin + " ";
  }
  return sets + "(" + std::to_string(fields.size()) + " pictures), sha256 " +
         sha256_hex(std::as_bytes(std::span(text)));
}

schema::ModelCardT card_of(const FieldWorkshop& shop, const std::vector<float>& thresholds) {
  schema::ModelCardT card = model_card(shop.recipe, {1, 0, training_identity(shop.fields)});
  card.kind = "finder";
  card.label_thresholds = thresholds;
  return card;
}

// Windows as in training set the ranges of the 8-bit net.
torch::Tensor windows(const FieldWorkshop& shop, const FieldBatches& batches) {
  std::vector<torch::Tensor> all;
  const int count = (shop.recipe.quantise_crops + shop.recipe.batch - 1) / shop.recipe.batch;
  for (int i = 0; i < count; ++i) all.push_back(batches.make(-2 - i).pictures);
  return torch::cat(all);
}

struct Pair {
  FoldedNet net;
  QuantisedNet int8;
};

Pair finished(const FieldWorkshop& shop, Net& net, const FieldBatches& batches) {
  const Recipe& recipe = shop.recipe;
  double low = 0, high = 0;
  for (int c = 0; c < 3; ++c) {
    low = std::min(low, (-0.5 - recipe.mean[c]) / recipe.std[c]);
    high = std::max(high, (2 - recipe.mean[c]) / recipe.std[c]);
  }
  Pair pair{fold(net, recipe.input_px), {}};
  pair.int8 =
      quantise(pair.net, windows(shop, batches), static_cast<float>(low), static_cast<float>(high));
  return pair;
}

void report(std::string& log, const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
  log += line + "\n";
}

// Best F1 on both validation parts together, each kind on its own.
std::vector<float> choose_thresholds(const FieldWorkshop& shop, const Pair& pair,
                                     const std::vector<FieldPicture>& validation) {
  const std::vector<float> none(kFieldKinds, 0.5f);
  const FieldFigures figures =
      measure_finder(tflite_float(pair.net, card_of(shop, none)), validation);
  std::vector<float> thresholds;
  for (const auto& kind : figures.kinds) thresholds.push_back(static_cast<float>(kind.threshold));
  return thresholds;
}

}  // namespace

bool make_finder(const FieldWorkshop& shop, Start start, const std::filesystem::path& out) {
  const Recipe& recipe = shop.recipe;
  const std::string identity = training_identity(shop.fields);
  const FieldBatches batches(recipe, shop.fields);
  const NetSize size =
      net_size(recipe.input_px, recipe.stem, recipe.blocks, kFieldOutputs, Head::kPerPlace);
  std::string log = "Recipe\n" + canonical(recipe) + "\nTraining set: " + identity +
                    "\nNet: " + std::to_string(size.parameters) + " parameters, " +
                    std::to_string(size.multiply_adds) + " multiply-adds a window\n\n";
  const std::string text =
      what_is_learnt(recipe) + identity + "threads " + std::to_string(shop.threads);
  const LoopPlan plan = loop_plan(recipe, recipe.name, shop.threads, shop.cache,
                                  sha256_hex(std::as_bytes(std::span(text))));
  std::optional<Net> net = run_loop(
      plan, start, fresh_net(recipe), fresh_net(recipe),
      [&](std::int64_t step) { return batches.make(step); }, learn, log);
  if (!net) return false;

  const std::vector<FieldPicture> txl = read_validation("txl", shop.data),
                                  bccd = read_validation("bccd", shop.data);
  std::vector<FieldPicture> both = txl;
  both.insert(both.end(), bccd.begin(), bccd.end());
  const Pair pair = finished(shop, *net, batches);
  const std::vector<float> thresholds = choose_thresholds(shop, pair, both);
  const schema::ModelCardT card = card_of(shop, thresholds);
  const auto file = tflite_float(pair.net, card), small = tflite_int8(pair.int8, card);
  report(log, "TXL validation: " + line_of(measure_finder(file, txl, thresholds)));
  report(log, "TXL validation, int8: " + line_of(measure_finder(small, txl, thresholds)));
  report(log, "BCCD validation: " + line_of(measure_finder(file, bccd, thresholds)));
  report(log, "BCCD validation, int8: " + line_of(measure_finder(small, bccd, thresholds)));
  write_atomically(out / (recipe.name + ".tflite"), file);
  write_atomically(out / (recipe.name + "_int8.tflite"), small);
  write_atomically(out / (recipe.name + ".log"), log);
  return true;
}

}  // namespace leukolens::trainer
