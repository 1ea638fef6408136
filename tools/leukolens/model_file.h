// The nets that answer: those inside the program, or files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/leukolens.h"
#include "tools/leukolens/options.h"

namespace leukolens::tool {

inline constexpr Option kModelOption{"model", 'm', "FILE",
                                     "a .tflite model (default: the one inside the program)"};

inline constexpr Option kFinderOption{
    "finder", 0, "FILE",
    "a .tflite finder, or rule: one main cell by colour (default: the one inside the program)"};

// What answers: paths, empty for what is inside the program. A finder "rule" is the colour rule.
struct NetFiles {
  std::string model, finder = {};
};

// Bytes of the file; of the model inside the program if `path` is empty. Throws Fault.
std::vector<std::byte> model_bytes(const std::string& path);
// At least one. Throws Fault, naming the file.
std::vector<Engine> create_engines(const NetFiles& files, std::size_t number);
// Throws Fault, naming the file.
Model load_finder(const std::string& path);
// Likewise.
Model load_model(const std::string& path);

}  // namespace leukolens::tool
