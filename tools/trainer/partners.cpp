#include "tools/trainer/partners.h"

#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "tools/trainer/random.h"

namespace leukolens::trainer {
namespace {

// Johnk's way, which suits an alpha below one.
double beta(Random& random, double alpha) {
  for (;;) {
    const double a = std::pow(random.unit(), 1 / alpha), b = std::pow(random.unit(), 1 / alpha);
    if (a + b > 0 && a + b <= 1) return a / (a + b);
  }
}

}  // namespace

Partners random_partners(std::uint64_t seed, std::int64_t batch, double alpha) {
  Random random(seed);
  std::vector<std::int64_t> index(batch);
  std::iota(index.begin(), index.end(), 0);
  for (std::int64_t i = batch; i > 1; --i) std::swap(index[i - 1], index[random.below(i)]);
  std::vector<float> share(batch);
  for (float& s : share) s = static_cast<float>(beta(random, alpha));
  return {torch::tensor(share), torch::tensor(index, torch::kInt64)};
}

}  // namespace leukolens::trainer
