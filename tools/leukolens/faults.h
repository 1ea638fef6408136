// What ends a command early. Caught in main; the core itself throws nothing.
#pragma once

#include <stdexcept>

namespace leukolens::tool {

enum ExitCode { kAllRead = 0, kSomeFailed = 1, kUsage = 2, kInterrupted = 130 };

// The command line can't be understood.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Something the command needs as a whole (model, list, protocol, output file) can't be used.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace leukolens::tool
