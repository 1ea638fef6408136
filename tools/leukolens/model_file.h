// The model that answers: the one inside the program, or a file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/leukolens.h"
#include "tools/leukolens/options.h"

namespace leukolens::tool {

inline constexpr Option kModelOption{"model", 'm', "FILE",
                                     "a .tflite model (default: the one inside the program)"};

// Bytes of the file; of the model inside the program if `path` is empty. Throws Fault.
std::vector<std::byte> model_bytes(const std::string& path);
// At least one. Throws Fault, naming the file.
std::vector<Engine> create_engines(const std::string& path, std::size_t number);
// Throws Fault, naming the file.
Model load_model(const std::string& path);

}  // namespace leukolens::tool
