#include "core/differential/second_interval.h"

#include <algorithm>

#include "core/differential/draws.h"

namespace leukolens {
namespace {

using Rows = std::vector<std::vector<double>>;

// One turn of the sampler: rates[kind][answer] and shares[kind] are drawn anew from the answers as
// they were split with the rates and shares before.
class Sampler {
 public:
  Sampler(const AnswerTable& table, std::span<const std::uint64_t> answers, std::uint64_t seed)
      : counts_(table.counts),
        answers_(answers),
        draws_(seed),
        rates_(table.counts),
        shares_(table.kinds.size(), 1),
        split_(table.kinds.size(), std::vector<double>(answers.size())) {
    for (std::vector<double>& row : rates_) {
      for (double& cells : row) cells += 0.5;
      draws_.dirichlet(row);
    }
    draws_.dirichlet(shares_);
  }

  void turn() {
    for (std::size_t answer = 0; answer < answers_.size(); ++answer) split(answer);
    for (std::size_t kind = 0; kind < rates_.size(); ++kind) {
      shares_[kind] = 0.5 + hidden(kind);
      for (std::size_t answer = 0; answer < answers_.size(); ++answer) {
        rates_[kind][answer] = counts_[kind][answer] + 0.5 + split_[kind][answer];
      }
      draws_.dirichlet(rates_[kind]);
    }
    draws_.dirichlet(shares_);
  }

  // Cells that the answers were split into.
  double hidden(std::size_t kind) const {
    double cells = 0;
    for (const double part : split_[kind]) cells += part;
    return cells;
  }

  Draws& draws() { return draws_; }

 private:
  // The cells of one answer over the kinds, a binomial draw for each kind of those that are left.
  void split(std::size_t answer) {
    double weight = 0;
    for (std::size_t kind = 0; kind < rates_.size(); ++kind) {
      weight += shares_[kind] * rates_[kind][answer];
    }
    std::uint64_t left = answers_[answer];
    for (std::size_t kind = 0; kind < rates_.size(); ++kind) {
      const double own = shares_[kind] * rates_[kind][answer];
      const bool is_last = kind + 1 == rates_.size();
      const std::uint64_t taken =
          is_last || own >= weight ? left : draws_.binomial(left, own / weight);
      split_[kind][answer] = static_cast<double>(taken);
      left -= taken;
      weight -= own;
    }
  }

  const Rows& counts_;
  std::span<const std::uint64_t> answers_;
  Draws draws_;
  Rows rates_;
  std::vector<double> shares_;
  Rows split_;
};

}  // namespace

std::vector<Interval> carried_intervals(const AnswerTable& table,
                                        std::span<const std::uint64_t> answers,
                                        std::span<const std::uint64_t> reviewed,
                                        const SamplingPlan& plan) {
  Sampler sampler(table, answers, plan.seed);
  Rows drawn(reviewed.size());
  std::vector<double> shares(reviewed.size());
  for (std::size_t i = 0; i < plan.burn_in + plan.kept; ++i) {
    sampler.turn();
    if (i < plan.burn_in) continue;
    for (std::size_t kind = 0; kind < shares.size(); ++kind) {
      shares[kind] = 0.5 + static_cast<double>(reviewed[kind]);
      if (kind < table.kinds.size()) shares[kind] += sampler.hidden(kind);
    }
    sampler.draws().dirichlet(shares);
    for (std::size_t kind = 0; kind < shares.size(); ++kind) drawn[kind].push_back(shares[kind]);
  }
  const double tail = (1 - plan.confidence) / 2;
  std::vector<Interval> intervals;
  for (std::vector<double>& values : drawn) {
    std::sort(values.begin(), values.end());
    intervals.push_back({percentile(values, tail), percentile(values, 1 - tail)});
  }
  return intervals;
}

}  // namespace leukolens
