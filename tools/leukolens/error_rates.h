// The classifier's error rates from a model card (leukolens-card/1).
#pragma once

#include <string>

#include "core/differential/counts.h"

namespace leukolens::tool {

// The confusion matrix of the set `name`, per original where the card has it, because pictures of
// one cell are not many cells. An empty name: the first set in which each kind was looked at on 20
// cells or more, else the first. Throws Fault.
AnswerTable error_rates(const std::string& path, const std::string& name);

}  // namespace leukolens::tool
