// What was counted, from a file: JSON of the schema leukolens-counts/1.
//
//   {"schema": "leukolens-counts/1",
//    "counts": {"neutrophil": 118, "lymphocyte": 56, "unsure": 3, "erythroblast": 5, "plasma cell":
//    1}, "own_classes": {"plasma cell": "in_n"},     in_n, per_100 or outside "unreviewed":
//    {"neutrophil": 10},           or a number of cells, or "all" "one_smear": true,
//    "white_count": 7.2,                         10^9/L
//    "white_count_includes_erythroblasts": false,
//    "range": "uk_tdl_2020"}                     or {"name": "ours", "unit": "10*9/L" or "%",
//                                                    "ranges": {"neutrophil": [2, 7.5]}}
//
// Only schema and counts are needed. Nothing else may stand in it.
#pragma once

#include <string>
#include <vector>

#include "core/differential/counts.h"

namespace leukolens::tool {

// Throws Fault, which names the file and the mistake.
Counts read_counts(const std::string& path);

// Adds "neutrophil=118"; capitals, spaces and hyphens in the name don't matter. Throws UsageError.
void add_count(Counts& counts, const std::string& text);

// "12", or "all" for every cell that was counted. Throws UsageError.
void set_unreviewed(Counts& counts, const std::string& text);

}  // namespace leukolens::tool
