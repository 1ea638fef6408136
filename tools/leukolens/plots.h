// Plots of a set's figures as one SVG: reliability, accuracy against coverage, confusion matrix.
#pragma once

#include <span>
#include <string>

#include "tools/leukolens/figures.h"

namespace leukolens::tool {

// A picture of its own, readable on light and dark ground; `title` also names it for screen
// readers.
std::string figures_svg(const std::string& title, const Figures& figures,
                        std::span<const std::string> labels);

}  // namespace leukolens::tool
