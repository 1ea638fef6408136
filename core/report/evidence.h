// What moved the net towards a class, place by place, ready to be shown.
#pragma once

#include <cstddef>
#include <vector>

#include "core/report/reading.h"

namespace leukolens {

// For each place, rows from the top: what it says for `class_index` less the mean of what it says
// for the other classes, in logits. The mean over the places is how far the class's logit stands
// above the others' mean. `labels` as in the model, at least 2; empty if the evidence is.
std::vector<float> evidence_for(const Evidence& evidence, std::size_t class_index,
                                std::size_t labels);

}  // namespace leukolens
