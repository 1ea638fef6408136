// The reference ranges inside the program, and those of a counts file.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/differential/counts.h"

namespace leukolens::tool {

// A set of core/differential/reference_ranges.json. Throws Fault with the names there are.
RangeSet range_set(const std::string& id);

// {"name", "unit", "ranges": {class: [low, high]}}. Throws Fault.
RangeSet own_range_set(const nlohmann::json& object);

// One line a set: id, unit, title, population, date.
std::string range_set_list();

}  // namespace leukolens::tool
