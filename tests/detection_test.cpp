// Average precision and F1 against values worked out by hand.
#include "core/count/detection.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace leukolens;

namespace {
const std::vector<GivenBox> kGiven = {{0, 0, 0, 10, 10}, {0, 50, 50, 10, 10}, {1, 0, 0, 10, 10}};
}

TEST_CASE("each given box is found once, in its own picture, by the surest") {
  const std::vector<FoundBox> found = {
      {{0, 1, 0, 10, 10}, 0.6},  // on the first, but not the surest
      {{0, 0, 0, 10, 10}, 0.9},
      {{1, 50, 50, 10, 10}, 0.8},  // in the wrong picture
      {{1, 0, 4, 10, 10}, 0.7}};   // too far off: IoU 0.43
  const std::vector<Match> matches = match(found, kGiven);
  REQUIRE(matches.size() == 4);
  CHECK(matches[0].right);
  CHECK(!matches[1].right);
  CHECK(!matches[2].right);
  CHECK(!matches[3].right);
}

TEST_CASE("average precision and F1 by hand") {
  // Right, wrong, right, with three given: precision 1 up to recall 1/3, 2/3 up to 2/3, then 0.
  const std::vector<Match> matches = {{0.9, true}, {0.8, false}, {0.7, true}};
  CHECK(average_precision(matches, 3) == doctest::Approx(1.0 / 3 + 2.0 / 9));
  CHECK(average_precision({}, 3) == 0);
  CHECK(std::isnan(average_precision(matches, 0)));
  const Operating best = best_f1(matches, 3);
  CHECK(best.threshold == 0.7);
  CHECK(best.f1 == doctest::Approx(2.0 / 3));
  const Operating high = at_threshold(matches, 3, 0.85);
  CHECK(high.precision == 1);
  CHECK(high.recall == doctest::Approx(1.0 / 3));
}
