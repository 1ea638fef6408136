// How well found boxes agree with given ones.
#pragma once

#include <cstddef>
#include <vector>

namespace leukolens {

struct GivenBox {
  std::size_t picture = 0;
  double x = 0, y = 0, width = 0, height = 0;  // pixels
};

struct FoundBox {
  GivenBox place;
  double score = 0;  // larger: surer
};

// Of each found box, strongest first, whether it is the first on a given box of its picture with an
// intersection over union of at least `overlap`. The given box it agrees with most counts.
struct Match {
  double score = 0;
  bool right = false;
};
std::vector<Match> match(std::vector<FoundBox> found, const std::vector<GivenBox>& given,
                         double overlap = 0.5);

// Area under precision over recall, each precision the best at that recall or a higher one
// (Pascal VOC 2010). NaN without given boxes.
double average_precision(const std::vector<Match>& matches, std::size_t given);

// The lowest score from which on precision and recall give the best F1, and that F1.
struct Operating {
  double threshold = 0.5, f1 = 0, precision = 0, recall = 0;
};
Operating best_f1(const std::vector<Match>& matches, std::size_t given);
// Precision, recall and F1 of those that reach `threshold`.
Operating at_threshold(const std::vector<Match>& matches, std::size_t given, double threshold);

}  // namespace leukolens
