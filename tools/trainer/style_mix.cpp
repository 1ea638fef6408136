#include "tools/trainer/style_mix.h"

#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "tools/trainer/random.h"

namespace leukolens::trainer {
namespace {

constexpr double kAlpha = 0.1;  // Beta(alpha, alpha): mostly one cell's statistics or the other's

// Johnk's way, which suits a small alpha.
double beta(Random& random) {
  for (;;) {
    const double a = std::pow(random.unit(), 1 / kAlpha), b = std::pow(random.unit(), 1 / kAlpha);
    if (a + b > 0 && a + b <= 1) return a / (a + b);
  }
}

}  // namespace

StyleMix::StyleMix(double probability, std::uint64_t seed, std::int64_t batch) {
  Random random(seed);
  if (!random.chance(probability)) return;
  std::vector<std::int64_t> partner(batch);
  std::iota(partner.begin(), partner.end(), 0);
  for (std::int64_t i = batch; i > 1; --i) std::swap(partner[i - 1], partner[random.below(i)]);
  std::vector<float> share(batch);
  for (float& s : share) s = static_cast<float>(beta(random));
  share_ = torch::tensor(share).view({batch, 1, 1, 1});
  partner_ = torch::tensor(partner, torch::kInt64);
}

torch::Tensor StyleMix::operator()(const torch::Tensor& x) const {
  if (!share_.defined()) return x;
  const torch::Tensor mean = x.mean({2, 3}, true).detach();
  const torch::Tensor deviation = (x.var({2, 3}, false, true).detach() + 1e-6).sqrt();
  const auto mixed_with_partner = [&](const torch::Tensor& own) {
    return share_ * own + (1 - share_) * own.index_select(0, partner_);
  };
  return (x - mean) / deviation * mixed_with_partner(deviation) + mixed_with_partner(mean);
}

}  // namespace leukolens::trainer
