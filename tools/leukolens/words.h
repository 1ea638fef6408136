// Numbers and names as people read them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/count/interval.h"

namespace leukolens::tool {

// `value` with a fixed number of decimals, always with a point.
std::string fixed(double value, int decimals);
// "97.3 %"; "-" if not a number.
std::string percent(double share);
// "60.0 % (52.8-66.9)": limits rounded outward, so that what is printed is never narrower.
std::string percent(double share, const Interval& interval);
// Control characters, which a terminal would obey, become '?'; bytes that are not UTF-8 U+FFFD.
std::string printable(std::string_view text);
// "1 picture", "3 pictures".
std::string count_of(std::size_t n, std::string_view one, std::string_view many);
std::string lower_case(std::string_view text);
// Characters on a terminal, roughly: code points.
std::size_t columns(std::string_view text);
std::string padded(std::string_view text, std::size_t width);
std::string padded_left(std::string_view text, std::size_t width);

}  // namespace leukolens::tool
