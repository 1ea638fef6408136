// The trained net as a .tflite file, float32 or 8-bit, with its card inside.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/tflite/writer.h"
#include "tools/trainer/quantise.h"
#include "tools/trainer/recipe.h"

namespace leukolens::trainer {

// What the file says of itself beyond the recipe.
struct CardFacts {
  double temperature = 1, threshold = 0;
  std::string training_set;
};

schema::ModelCardT model_card(const Recipe& recipe, const CardFacts& facts);

// Input shape 1 x input_px x input_px x 3, outputs as FoldedNet lists them.
std::vector<std::byte> tflite_float(const FoldedNet& net, const schema::ModelCardT& card);
// Takes and gives float32 too: it quantises and dequantises inside.
std::vector<std::byte> tflite_int8(const QuantisedNet& net, const schema::ModelCardT& card);

}  // namespace leukolens::trainer
