// The interval that carries the classifier's known errors through. The kinds' shares and the rates
// of the table of answers are both unknown: kinds ~ Dirichlet(1/2), each row of the table ~
// Dirichlet(its validation cells + 1/2), and Gibbs sampling with data augmentation splits each
// answer among the kinds it may hide (Perez et al. 2007, RACSAM 101:71-80; Meertens et al. 2019,
// arXiv 1902.02412). Cells that a person reviewed are known and only added. Seeded: the same
// figures on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/count/interval.h"
#include "core/differential/counts.h"

namespace leukolens {

struct KindShare {
  std::string name;
  double share = 0;   // 0..1, of largest likelihood
  Interval interval;  // 0..1, percentiles
};

struct SecondInterval {
  std::string source;                    // AnswerTable::source
  std::uint64_t cells = 0, answers = 0;  // all that it covers; of these, not reviewed
  std::vector<KindShare> kinds;
};

struct SamplingPlan {
  std::size_t burn_in = 500, kept = 20'000;
  std::uint64_t seed = 1;
  double confidence = 0.95;
};

// `answers`: unreviewed cells of the smear for each answer of the table. `reviewed`: known cells
// for each kind of the table, then for other kinds, which no answer hides.
std::vector<Interval> carried_intervals(const AnswerTable& table,
                                        std::span<const std::uint64_t> answers,
                                        std::span<const std::uint64_t> reviewed,
                                        const SamplingPlan& plan);

// Shares of the kinds of largest likelihood behind `answers` (EM); all 0 without answers.
std::vector<double> likeliest_shares(const AnswerTable& table,
                                     std::span<const std::uint64_t> answers);

// Largest by smallest singular value of the table's rates; infinite where kinds can't be told
// apart.
double condition_number(const AnswerTable& table);

}  // namespace leukolens
