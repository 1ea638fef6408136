#include "tools/leukolens/interrupt.h"

#include <signal.h>

#include <atomic>

namespace leukolens::tool {
namespace {

std::atomic<bool> was_interrupted{false};  // lock-free, so a handler may write it
static_assert(std::atomic<bool>::is_always_lock_free);

void note_interrupt(int) { was_interrupted = true; }

}  // namespace

void watch_for_interrupt() {
  struct sigaction action = {};
  action.sa_handler = note_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() { return was_interrupted; }

}  // namespace leukolens::tool
