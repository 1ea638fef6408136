// The command line of leukolens-phantoms. Each option is declared once, in options.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "tools/phantoms/scene.h"

namespace leukolens::phantoms {

struct Options {
  Settings settings;       // of the first picture; the next ones count the seed up
  int count = 1;           // pictures
  std::string folder;      // where they go; made if missing
  std::string truth_file;  // empty: no truth is written
  bool help = false;
};

// What is wrong and what would be right, in one sentence without the program's name.
struct UsageError {
  std::string message;
};

// `arguments` without the program's name.
std::variant<Options, UsageError> parse_options(std::span<const std::string> arguments);
// All options with their defaults, and examples.
std::string help_text();

}  // namespace leukolens::phantoms
