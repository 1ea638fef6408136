#include "tools/trainer/batches.h"

#include <cmath>

#include "tools/trainer/augment.h"
#include "tools/trainer/random.h"

namespace leukolens::trainer {

Batches::Batches(const Recipe& recipe, const std::vector<Original>& originals, const Crops& crops,
                 const std::vector<int>& train)
    : recipe_(recipe), crops_(crops), by_class_(recipe.classes.size()) {
  for (int i : train) by_class_[originals[i].label].push_back(i);
  double sum = 0;
  for (const auto& members : by_class_) {
    sum += std::pow(static_cast<double>(members.size()), 1 - recipe.class_balance);
    bound_.push_back(sum);
  }
  for (double& bound : bound_) bound /= sum;
}

Batch Batches::make(std::int64_t step) const {
  const int px = recipe_.input_px;
  Batch batch{torch::empty({recipe_.batch, 3, px, px}),
              torch::empty({recipe_.batch}, torch::kInt64)};
  for (int b = 0; b < recipe_.batch; ++b) {
    Random random(mixed(recipe_.seed, std::uint64_t(step) + 1, std::uint64_t(b)));
    const double pick = random.unit();
    std::size_t label = 0;
    while (label + 1 < bound_.size() && pick >= bound_[label]) ++label;
    const std::vector<int>& members = by_class_[label];
    const int original = members[random.below(members.size())];
    const int variant = static_cast<int>(random.below(crops_.variants));
    augment(&crops_.wide[crops_.wide_at(original, variant)], crops_.wide_px, recipe_, random,
            batch.pictures.data_ptr<float>() + std::size_t(b) * 3 * px * px);
    batch.labels.data_ptr<std::int64_t>()[b] = static_cast<std::int64_t>(label);
  }
  return batch;
}

}  // namespace leukolens::trainer
