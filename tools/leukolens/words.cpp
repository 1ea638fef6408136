#include "tools/leukolens/words.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>

#include "core/report/utf8.h"

namespace leukolens::tool {

std::string fixed(double value, int decimals) {
  if (std::isnan(value)) return "-";
  char digits[400];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, decimals).ptr;
  return std::string(digits, end);
}

std::string percent(double share) { return std::isnan(share) ? "-" : fixed(100 * share, 1) + " %"; }

std::string percent(double share, const Interval& interval) {
  if (std::isnan(share)) return "-";
  if (std::isnan(interval.lower)) return percent(share);
  constexpr double kRounding = 1e-9;  // 2.9 stays 2.9 although 0.029 * 1000 is a little above 29
  const double lower = std::floor(1000 * interval.lower + kRounding) / 10;
  const double upper = std::max(0.0, std::ceil(1000 * interval.upper - kRounding) / 10);
  return percent(share) + " (" + fixed(lower, 1) + "–" + fixed(upper, 1) + ")";
}

std::string printable(std::string_view text) {
  std::string clean = valid_utf8(text);
  for (char& c : clean) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = '?';
  }
  return clean;
}

std::string count_of(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + ' ' + std::string(n == 1 ? one : many);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width - std::min(width, columns(text)), ' ');
}

std::string padded_left(std::string_view text, std::size_t width) {
  return std::string(width - std::min(width, columns(text)), ' ') + std::string(text);
}

}  // namespace leukolens::tool
