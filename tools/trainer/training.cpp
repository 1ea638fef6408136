#include "tools/trainer/training.h"

#include <span>

#include "core/net/sha256.h"
#include "tools/trainer/batches.h"

namespace leukolens::trainer {
namespace {

Net fresh_net(const Recipe& recipe) {
  torch::manual_seed(static_cast<std::int64_t>(recipe.seed));
  return Net(recipe.stem, recipe.blocks, static_cast<int>(recipe.classes.size()));
}

std::string fingerprint(const Workshop& shop, const Sides& sides) {
  const std::string text = what_is_learnt(shop.recipe) +
                           training_identity(shop.originals, sides, shop.recipe) + "threads " +
                           std::to_string(shop.threads);
  return sha256_hex(std::as_bytes(std::span(text)));
}

StepResult learn(Net& net, const Batch& batch, double label_smoothing) {
  const torch::Tensor logits = net(batch.pictures);
  const torch::Tensor loss = torch::nn::functional::cross_entropy(
      logits, batch.labels,
      torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(label_smoothing));
  return {loss, logits.argmax(1).eq(batch.labels).sum().item<int>()};
}

}  // namespace

LoopPlan loop_plan(const Recipe& recipe, const std::string& name, int threads,
                   const std::filesystem::path& cache, std::string fingerprint) {
  return {name,
          cache / (name + ".checkpoint"),
          std::move(fingerprint),
          recipe.steps,
          recipe.warmup_steps,
          recipe.batch,
          threads,
          recipe.learning_rate,
          recipe.weight_decay,
          recipe.ema};
}

std::optional<Net> train(const Workshop& shop, const Run& run, Start start, std::string& log) {
  const Recipe& recipe = shop.recipe;
  const Sides sides = split(shop.originals, recipe, run);
  const Batches batches(recipe, shop.originals, shop.crops, sides.train);
  const LoopPlan plan =
      loop_plan(recipe, run_name(run), shop.threads, shop.cache, fingerprint(shop, sides));
  return run_loop(
      plan, start, fresh_net(recipe), fresh_net(recipe),
      [&](std::int64_t step) { return batches.make(step); },
      [&](Net& net, const Batch& batch) { return learn(net, batch, recipe.label_smoothing); }, log);
}

}  // namespace leukolens::trainer
