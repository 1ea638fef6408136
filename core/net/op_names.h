// Names of all operators of the public format, so that one that can't be run is refused by name.
#pragma once

#include <cstdint>
#include <string>

namespace leukolens {

// "CONV_3D"; for a number the format didn't have when this was written "number 999".
std::string op_name(std::int32_t code);

}  // namespace leukolens
