// The figures of a set of answers: shares, intervals, and how they are written down.
#include "tools/leukolens/figures.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "doctest.h"

using namespace leukolens;
using namespace leukolens::tool;
using nlohmann::json;

namespace {

// Of six a's four are right, one is called b, one has no answer; of four b's three are right.
std::vector<Outcome> outcomes() {
  return {{0, 0, 0.9},       {0, 0, 0.8}, {0, 0, 0.7}, {0, 0, 0.6},  {0, 1, 0.5},
          {0, kNoAnswer, 0}, {1, 1, 0.9}, {1, 1, 0.8}, {1, 1, 0.55}, {1, 0, 0.95}};
}

const std::vector<std::string> kLabels{"a", "b"};

json written(const Figures& figures) {
  JsonWriter writer;
  writer.begin_object();
  write_figures(writer, figures, kLabels);
  writer.end_object();
  return json::parse(writer.take());
}

}  // namespace

TEST_CASE("exact figures are the counts and Clopper-Pearson's intervals") {
  const Figures figures = exact_figures(outcomes(), 2);
  CHECK(figures.pictures == 10);
  CHECK(figures.groups == 0);
  CHECK(figures.accuracy.share == doctest::Approx(0.7));
  // 7 of 10, from the published table: 0.3475 to 0.9333.
  CHECK(figures.accuracy.interval.lower == doctest::Approx(0.3475).epsilon(0.001));
  CHECK(figures.accuracy.interval.upper == doctest::Approx(0.9333).epsilon(0.001));
  CHECK(figures.recall[0].share == doctest::Approx(4.0 / 6));
  CHECK(figures.recall[1].share == doctest::Approx(3.0 / 4));
  CHECK(figures.precision[0].share == doctest::Approx(4.0 / 5));
  CHECK(figures.precision[1].share == doctest::Approx(3.0 / 4));
  CHECK(figures.mean_recall.share == doctest::Approx((4.0 / 6 + 3.0 / 4) / 2));
  CHECK(std::isnan(figures.mean_recall.interval.lower));
  REQUIRE(!figures.coverage.empty());
  CHECK(figures.coverage.front().coverage == 1);
  CHECK(figures.coverage.front().accuracy == doctest::Approx(0.7));
  // The surest half: one of them, the surest of all, is wrong.
  CHECK(figures.coverage.back().coverage == doctest::Approx(0.5));
  CHECK(figures.coverage.back().accuracy == doctest::Approx(0.8));
}

TEST_CASE("a class that never occurs or is never answered has no share, and spoils no mean") {
  const std::vector<Outcome> some{{0, 0, 0.9}, {0, 1, 0.6}};
  const Figures figures = exact_figures(some, 3);
  CHECK(std::isnan(figures.recall[1].share));
  CHECK(std::isnan(figures.recall[2].share));
  CHECK(std::isnan(figures.precision[2].share));
  CHECK(figures.precision[1].share == 0);
  CHECK(figures.mean_recall.share == doctest::Approx(0.5));
}

TEST_CASE("groups are drawn whole: many pictures of one cell are worth one") {
  // Two cells with fifty pictures each, one always right, one always wrong.
  std::vector<Outcome> many;
  std::vector<std::size_t> groups, alone;
  for (std::size_t i = 0; i < 100; ++i) {
    const bool right = i < 50;
    many.push_back({0, std::size_t{right ? 0U : 1U}, 0.9});
    groups.push_back(right ? 0 : 1);
    alone.push_back(i);
  }
  const BootstrapPlan plan{2000, 3, 0.95};
  const Figures grouped = grouped_figures(many, groups, 2, plan);
  CHECK(grouped.groups == 2);
  CHECK(grouped.accuracy.share == doctest::Approx(0.5));
  // One draw in four holds only the one cell, one in four only the other.
  CHECK(grouped.accuracy.interval.lower == 0);
  CHECK(grouped.accuracy.interval.upper == 1);
  const Figures single = grouped_figures(many, alone, 2, plan);
  CHECK(single.groups == 100);
  CHECK(single.accuracy.interval.lower > 0.35);
  CHECK(single.accuracy.interval.upper < 0.65);
  CHECK(single.accuracy.interval.lower < 0.45);
  CHECK(single.recall[0].interval.lower == single.accuracy.interval.lower);
}

TEST_CASE("a class that wasn't drawn is left out of the draw's mean recall") {
  // Class 1 is one group of three: a quarter of the draws lack it, and those stay at class 0's.
  const std::vector<Outcome> some{{0, 0, 0.9}, {0, 0, 0.9}, {1, 0, 0.9}};
  const std::vector<std::size_t> groups{0, 1, 2};
  const Figures figures = grouped_figures(some, groups, 2, {4000, 1, 0.95});
  CHECK(figures.mean_recall.share == doctest::Approx(0.5));
  CHECK(figures.mean_recall.interval.upper == 1);
  CHECK(figures.recall[1].interval.upper == 0);
}

TEST_CASE("the same plan draws the same intervals, another seed others") {
  std::vector<std::size_t> groups;
  for (std::size_t i = 0; i < outcomes().size(); ++i) groups.push_back(i);
  const auto interval = [&](std::uint64_t seed) {
    return grouped_figures(outcomes(), groups, 2, {50, seed, 0.95}).mean_recall.interval;
  };
  CHECK(interval(1).lower == interval(1).lower);
  CHECK((interval(1).lower != interval(2).lower || interval(1).upper != interval(2).upper));
}

TEST_CASE("figures are written as numbers, and null where there is none") {
  const json read = written(exact_figures(outcomes(), 2));
  CHECK(read.at("pictures") == 10);
  CHECK(!read.contains("groups"));
  CHECK(read.at("no_cell_found") == 1);
  CHECK(read.at("accuracy").at("share").get<double>() == doctest::Approx(0.7));
  CHECK(read.at("mean_recall").at("lower").is_null());
  CHECK(read.at("classes").at("a").at("pictures") == 6);
  CHECK(read.at("classes").at("b").at("precision").at("share").get<double>() ==
        doctest::Approx(0.75));
  CHECK(read.at("confusion").at("a") == json{{"a", 4}, {"b", 1}, {"no_cell_found", 1}});
  CHECK(read.at("confusion").at("b") == json{{"a", 1}, {"b", 3}, {"no_cell_found", 0}});
  std::size_t answers = 0;
  for (const json& bin : read.at("reliability")) {
    CHECK(bin.at("from") < bin.at("to"));
    CHECK(bin.at("answers") > 0);
    answers += bin.at("answers").get<std::size_t>();
  }
  CHECK(answers == 9);
  CHECK(read.at("coverage").size() == exact_figures(outcomes(), 2).coverage.size());
  const json grouped =
      written(grouped_figures(outcomes(), std::vector<std::size_t>(10, 0), 2, {20, 1, 0.95}));
  CHECK(grouped.at("groups") == 1);
  CHECK(written(exact_figures({}, 2)).at("accuracy").at("share").is_null());
}

TEST_CASE("figures for people stand in columns, with one for pictures without a cell") {
  const std::string expected =
      "class          pictures  recall                  precision\n"
      "a                     6  66.7 % (22.2–95.7)      80.0 % (28.3–99.5)\n"
      "b                     4  75.0 % (19.4–99.4)      75.0 % (19.4–99.4)\n"
      "\n"
      "true \\ answer           a           b     no cell\n"
      "a                       4           1           1\n"
      "b                       1           3           0\n";
  CHECK(figures_text(exact_figures(outcomes(), 2), kLabels) == expected);
  const std::vector<Outcome> answered{{0, 0, 1}, {1, 1, 1}};
  CHECK(figures_text(exact_figures(answered, 2), kLabels).find("no cell") == std::string::npos);
}
