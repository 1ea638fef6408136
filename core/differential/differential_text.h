// A differential as text. The command line and the page write by these functions, so that both give
// the same bytes. Figures are rounded as rounding.h says, in every output alike.
#pragma once

#include <string>
#include <string_view>

#include "core/differential/differential.h"

namespace leukolens {

inline constexpr std::string_view kDifferentialSchema = "leukolens-differential/1";

// One indented JSON object, ended by a line end. Percentages and intervals are in per cent,
// absolute counts in 10^9/L; null where there is no figure.
std::string differential_json(const Differential& result);

// A line a class, also those beside n; RFC 4180, ended by CR LF.
std::string differential_csv(const Differential& result);

// "cells 2 (SHA-256 0123…)".
std::string model_text(const ModelUsed& model);

// For people: English, a table and the notes.
std::string differential_table(const Differential& result);

}  // namespace leukolens
