#include "tools/trainer/training.h"

#include <atomic>
#include <cmath>
#include <future>
#include <numbers>
#include <span>
#include <stdexcept>

#include "core/net/sha256.h"
#include "tools/trainer/batches.h"
#include "tools/trainer/checkpoint.h"
#include "tools/trainer/progress.h"

namespace leukolens::trainer {
namespace {

constexpr std::int64_t kCheckpointEvery = 250;  // steps

std::atomic<bool> stop_requested{false};

// Cosine after a linear start.
double rate_at(const Recipe& recipe, std::int64_t step) {
  if (step < recipe.warmup_steps) return recipe.learning_rate * (step + 1.0) / recipe.warmup_steps;
  const double done = double(step - recipe.warmup_steps) / (recipe.steps - recipe.warmup_steps);
  return recipe.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * done));
}

// Weight decay for weights alone, not for biases and norms.
torch::optim::AdamW make_optimizer(Net& net, const Recipe& recipe) {
  std::vector<torch::Tensor> weights, others;
  for (const torch::Tensor& p : net->parameters()) (p.dim() > 1 ? weights : others).push_back(p);
  torch::optim::AdamWOptions options(recipe.learning_rate);
  std::vector<torch::optim::OptimizerParamGroup> groups;
  options.weight_decay(recipe.weight_decay);
  groups.emplace_back(weights, std::make_unique<torch::optim::AdamWOptions>(options));
  options.weight_decay(0);
  groups.emplace_back(others, std::make_unique<torch::optim::AdamWOptions>(options));
  return torch::optim::AdamW(groups, options);
}

// average = keep * average + (1 - keep) * net, parameters and batch statistics; a short memory
// first.
void follow(Net& average, Net& net, double ema, std::int64_t step) {
  const torch::NoGradGuard no_grad;
  const double keep = std::min(ema, (step + 1.0) / (step + 10.0));
  const auto blend = [&](std::vector<torch::Tensor> to, std::vector<torch::Tensor> from) {
    for (std::size_t i = 0; i < to.size(); ++i) {
      if (to[i].is_floating_point()) {
        to[i].lerp_(from[i], 1 - keep);
      } else {
        to[i].copy_(from[i]);
      }
    }
  };
  blend(average->parameters(), net->parameters());
  blend(average->buffers(), net->buffers());
}

Net fresh_net(const Recipe& recipe) {
  torch::manual_seed(static_cast<std::int64_t>(recipe.seed));
  return Net(recipe.stem, recipe.blocks, static_cast<int>(recipe.classes.size()));
}

struct StepResult {
  double loss = 0;
  int right = 0;
};

StepResult one_step(Net& net, torch::optim::AdamW& optimizer, const Batch& batch,
                    const Recipe& recipe, std::int64_t step) {
  for (auto& group : optimizer.param_groups()) group.options().set_lr(rate_at(recipe, step));
  optimizer.zero_grad();
  const torch::Tensor logits = net(batch.pictures);
  const torch::Tensor loss = torch::nn::functional::cross_entropy(
      logits, batch.labels,
      torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(recipe.label_smoothing));
  loss.backward();
  optimizer.step();
  const torch::Tensor right = logits.argmax(1).eq(batch.labels).sum();
  return {loss.item<double>(), right.item<int>()};
}

std::string fingerprint(const Workshop& shop, const Sides& sides) {
  const std::string text = canonical(shop.recipe) +
                           training_identity(shop.originals, sides, shop.recipe) + "threads " +
                           std::to_string(shop.threads);
  return sha256_hex(std::as_bytes(std::span(text)));
}

}  // namespace

void request_stop() { stop_requested = true; }

std::optional<Net> train(const Workshop& shop, const Run& run, Start start, std::string& log) {
  const Recipe& recipe = shop.recipe;
  const Sides sides = split(shop.originals, recipe, run);
  torch::set_num_threads(shop.threads);
  Net net = fresh_net(recipe), average = fresh_net(recipe);
  average->eval();
  torch::optim::AdamW optimizer = make_optimizer(net, recipe);
  std::int64_t step = 0;
  const RunState state{net, average, optimizer, step};
  const std::filesystem::path file = shop.cache / (run_name(run) + ".checkpoint");
  const std::string mark = fingerprint(shop, sides);
  if (std::filesystem::exists(file)) {
    const bool fits = start != Start::kAnew && checkpoint_fits(file, mark);
    if (start == Start::kResume && !fits) {
      throw std::runtime_error(file.string() +
                               " belongs to another recipe, list of pictures or number of threads; "
                               "start without --resume");
    }
    if (fits) load_checkpoint(file, state);
  }

  const Batches batches(recipe, shop.originals, shop.crops, sides.train);
  Progress progress(run_name(run), recipe.steps, recipe.batch, step, log);
  const auto make = [&](std::int64_t at) {
    return std::async(std::launch::async, [&batches, at] { return batches.make(at); });
  };
  std::future<Batch> next = make(step);
  while (step < recipe.steps && !stop_requested) {
    const Batch batch = next.get();
    next = make(step + 1);
    const StepResult result = one_step(net, optimizer, batch, recipe, step);
    follow(average, net, recipe.ema, step);
    ++step;
    progress.step(step, result.loss, result.right);
    if (step % kCheckpointEvery == 0) save_checkpoint(file, state, mark);
  }
  save_checkpoint(file, state, mark);
  if (step < recipe.steps) return std::nullopt;
  return average;
}

}  // namespace leukolens::trainer
