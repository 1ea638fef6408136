// Where an interval lies against a range, and how many cells would settle it.
#include <cmath>

#include "core/differential/differential.h"

namespace leukolens {
namespace {

constexpr std::string_view kFlagNames[] = {"none", "high", "low", "spans_high", "spans_low"};
constexpr std::uint64_t kMostMore = 10'000;

// Whether the interval of `share` of n cells, which need not be whole, leaves the edge outside.
bool settles(double share, double n, double edge) {
  constexpr double kTail = 0.025;
  const double hits = share * n, misses = n - hits;
  if (share > edge) return incomplete_beta(hits, misses + 1, edge) < kTail;
  return 1 - incomplete_beta(hits + 1, misses, edge) < kTail;
}

}  // namespace

std::string_view flag_name(Flag flag) { return kFlagNames[static_cast<std::size_t>(flag)]; }

Flag flag_of(double estimate, const Interval& interval, const ReferenceRange& range) {
  if (interval.lower > range.high) return Flag::kHigh;
  if (interval.upper < range.low) return Flag::kLow;
  const bool over = interval.upper > range.high, under = interval.lower < range.low;
  if (over && under) {
    const bool nearer_high = range.high - estimate <= estimate - range.low;
    return nearer_high ? Flag::kSpansHigh : Flag::kSpansLow;
  }
  if (over) return Flag::kSpansHigh;
  return under ? Flag::kSpansLow : Flag::kNone;
}

std::optional<std::uint64_t> count_more(double share, std::uint64_t n, double edge) {
  if (share == edge || edge <= 0 || edge >= 1) return std::nullopt;
  const auto settled = [&](std::uint64_t more) {
    return settles(share, static_cast<double>(n + more), edge);
  };
  if (!settled(kMostMore)) return std::nullopt;
  std::uint64_t low = 0, high = kMostMore;  // more cells only narrow the interval
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (settled(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace leukolens
