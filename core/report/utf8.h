// File names are bytes; what leaves the program is valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace leukolens {

// `text` with each byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace leukolens
