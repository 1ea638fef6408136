#include "tools/trainer/loop.h"

#include <atomic>
#include <cmath>
#include <future>
#include <numbers>
#include <stdexcept>

#include "tools/trainer/checkpoint.h"
#include "tools/trainer/progress.h"

namespace leukolens::trainer {
namespace {

constexpr std::int64_t kCheckpointEvery = 250;  // steps

std::atomic<bool> stop_requested{false};

// Cosine after a linear start.
double rate_at(const LoopPlan& plan, std::int64_t step) {
  if (step < plan.warmup_steps) return plan.learning_rate * (step + 1.0) / plan.warmup_steps;
  const double done = double(step - plan.warmup_steps) / (plan.steps - plan.warmup_steps);
  return plan.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * done));
}

// Weight decay for weights alone, not for biases and norms.
torch::optim::AdamW make_optimizer(Net& net, const LoopPlan& plan) {
  std::vector<torch::Tensor> weights, others;
  for (const torch::Tensor& p : net->parameters()) (p.dim() > 1 ? weights : others).push_back(p);
  torch::optim::AdamWOptions options(plan.learning_rate);
  std::vector<torch::optim::OptimizerParamGroup> groups;
  options.weight_decay(plan.weight_decay);
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

// From a checkpoint that fits, as `start` allows.
void take_up(const LoopPlan& plan, Start start, const RunState& state) {
  if (!std::filesystem::exists(plan.checkpoint)) return;
  const bool fits = start != Start::kAnew && checkpoint_fits(plan.checkpoint, plan.fingerprint);
  if (start == Start::kResume && !fits) {
    throw std::runtime_error(plan.checkpoint.string() +
                             " belongs to another recipe, list of pictures or number of threads; "
                             "start without --resume");
  }
  if (fits) load_checkpoint(plan.checkpoint, state);
}

}  // namespace

void request_stop() { stop_requested = true; }

std::optional<Net> run_loop(const LoopPlan& plan, Start start, Net net, Net average,
                            const std::function<Batch(std::int64_t)>& make,
                            const std::function<StepResult(Net&, const Batch&)>& learn,
                            std::string& log) {
  torch::set_num_threads(plan.threads);
  average->eval();
  torch::optim::AdamW optimizer = make_optimizer(net, plan);
  std::int64_t step = 0;
  const RunState state{net, average, optimizer, step};
  take_up(plan, start, state);
  Progress progress(plan.name, plan.steps, plan.batch, step, log);
  const auto begin = [&](std::int64_t at) {
    return std::async(std::launch::async, [&make, at] { return make(at); });
  };
  std::future<Batch> next = begin(step);
  while (step < plan.steps && !stop_requested) {
    const Batch batch = next.get();
    next = begin(step + 1);
    for (auto& group : optimizer.param_groups()) group.options().set_lr(rate_at(plan, step));
    optimizer.zero_grad();
    const StepResult result = learn(net, batch);
    result.loss.backward();
    optimizer.step();
    follow(average, net, plan.ema, step);
    ++step;
    progress.step(step, result.loss.item<double>(), result.right);
    if (step % kCheckpointEvery == 0) save_checkpoint(plan.checkpoint, state, plan.fingerprint);
  }
  save_checkpoint(plan.checkpoint, state, plan.fingerprint);
  if (step < plan.steps) return std::nullopt;
  return average;
}

}  // namespace leukolens::trainer
