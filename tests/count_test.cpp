// The arithmetic of results: exact intervals, measures, bootstrap.
#include <cmath>
#include <vector>

#include "core/count/bootstrap.h"
#include "core/count/interval.h"
#include "core/count/measures.h"
#include "doctest.h"

using namespace leukolens;

namespace {

// P(X <= k) for X ~ Binomial(n, p), term by term: the definition that the interval inverts.
double binomial_up_to(int k, int n, double p) {
  double term = std::pow(1 - p, n), sum = term;
  for (int i = 0; i < k; ++i) {
    term *= p / (1 - p) * (n - i) / (i + 1);
    sum += term;
  }
  return sum;
}

// Classes 0, 1, 2; nine outcomes counted by hand.
std::vector<Outcome> nine_outcomes() {
  return {{0, 0, 0.95}, {0, 0, 0.9}, {0, 1, 0.6},  {0, kNoAnswer, 0}, {1, 1, 0.8},
          {1, 1, 0.55}, {1, 0, 0.5}, {2, 2, 0.99}, {2, 0, 0.7}};
}

}  // namespace

TEST_CASE("clopper_pearson agrees with the published table") {
  // n, x, lower, upper: scipy 1.10.1, scipy.stats.beta.ppf.
  const struct {
    std::uint64_t n, x;
    double lower, upper;
  } rows[] = {
      {1, 0, 0, 0.975},
      {1, 1, 0.025, 1},
      {50, 0, 0, 0.0711217364642},
      {50, 1, 0.000506227983041, 0.106469545711},
      {50, 25, 0.35527299713, 0.64472700287},
      {50, 50, 0.928878263536, 1},
      {100, 0, 0, 0.0362166926452},
      {100, 1, 0.000253146032977, 0.0544593853921},
      {100, 5, 0.0164318791821, 0.112834911105},
      {100, 9, 0.0419835956284, 0.16398225503},
      {100, 50, 0.398321129503, 0.601678870497},
      {100, 99, 0.945540614608, 0.999746853967},
      {100, 100, 0.963783307355, 1},
      {200, 0, 0, 0.0182753403551},
      {200, 1, 0.000126581027867, 0.0275418984572},
      {200, 2, 0.00121334901374, 0.0356546683972},
      {200, 6, 0.0110874556723, 0.064150626705},
      {200, 40, 0.146894488216, 0.26222636459},
      {200, 120, 0.528535672797, 0.668453736264},
      {200, 200, 0.981724659645, 1},
      {400, 12, 0.0155955529999, 0.0518172154306},
      {400, 240, 0.550146161727, 0.648362852004},
      {500, 0, 0, 0.00735061005191},
      {500, 5, 0.00325472140702, 0.0231813880697},
      {500, 100, 0.165800125844, 0.23779183028},
      {1000, 0, 0, 0.00368208389687},
      {1000, 10, 0.00480551069105, 0.0183132430551},
      {1000, 600, 0.568878445956, 0.630531012451},
  };
  for (const auto& row : rows) {
    CAPTURE(row.n);
    CAPTURE(row.x);
    const Interval interval = clopper_pearson(row.x, row.n);
    CHECK(std::fabs(interval.lower - row.lower) < 1e-10);
    CHECK(std::fabs(interval.upper - row.upper) < 1e-10);
  }
}

TEST_CASE("clopper_pearson has its closed ends") {
  for (const std::uint64_t n : {1u, 7u, 200u, 10'000u}) {
    CAPTURE(n);
    const double end = 1 - std::pow(0.025, 1.0 / static_cast<double>(n));
    CHECK(clopper_pearson(0, n).lower == 0);
    CHECK(std::fabs(clopper_pearson(0, n).upper - end) < 1e-10);
    CHECK(clopper_pearson(n, n).upper == 1);
    CHECK(std::fabs(clopper_pearson(n, n).lower - (1 - end)) < 1e-10);
  }
  CHECK(clopper_pearson(0, 0).lower == 0);
  CHECK(clopper_pearson(0, 0).upper == 1);
}

TEST_CASE("clopper_pearson leaves 2.5 % in each tail of the binomial") {
  for (const int n : {3, 20, 71, 200}) {
    for (int x = 1; x < n; x += 1 + n / 7) {
      CAPTURE(n);
      CAPTURE(x);
      const Interval interval =
          clopper_pearson(static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(n));
      CHECK(std::fabs(1 - binomial_up_to(x - 1, n, interval.lower) - 0.025) < 1e-9);
      CHECK(std::fabs(binomial_up_to(x, n, interval.upper) - 0.025) < 1e-9);
    }
  }
}

TEST_CASE("incomplete_beta has its known values") {
  CHECK(incomplete_beta(1, 1, 0.3) == doctest::Approx(0.3).epsilon(1e-12));       // uniform
  CHECK(incomplete_beta(3, 1, 0.5) == doctest::Approx(0.125).epsilon(1e-12));     // x^3
  CHECK(incomplete_beta(2, 2, 0.25) == doctest::Approx(0.15625).epsilon(1e-12));  // 3x^2 - 2x^3
  CHECK(incomplete_beta(0.5, 0.5, 0.5) == doctest::Approx(0.5).epsilon(1e-12));   // arcsine
  CHECK(incomplete_beta(5, 3, 0) == 0);
  CHECK(incomplete_beta(5, 3, 1) == 1);
  CHECK(beta_quantile(0.125, 3, 1) == doctest::Approx(0.5).epsilon(1e-10));
}

TEST_CASE("confusion, recall and precision count what a hand counts") {
  const Confusion confusion(nine_outcomes(), 3);
  CHECK(confusion.at(0, 0) == 2);
  CHECK(confusion.at(0, 1) == 1);
  CHECK(confusion.at(0, kNoAnswer) == 1);
  CHECK(confusion.at(1, 0) == 1);
  CHECK(confusion.at(2, 0) == 1);
  CHECK(confusion.unanswered() == 1);
  CHECK(confusion.accuracy().hits == 5);
  CHECK(confusion.accuracy().n == 9);
  CHECK(confusion.recall(0).share() == 0.5);  // the picture without an answer is a miss
  CHECK(confusion.recall(1).share() == doctest::Approx(2.0 / 3));
  CHECK(confusion.precision(0).share() == 0.5);
  CHECK(confusion.precision(2).share() == 1);
  CHECK(confusion.mean_recall() == doctest::Approx((0.5 + 2.0 / 3 + 0.5) / 3));
}

TEST_CASE("classes that don't occur stay out of the mean recall") {
  const std::vector<Outcome> outcomes{{0, 0, 1}, {0, 1, 1}};
  const Confusion confusion(outcomes, 3);
  CHECK(confusion.mean_recall() == 0.5);
  CHECK(std::isnan(confusion.recall(2).share()));
  CHECK(std::isnan(Confusion({}, 3).mean_recall()));
}

TEST_CASE("calibration error is the weighted gap of each bin") {
  // Two bins: 0.2 and 0.4 (none right), 0.7 and 0.9 (one right): |0.6 - 0| + |1.6 - 1| over 4.
  const std::vector<Outcome> outcomes{{0, 1, 0.2}, {0, 1, 0.4}, {0, 0, 0.7}, {0, 1, 0.9}};
  CHECK(expected_calibration_error(outcomes, 2) == doctest::Approx(0.3));
  // In one bin the gaps add before their size is taken: |2.2 - 1| over 4.
  CHECK(expected_calibration_error(outcomes, 1) == doctest::Approx(0.3));
  const std::vector<Outcome> opposite{{0, 0, 0.4}, {0, 1, 0.6}};
  CHECK(expected_calibration_error(opposite, 1) == doctest::Approx(0));
  CHECK(expected_calibration_error(opposite, 2) == doctest::Approx(0.6));
  CHECK(expected_calibration_error(std::vector<Outcome>{{0, 0, 1.0}}) == doctest::Approx(0));
  CHECK(std::isnan(expected_calibration_error(std::vector<Outcome>{{0, kNoAnswer, 0}})));
}

TEST_CASE("the area under the ROC curve counts pairs, ties half") {
  const std::vector<double> positives{0.9, 0.5, 0.5}, negatives{0.1, 0.5};
  // Of six pairs 0.9 wins two, each 0.5 wins one and ties one.
  CHECK(auroc(positives, negatives) == doctest::Approx(5.0 / 6));
  CHECK(auroc(negatives, positives) == doctest::Approx(1.0 / 6));
  CHECK(std::isnan(auroc({}, negatives)));
  CHECK(std::isnan(auroc(positives, {})));
}

TEST_CASE("a reliability bin holds its answers, their confidence and how many are right") {
  const std::vector<Outcome> outcomes{
      {0, 1, 0.2}, {0, 0, 0.7}, {0, 1, 0.9}, {0, 0, 1.0}, {0, kNoAnswer, 0}};
  const std::vector<ReliabilityBin> bins = reliability(outcomes, 4);
  REQUIRE(bins.size() == 4);
  CHECK(bins[0].answers == 1);
  CHECK(bins[0].accuracy == 0);
  CHECK(bins[1].answers == 0);
  CHECK(std::isnan(bins[1].accuracy));
  CHECK(bins[2].from == 0.5);
  CHECK(bins[2].to == 0.75);
  CHECK(bins[2].confidence == doctest::Approx(0.7));
  CHECK(bins[3].answers == 2);  // certainty belongs to the last bin
  CHECK(bins[3].confidence == doctest::Approx(0.95));
  CHECK(bins[3].accuracy == 0.5);
}

TEST_CASE("accuracy against coverage takes the surest outcomes first") {
  const std::vector<Outcome> outcomes{{0, 1, 0.6}, {0, 0, 0.9}, {0, kNoAnswer, 0}, {0, 0, 0.8}};
  const std::vector<double> coverages{1, 0.75, 0.5, 0.3};
  const std::vector<CoveragePoint> points = accuracy_against_coverage(outcomes, coverages);
  REQUIRE(points.size() == 4);
  CHECK(points[0].accuracy == 0.5);  // what has no answer isn't right
  CHECK(points[1].accuracy == doctest::Approx(2.0 / 3));
  CHECK(points[1].confidence == 0.6);
  CHECK(points[2].accuracy == 1);
  CHECK(points[2].confidence == 0.8);
  CHECK(points[3].accuracy == 1);  // 1.2 outcomes: two
  CHECK(points[3].confidence == 0.8);
  CHECK(std::isnan(accuracy_against_coverage({}, coverages)[0].accuracy));
}

TEST_CASE("the random numbers are the published ones of SplitMix64") {
  SeededRandom random(1234567);
  CHECK(random.next() == 6457827717110365317u);
  CHECK(random.next() == 3203168211198807973u);
  std::vector<int> seen(5);
  for (int i = 0; i < 5000; ++i) ++seen.at(random.below(5));
  for (const int count : seen) CHECK(std::abs(count - 1000) < 150);
}

TEST_CASE("bootstrap draws groups, not pictures") {
  // Two groups of accuracy 0 and 1: a draw of two gives 0, 1/2 or 1, each end in a quarter.
  const auto mean = [](std::span<const std::size_t> drawn) {
    double sum = 0;
    for (const std::size_t group : drawn) sum += static_cast<double>(group);
    return sum / static_cast<double>(drawn.size());
  };
  const Interval wide = bootstrap(2, mean, {});
  CHECK(wide.lower == 0);
  CHECK(wide.upper == 1);
  const Interval half = bootstrap(2, mean, {.confidence = 0.4});
  CHECK(half.lower == 0.5);
  CHECK(half.upper == 0.5);
}

TEST_CASE("bootstrap is near the normal approximation and repeats itself") {
  // 400 groups, a quarter of them hits: 0.25 +- 1.96 * sqrt(0.25 * 0.75 / 400).
  const auto quarter = [](std::span<const std::size_t> drawn) {
    double hits = 0;
    for (const std::size_t group : drawn) hits += group % 4 == 0 ? 1 : 0;
    return hits / static_cast<double>(drawn.size());
  };
  const Interval interval = bootstrap(400, quarter, {.seed = 7});
  CHECK(interval.lower == doctest::Approx(0.2076).epsilon(0.02));
  CHECK(interval.upper == doctest::Approx(0.2924).epsilon(0.02));
  const Interval again = bootstrap(400, quarter, {.seed = 7});
  CHECK(again.lower == interval.lower);
  CHECK(again.upper == interval.upper);
}

TEST_CASE("bootstrap leaves out draws without a value") {
  const auto only_first = [](std::span<const std::size_t> drawn) {
    return drawn[0] == 0 ? 0.75 : std::nan("");
  };
  CHECK(bootstrap(3, only_first, {}).lower == 0.75);
  CHECK(bootstrap(3, only_first, {}).upper == 0.75);
  CHECK(std::isnan(bootstrap(0, only_first, {}).lower));
}
