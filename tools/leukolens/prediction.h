// What a net says of one picture of a protocol.
#pragma once

#include <vector>

namespace leukolens::tool {

struct Prediction {
  std::vector<float> probabilities;  // in label order; empty if no cell was found
  std::vector<float> sides;          // in the order of ModelCard::side_labels

  bool found() const { return !probabilities.empty(); }
};

}  // namespace leukolens::tool
