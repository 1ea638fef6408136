// Figures as they are shown, the same in every output: percentages with one decimal, absolute
// counts with two, limits of intervals rounded outward, so that what is shown is never narrower.
#pragma once

#include <cstdint>
#include <string>

#include "core/count/interval.h"

namespace leukolens {

// 100 * part / whole in tenths, half up: 1000 is 100.0 %. whole > 0, both at most 1e15.
std::int64_t per_100_tenths(std::uint64_t part, std::uint64_t whole);

// The same in per cent, as a number with one decimal.
double per_100(std::uint64_t part, std::uint64_t whole);

// To the nearest, half up; to the next below; to the next above. value >= 0, decimals 0..3.
double rounded(double value, int decimals);
double rounded_down(double value, int decimals);
double rounded_up(double value, int decimals);

// Both limits times `scale`, outward.
Interval outward(const Interval& interval, double scale, int decimals);

// For the writers of numbers: a figure as shown has at most seven digits, which a float keeps; the
// tables that the shortest text of a double needs would make the page's engine by a half larger.
inline float written(double value) { return static_cast<float>(value); }

// "59.0": a number already rounded, with all its decimals. value >= 0.
std::string fixed_text(double value, int decimals);

}  // namespace leukolens
