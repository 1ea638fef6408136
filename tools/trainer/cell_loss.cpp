#include "tools/trainer/cell_loss.h"

#include "tools/trainer/partners.h"
#include "tools/trainer/random.h"
#include "tools/trainer/style_mix.h"

namespace leukolens::trainer {
namespace {

constexpr double kMixupAlpha = 0.4;

// Of each cell with a class; zero for the others. [n]
torch::Tensor class_losses(const torch::Tensor& logits, const torch::Tensor& label,
                           double smoothing) {
  namespace F = torch::nn::functional;
  return F::cross_entropy(
      logits, label,
      F::CrossEntropyFuncOptions().label_smoothing(smoothing).ignore_index(-1).reduction(
          torch::kNone));
}

// Mixup (Zhang 2018, arXiv 1710.09412) for a share of the batches.
Partners mixup_partners(const Recipe& recipe, std::uint64_t seed, std::int64_t count) {
  Random random(seed ^ text_number("mixup"));
  if (random.chance(recipe.mixup)) return random_partners(random.bits(), count, kMixupAlpha);
  return {torch::ones({count}), torch::arange(count)};
}

}  // namespace

StepResult learn_cells(Net& net, const Batch& batch, const Recipe& recipe) {
  const auto classes = static_cast<std::int64_t>(recipe.classes.size());
  const std::int64_t count = batch.pictures.size(0);
  const Partners with = mixup_partners(recipe, batch.seed, count);
  const auto mixed = [&](const torch::Tensor& x, const torch::Tensor& share) {
    return share * x + (1 - share) * x.index_select(0, with.index);
  };
  const StyleMix style(recipe.style_mix, batch.seed, count);
  const torch::Tensor pictures =
      recipe.mixup > 0 ? mixed(batch.pictures, with.share.view({count, 1, 1, 1})) : batch.pictures;
  const torch::Tensor all = net->forward(pictures, &style).mean({2, 3});
  const torch::Tensor logits = all.slice(1, 0, classes), sides = all.slice(1, classes);
  const torch::Tensor label = batch.labels.select(1, 0), side = batch.labels.select(1, 1);
  const torch::Tensor known = label.ge(0).to(torch::kFloat32);
  const torch::Tensor other = label.index_select(0, with.index);
  const torch::Tensor class_loss =
      (with.share * class_losses(logits, label, recipe.label_smoothing) +
       (1 - with.share) * class_losses(logits, other, recipe.label_smoothing))
          .sum() /
      mixed(known, with.share).sum().clamp_min(1);
  const torch::Tensor is_side = torch::stack({side.eq(1), side.eq(2)}, 1).to(torch::kFloat32);
  const torch::Tensor side_loss = torch::nn::functional::binary_cross_entropy_with_logits(
      sides, mixed(is_side, with.share.view({count, 1})));
  const int right = logits.argmax(1).eq(label).logical_and(label.ge(0)).sum().item<int>();
  return {class_loss + side_loss, right};
}

}  // namespace leukolens::trainer
