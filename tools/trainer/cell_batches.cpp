#include "tools/trainer/cell_batches.h"

#include <cmath>
#include <map>
#include <utility>

#include "tools/trainer/augment.h"
#include "tools/trainer/random.h"

namespace leukolens::trainer {

CellBatches::CellBatches(const Recipe& recipe, const std::vector<Cell>& cells,
                         const CellCrops& crops, const std::vector<int>& train)
    : recipe_(recipe), cells_(cells), crops_(crops) {
  // Side -> kind -> set -> cells.
  std::map<SideKind, std::map<std::string, std::map<std::string, std::vector<int>>>> all;
  for (int i : train) all[cells[i].side][cells[i].kind][cells[i].set].push_back(i);
  double bound = 0;
  for (const auto& [side, kinds] : all) {
    const double share = side == SideKind::kWhiteCell
                             ? 1 - recipe.side_share
                             : recipe.side_share / static_cast<double>(all.size() - 1);
    for (const auto& [kind, sets] : kinds) {
      // A small site counts for more than its cells, but is not learnt by heart.
      const auto weight = [&](const std::vector<int>& members) {
        return std::pow(double(members.size()), recipe.set_balance);
      };
      double sum = 0;
      for (const auto& [set, members] : sets) sum += weight(members);
      for (const auto& [set, members] : sets) {
        bound += share / double(kinds.size()) * weight(members) / sum;
        strata_.push_back({members, bound});
      }
    }
  }
}

Batch CellBatches::make(std::int64_t step) const {
  const int px = recipe_.input_px;
  Batch batch{torch::empty({recipe_.batch, 3, px, px}),
              torch::empty({recipe_.batch, 2}, torch::kInt64),
              mixed(recipe_.seed, std::uint64_t(step) + 1, std::uint64_t(recipe_.batch))};
  std::int64_t* label = batch.labels.data_ptr<std::int64_t>();
  for (int b = 0; b < recipe_.batch; ++b) {
    Random random(mixed(recipe_.seed, std::uint64_t(step) + 1, std::uint64_t(b)));
    const double pick = random.unit();
    std::size_t s = 0;
    while (s + 1 < strata_.size() && pick >= strata_[s].bound) ++s;
    const int cell = strata_[s].cells[random.below(strata_[s].cells.size())];
    augment(crops_.at(cell), crops_.wide_px, crops_.densities[cell], recipe_, random,
            batch.pictures.data_ptr<float>() + std::size_t(b) * 3 * px * px);
    *label++ = cells_[cell].label;
    *label++ = static_cast<std::int64_t>(cells_[cell].side);
  }
  return batch;
}

}  // namespace leukolens::trainer
