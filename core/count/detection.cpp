#include "core/count/detection.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace leukolens {
namespace {

double overlap_of(const GivenBox& a, const GivenBox& b) {
  const auto shared = [](double p, double p_side, double q, double q_side) {
    return std::max(0.0, std::min(p + p_side, q + q_side) - std::max(p, q));
  };
  const double both = shared(a.x, a.width, b.x, b.width) * shared(a.y, a.height, b.y, b.height);
  const double all = a.width * a.height + b.width * b.height - both;
  return all > 0 ? both / all : 0;
}

Operating operating(double threshold, std::size_t right, std::size_t found, std::size_t given) {
  Operating at;
  at.threshold = threshold;
  at.precision = found ? double(right) / double(found) : 0;
  at.recall = given ? double(right) / double(given) : 0;
  const double sum = at.precision + at.recall;
  at.f1 = sum > 0 ? 2 * at.precision * at.recall / sum : 0;
  return at;
}

}  // namespace

std::vector<Match> match(std::vector<FoundBox> found, const std::vector<GivenBox>& given,
                         double overlap) {
  std::stable_sort(found.begin(), found.end(),
                   [](const FoundBox& a, const FoundBox& b) { return a.score > b.score; });
  std::map<std::size_t, std::vector<std::size_t>> of_picture;
  for (std::size_t i = 0; i < given.size(); ++i) of_picture[given[i].picture].push_back(i);
  std::vector<bool> taken(given.size());
  std::vector<Match> matches;
  for (const FoundBox& box : found) {
    double best = overlap;
    std::size_t chosen = given.size();
    for (const std::size_t i : of_picture[box.place.picture]) {
      const double here = overlap_of(box.place, given[i]);
      if (here >= best && !(chosen != given.size() && here == best)) best = here, chosen = i;
    }
    const bool right = chosen < given.size() && !taken[chosen];
    if (right) taken[chosen] = true;
    matches.push_back({box.score, right});
  }
  return matches;
}

double average_precision(const std::vector<Match>& matches, std::size_t given) {
  if (given == 0) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> precision;
  std::size_t right = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    right += matches[i].right;
    precision.push_back(double(right) / double(i + 1));
  }
  double area = 0, best = 0;
  for (std::size_t i = matches.size(); i-- > 0;) {
    best = std::max(best, precision[i]);
    if (matches[i].right) area += best / double(given);
  }
  return area;
}

Operating best_f1(const std::vector<Match>& matches, std::size_t given) {
  Operating best;
  std::size_t right = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    right += matches[i].right;
    if (i + 1 < matches.size() && matches[i + 1].score == matches[i].score) continue;
    const Operating here = operating(matches[i].score, right, i + 1, given);
    if (here.f1 > best.f1) best = here;
  }
  return best;
}

Operating at_threshold(const std::vector<Match>& matches, std::size_t given, double threshold) {
  std::size_t right = 0, found = 0;
  for (const Match& one : matches) {
    if (one.score < threshold) continue;
    ++found;
    right += one.right;
  }
  return operating(threshold, right, found, given);
}

}  // namespace leukolens
