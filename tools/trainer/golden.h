// Golden numbers: what the net must answer for a few pictures, computed by libtorch, against which
// every other runtime is tested.
#pragma once

#include <filesystem>
#include <string>

#include "tools/trainer/quantise.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// JSON for all .png files of `folder`, in the order of their names: box found, sum and first values
// of the crop, logits, probabilities at `temperature`, class; class of the 8-bit net. Errors: an
// unreadable picture, one without a cell, no picture at all.
std::string golden_json(const Recipe& recipe, const FoldedNet& net, const QuantisedNet& quantised,
                        double temperature, const std::filesystem::path& folder);

}  // namespace leukolens::trainer
