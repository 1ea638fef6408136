// A picture that an evaluation needs.
#pragma once

#include <string>

#include "core/leukolens.h"

namespace leukolens::tool {

// Throws Fault: a file that can't be read, or no picture.
Picture read_picture(const std::string& path);

}  // namespace leukolens::tool
