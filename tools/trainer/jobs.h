// What the program can be asked for: the shipped model, a held-out side, the nets of the folds.
#pragma once

#include <filesystem>

#include "tools/trainer/training.h"

namespace leukolens::trainer {

// Each returns false when stopped before its end.

// Trains what the recipe holds out (reused when already there), fits temperature and threshold on
// it, trains the net and writes NAME.tflite, NAME_int8.tflite and NAME.log to `out`, and
// golden.json if `golden` is not empty.
bool make_shipped(const Workshop& shop, Start start, const std::filesystem::path& out,
                  const std::filesystem::path& golden);
// Trains without one fold of the training split and prints how float and 8-bit net do on it.
bool make_holdout(const Workshop& shop, int fold, Start start);
// Trains on all originals outside a fold, prints how it does inside, and writes fold<K>.tflite to
// the cache.
bool make_fold(const Workshop& shop, int fold, Start start);
// The same for every fold there is.
bool make_all_folds(const Workshop& shop);

}  // namespace leukolens::trainer
