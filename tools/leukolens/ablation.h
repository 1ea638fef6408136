// The table of what was tried, from what leukolens-train --trials has written.
#pragma once

#include <string>

namespace leukolens::tool {

// A section for the model card. Throws Fault: the file can't be read or is no such table.
std::string ablation_markdown(const std::string& path);

}  // namespace leukolens::tool
