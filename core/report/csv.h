// One field of a CSV line (RFC 4180).
#pragma once

#include <string>
#include <string_view>

namespace leukolens {

// For words, such as file names: quoted where needed; what a spreadsheet would take for a formula
// (a start with = + - @, tab or carriage return) gets an apostrophe in front. Bytes that are not
// UTF-8 become U+FFFD.
std::string csv_text(std::string_view text);

}  // namespace leukolens
