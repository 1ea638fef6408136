// The part of a differential that needs the classifier's error rates.
#pragma once

#include "core/differential/differential.h"

namespace leukolens {

// Fills the second interval where there is a table that can carry one, and a note in any case that
// the table is there.
void carry_errors(const Counts& counts, Differential& result);

}  // namespace leukolens
