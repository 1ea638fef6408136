// The interval that carries the classifier's errors: draws, likeliest shares, coverage.
#include "core/differential/second_interval.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>

#include "core/differential/differential.h"
#include "core/differential/draws.h"
#include "doctest.h"

using namespace leukolens;

namespace {

using Cells = std::vector<std::uint64_t>;

nlohmann::json example() {
  std::ifstream file(std::string(SOURCE_DIR) + "/tests/fixtures/differential/error_rates.json");
  REQUIRE(file.good());
  return nlohmann::json::parse(file);
}

AnswerTable table_of(const nlohmann::json& given) {
  AnswerTable table{"the example", given["kinds"], given["answers"], given["counts"]};
  table.answers.back() = "unsure";
  return table;
}

struct Moments {
  double mean = 0, variance = 0;
};

template <class Draw>
Moments moments(Draw draw, int n = 200'000) {
  double sum = 0, squares = 0;
  for (int i = 0; i < n; ++i) {
    const auto x = static_cast<double>(draw());
    sum += x;
    squares += x * x;
  }
  return {sum / n, squares / n - sum / n * (sum / n)};
}

// n cells over the weights, which add to 1.
Cells multinomial(Draws& draws, std::uint64_t n, const std::vector<double>& weights) {
  Cells cells;
  double left = 1;
  for (const double weight : weights) {
    cells.push_back(weight >= left ? n : draws.binomial(n, weight / left));
    n -= cells.back();
    left -= weight;
  }
  cells.back() += n;
  return cells;
}

std::vector<std::vector<double>> rates_of(const AnswerTable& table) {
  auto rates = table.counts;
  for (std::vector<double>& row : rates) {
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    for (double& cells : row) cells /= sum;
  }
  return rates;
}

// A validation of the same size that another sample of cells would have given.
AnswerTable drawn_again(Draws& draws, const AnswerTable& table) {
  AnswerTable drawn = table;
  const auto rates = rates_of(table);
  for (std::size_t kind = 0; kind < rates.size(); ++kind) {
    const auto& row = table.counts[kind];
    const double n = std::accumulate(row.begin(), row.end(), 0.0);
    const Cells cells = multinomial(draws, static_cast<std::uint64_t>(n), rates[kind]);
    drawn.counts[kind].assign(cells.begin(), cells.end());
  }
  return drawn;
}

Counts unreviewed(const AnswerTable& table, const Cells& answers) {
  Counts counts;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    counts.classes.push_back({table.answers[i], Counting::kInN, answers[i], answers[i]});
  }
  counts.table = table;
  return counts;
}

bool has_note(const Differential& result, NoteCode code, std::string_view what = "") {
  return std::ranges::any_of(result.notes, [&](const Note& note) {
    return note.code == code && (what.empty() || note.what == what);
  });
}

}  // namespace

TEST_CASE("draws have the mean and variance of their distributions") {
  Draws draws(7);
  const auto near = [](const Moments& seen, double mean, double variance) {
    CAPTURE(seen.mean);
    CAPTURE(seen.variance);
    CHECK(std::fabs(seen.mean - mean) < 5 * std::sqrt(variance / 200'000));
    CHECK(std::fabs(seen.variance / variance - 1) < 0.05);
  };
  near(moments([&] { return draws.uniform(); }), 0.5, 1.0 / 12);
  near(moments([&] { return draws.normal(); }), 0, 1);
  for (const double shape : {0.5, 1.0, 7.25, 300.0}) {
    near(moments([&] { return draws.gamma(shape); }), shape, shape);
  }
  near(moments([&] { return draws.beta(2, 6); }), 0.25, 0.25 * 0.75 / 9);
  for (const std::uint64_t n : {9u, 41u, 1000u, 1'000'000u}) {
    CAPTURE(n);
    const auto mean = static_cast<double>(n) * 0.3;
    near(moments([&] { return draws.binomial(n, 0.3); }), mean, mean * 0.7);
  }
  CHECK(draws.binomial(500, 0) == 0);
  CHECK(draws.binomial(500, 1) == 500);
  std::vector<double> weights = {0.5, 1, 2};
  draws.dirichlet(weights);
  CHECK(weights[0] + weights[1] + weights[2] == doctest::Approx(1).epsilon(1e-12));
}

TEST_CASE("a binomial by halves has the distribution, not only its moments") {
  Draws draws(3);
  int at_most[3] = {};
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t hits = draws.binomial(100, 0.1);
    for (int k = 0; k < 3; ++k) at_most[k] += hits <= static_cast<std::uint64_t>(5 + 5 * k);
  }
  // P(X <= k) = I_0.9(100 - k, k + 1).
  for (int k = 0; k < 3; ++k) {
    const double p = incomplete_beta(95 - 5 * k, 6 + 5 * k, 0.9);
    CHECK(std::fabs(at_most[k] / 1e5 - p) < 5 * std::sqrt(p * (1 - p) / 1e5));
  }
}

TEST_CASE("likeliest shares agree with numpy, also where inversion would turn negative") {
  const nlohmann::json given = example();
  const AnswerTable table = table_of(given);
  for (const nlohmann::json& smear : given["smears"]) {
    const auto shares = likeliest_shares(table, smear["answers"].get<Cells>());
    for (std::size_t kind = 0; kind < shares.size(); ++kind) {
      CAPTURE(table.kinds[kind]);
      CHECK(std::fabs(shares[kind] - smear["ml_all_columns"][kind].get<double>()) < 1e-6);
    }
  }
}

TEST_CASE("an answer that the table never saw says nothing") {
  const AnswerTable table{"", {"a", "b"}, {"a", "b", "unsure"}, {{90, 10, 0}, {10, 90, 0}}};
  const auto with = likeliest_shares(table, Cells{50, 50, 20});
  const auto without = likeliest_shares(table, Cells{50, 50, 0});
  CHECK(with[0] == doctest::Approx(0.5));
  CHECK(with == without);
  CHECK(likeliest_shares(table, Cells{0, 0, 0})[0] == 0);
}

TEST_CASE("condition_number tells a table that can be undone from one that can't") {
  const nlohmann::json given = example();
  AnswerTable accepted = table_of(given);
  CHECK(condition_number(accepted) < 1.5);
  CHECK(std::isinf(condition_number({"", {"a", "b"}, {"a", "b"}, {{50, 50}, {50, 50}}})));
  CHECK(condition_number({"", {"a", "b"}, {"a", "b"}, {{70, 0}, {0, 30}}}) == 1);
  // Singular values of [[0.9, 0.1], [0.2, 0.8]]: their product is the determinant 0.7, their
  // squares add to 1.5.
  const double root = std::sqrt(1.5 * 1.5 - 4 * 0.7 * 0.7);
  CHECK(condition_number({"", {"a", "b"}, {"a", "b"}, {{90, 10}, {20, 80}}}) ==
        doctest::Approx(std::sqrt((1.5 + root) / (1.5 - root))));
  accepted.answers.pop_back();
  for (std::vector<double>& row : accepted.counts) row.pop_back();
  CHECK(std::fabs(condition_number(accepted) - given["condition_number"].get<double>()) < 1e-4);
}

TEST_CASE("carried intervals agree with a long run elsewhere, and are the same each time") {
  const nlohmann::json given = example();
  const AnswerTable table = table_of(given);
  const Cells nothing_reviewed(table.kinds.size());
  for (const nlohmann::json& smear : given["smears"]) {
    const Cells answers = smear["answers"].get<Cells>();
    const auto intervals = carried_intervals(table, answers, nothing_reviewed, {});
    const auto again = carried_intervals(table, answers, nothing_reviewed, {});
    for (std::size_t kind = 0; kind < intervals.size(); ++kind) {
      CAPTURE(table.kinds[kind]);
      CHECK(std::fabs(intervals[kind].lower - smear["posterior_2_5"][kind].get<double>()) < 0.005);
      CHECK(std::fabs(intervals[kind].upper - smear["posterior_97_5"][kind].get<double>()) < 0.005);
      CHECK(intervals[kind].lower == again[kind].lower);
      CHECK(intervals[kind].upper == again[kind].upper);
    }
  }
}

TEST_CASE("the rates learn from the smear: two kinds against the integral of their posterior") {
  // A weak validation and many answers. p = sin^2(t) makes the prior of p flat in t.
  const AnswerTable table{"", {"a", "b"}, {"a", "b"}, {{15, 5}, {4, 16}}};
  constexpr int kSteps = 120;
  std::vector<double> weights(kSteps);
  for (int i = 0; i < kSteps; ++i) {
    const double t = (i + 0.5) / kSteps * std::acos(0), p = std::sin(t) * std::sin(t);
    for (int j = 0; j < kSteps; ++j) {
      const double a = (j + 0.5) / kSteps;
      const double rate_a = 14.5 * std::log(a) + 4.5 * std::log1p(-a);
      for (int k = 0; k < kSteps; ++k) {
        const double b = (k + 0.5) / kSteps, share = p * a + (1 - p) * b;
        const double log_weight = rate_a + 3.5 * std::log(b) + 15.5 * std::log1p(-b) +
                                  300 * std::log(share) + 100 * std::log1p(-share);
        weights[static_cast<std::size_t>(i)] += std::exp(log_weight + 240);
      }
    }
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const auto at = [&](double tail) {
    double below = 0;
    std::size_t i = 0;
    while (below + weights[i] < tail * sum) below += weights[i++];
    const double t =
        (static_cast<double>(i) + (tail * sum - below) / weights[i]) / kSteps * std::acos(0);
    return std::sin(t) * std::sin(t);
  };
  const auto intervals = carried_intervals(table, Cells{300, 100}, Cells(2), {500, 50'000, 1});
  CAPTURE(at(0.025));
  CAPTURE(at(0.975));
  CHECK(std::fabs(intervals[0].lower - at(0.025)) < 0.01);
  CHECK(std::fabs(intervals[0].upper - at(0.975)) < 0.01);
}

TEST_CASE("without errors and with reviewed cells, the interval is that of a Dirichlet") {
  // Reviewed cells alone: Beta(1/2 + 30, 1/2 + 70); its own quantiles are the reference.
  const AnswerTable table{"", {"a", "b"}, {"a", "b"}, {{1e6, 0}, {0, 1e6}}};
  const auto intervals = carried_intervals(table, Cells{10, 20}, Cells{20, 50}, {});
  CHECK(std::fabs(intervals[0].lower - beta_quantile(0.025, 30.5, 70.5)) < 0.003);
  CHECK(std::fabs(intervals[0].upper - beta_quantile(0.975, 30.5, 70.5)) < 0.003);
  // A kind that only a person saw.
  const auto three = carried_intervals(table, Cells{10, 20}, Cells{20, 40, 10}, {});
  REQUIRE(three.size() == 3);
  CHECK(std::fabs(three[2].lower - beta_quantile(0.025, 10.5, 91)) < 0.003);
  CHECK(std::fabs(three[2].upper - beta_quantile(0.975, 10.5, 91)) < 0.003);
}

TEST_CASE("simulated smears: the second interval covers the truth, the counting interval doesn't") {
  const nlohmann::json given = example();
  const AnswerTable truth = table_of(given);
  const auto rates = rates_of(truth);
  const std::vector<double> shares = given["true_shares"];
  std::vector<double> expected(truth.answers.size());
  for (std::size_t kind = 0; kind < shares.size(); ++kind) {
    for (std::size_t i = 0; i < expected.size(); ++i) expected[i] += shares[kind] * rates[kind][i];
  }
  constexpr int kSmears = 400;
  constexpr std::size_t kMonocyte = 2;
  std::vector<int> carried(shares.size()), naive(shares.size());
  Draws draws(11);
  for (int i = 0; i < kSmears; ++i) {
    const AnswerTable table = drawn_again(draws, truth);
    const Cells answers = multinomial(draws, 500, expected);
    const auto intervals = carried_intervals(table, answers, Cells(shares.size()), {200, 1500, 1});
    for (std::size_t kind = 0; kind < shares.size(); ++kind) {
      const auto covers = [&](const Interval& interval) {
        return interval.lower <= shares[kind] && shares[kind] <= interval.upper;
      };
      carried[kind] += covers(intervals[kind]);
      naive[kind] += covers(clopper_pearson(answers[kind], 500 - answers.back()));
    }
  }
  // Of 400 at 95 %: 380, standard deviation 4.4.
  for (std::size_t kind = 0; kind < shares.size(); ++kind) {
    CAPTURE(truth.kinds[kind]);
    CHECK(carried[kind] >= 364);
    CHECK(carried[kind] <= 398);
  }
  CHECK(naive[kMonocyte] < 270);
}

TEST_CASE("a differential carries the errors of what nobody reviewed") {
  const nlohmann::json given = example();
  const AnswerTable table = table_of(given);
  const Cells answers = given["smears"][0]["answers"].get<Cells>();
  Counts counts = unreviewed(table, answers);
  const auto result = differential(counts);
  REQUIRE(result.ok());
  REQUIRE(result->second_interval.has_value());
  CHECK(has_note(*result, NoteCode::kSecondInterval, "the example"));
  CHECK(result->second_interval->cells == 200);
  CHECK(result->second_interval->answers == 200);
  REQUIRE(result->second_interval->kinds.size() == 5);
  CHECK(result->second_interval->kinds[2].name == "monocyte");
  CHECK(std::fabs(result->second_interval->kinds[2].share - 0.057984336) < 1e-6);

  for (ClassCount& row : counts.classes) row.unreviewed = row.name == "monocyte" ? 10 : 0;
  counts.classes.push_back({"blast", Counting::kInN, 4});
  const auto mixed = differential(counts);
  REQUIRE(mixed->second_interval.has_value());
  CHECK(mixed->second_interval->cells == 118 + 56 + 17 + 5 + 1 + 4);  // not the 3 unsure
  CHECK(mixed->second_interval->answers == 10);
  CHECK(mixed->second_interval->kinds.back().name == "blast");
  CHECK(mixed->second_interval->kinds.back().share == doctest::Approx(4.0 / 201));
  double sum = 0;
  for (const KindShare& kind : mixed->second_interval->kinds) sum += kind.share;
  CHECK(sum == doctest::Approx(1));
}

TEST_CASE("the second interval doesn't depend on the order in which the table was written") {
  const nlohmann::json given = example();
  AnswerTable table = table_of(given);
  const Cells answers = given["smears"][0]["answers"].get<Cells>();
  const auto first = differential(unreviewed(table, answers));
  std::swap(table.kinds[0], table.kinds[3]);
  std::swap(table.counts[0], table.counts[3]);
  std::ranges::reverse(table.answers);
  for (std::vector<double>& row : table.counts) std::ranges::reverse(row);
  const auto second = differential(unreviewed(table, Cells(answers.rbegin(), answers.rend())));
  for (std::size_t i = 0; i < 5; ++i) {
    const KindShare &a = first->second_interval->kinds[i], &b = second->second_interval->kinds[i];
    CHECK(a.name == b.name);
    CHECK(a.share == b.share);
    CHECK(a.interval.lower == b.interval.lower);
    CHECK(a.interval.upper == b.interval.upper);
  }
}

TEST_CASE("a second interval that can't be given is refused with the reason") {
  const nlohmann::json given = example();
  const AnswerTable table = table_of(given);
  const Cells answers = given["smears"][0]["answers"].get<Cells>();
  const auto note_of = [](const Counts& counts, NoteCode code, std::string_view what = "") {
    const auto result = differential(counts);
    REQUIRE(result.ok());
    CHECK_FALSE(result->second_interval.has_value());
    return has_note(*result, code, what);
  };
  Counts counts = unreviewed(table, answers);
  counts.table.reset();
  CHECK_FALSE(note_of(counts, NoteCode::kAllReviewed));
  counts.table = table;
  for (ClassCount& row : counts.classes) row.unreviewed = 0;
  CHECK(note_of(counts, NoteCode::kAllReviewed));
  counts.unreviewed_elsewhere = 7;
  CHECK(note_of(counts, NoteCode::kUnreviewedUntold));

  counts = unreviewed(table, answers);
  counts.table->counts[4] = {0, 0, 0, 0, 19, 0};
  CHECK(note_of(counts, NoteCode::kTableTooSmall, "basophil"));
  counts.table->counts[4] = {0, 0, 100, 0, 100, 0};
  counts.table->counts[2] = {0, 0, 100, 0, 100, 0};
  CHECK(note_of(counts, NoteCode::kTableTellsNothing, "without limit"));
  counts.table->counts[2] = {0, 0, 104, 0, 96, 0};
  CHECK(note_of(counts, NoteCode::kTableTellsNothing));

  counts = unreviewed(table, answers);
  counts.classes.push_back({"immature_granulocyte", Counting::kInN, 2, 2});
  const auto part = differential(counts);
  CHECK(has_note(*part, NoteCode::kAnswersLeftOut, "2 answers"));
  CHECK(part->second_interval->cells == 200);
  counts.classes.back() = {"immature_granulocyte", Counting::kInN, 100, 100};
  for (ClassCount& row : counts.classes) row.unreviewed = row.cells == 100 ? 1 : 0;
  CHECK(note_of(counts, NoteCode::kNoRates));
}
