// The subcommands; each is a file of this folder.
#pragma once

#include "tools/leukolens/options.h"

namespace leukolens::tool {

extern const Command kClassify, kDifferential, kEvaluate, kInspect, kBench;

}  // namespace leukolens::tool
