#include "tools/trainer/style_mix.h"

#include "tools/trainer/partners.h"
#include "tools/trainer/random.h"

namespace leukolens::trainer {
namespace {

constexpr double kAlpha = 0.1;  // mostly one cell's statistics or the other's

}  // namespace

StyleMix::StyleMix(double probability, std::uint64_t seed, std::int64_t batch) {
  Random random(seed);
  if (!random.chance(probability)) return;
  const Partners partners = random_partners(random.bits(), batch, kAlpha);
  share_ = partners.share.view({batch, 1, 1, 1});
  partner_ = partners.index;
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
