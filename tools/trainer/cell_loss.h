// What the classifier is asked: a class where there is one, and each side by itself.
#pragma once

#include <torch/torch.h>

#include "tools/trainer/batches.h"
#include "tools/trainer/loop.h"
#include "tools/trainer/net.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// One batch: cross-entropy of the classes, plus that of each side. Where the recipe asks for it,
// pictures or feature statistics are mixed among the batch's cells, and answers with them.
StepResult learn_cells(Net& net, const Batch& batch, const Recipe& recipe);

}  // namespace leukolens::trainer
