// XNNPACK's memory and its start-up. Internal to the net room.
#pragma once

#include <xnnpack.h>

namespace leukolens {

// Starts XNNPACK with an allocator that counts (see xnnpack_allocations in runner.h). May be called
// any number of times.
xnn_status start_xnnpack();

}  // namespace leukolens
