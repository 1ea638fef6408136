// Counts what the test program takes by `new`, for promises that something takes nothing.
#pragma once

#include <cstdint>

std::uint64_t allocations();
