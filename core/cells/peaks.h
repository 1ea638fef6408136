// The language of a finder net: what it says place by place, and how boxes come out of it. The
// trainer writes its targets by these constants.
#pragma once

#include <span>
#include <vector>

namespace leukolens {

inline constexpr int kFinderStride = 8;  // px of the net's input from column to column of its map
inline constexpr int kFinderParts = 2;   // each of which stands for 2 x 2 places
inline constexpr int kFinderStep = kFinderStride / kFinderParts;  // px from place to place
inline constexpr float kFinderUnitPx = 40;   // sides are said as ln(side / unit)
inline constexpr int kFinderGeometry = 4;    // values of a place behind its kinds: dx dy ln w ln h
inline constexpr float kFinderOverlap = .5;  // IoU from which two boxes are one thing

// One thing, in pixels of the net's input.
struct Peak {
  int kind = 0;        // into the net's labels
  float score = 0;     // 0..1
  float x = 0, y = 0;  // middle
  float width = 0, height = 0;
};

float overlap(const Peak& a, const Peak& b);  // intersection over union, 0..1

// `map` is rows x columns x 4 x (kinds + 4) as the net gives it: four places, row by row; of each a
// logit for each kind; the middle's distance from the place's own, in places; the logarithms of the
// sides in units. A peak is a place whose score reaches its kind's threshold and that of its eight
// neighbours. Strongest first.
std::vector<Peak> find_peaks(std::span<const float> map, int rows, int columns,
                             std::span<const float> thresholds);

// Keeps the strongest of peaks that overlap, whatever their kinds: one thing has one kind.
// Platelets are kept beside others, for they lie on red cells.
void keep_strongest(std::vector<Peak>& peaks, int kind_that_may_overlap);

}  // namespace leukolens
