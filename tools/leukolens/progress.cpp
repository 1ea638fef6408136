#include "tools/leukolens/progress.h"

#include <unistd.h>

#include <cstdio>

namespace leukolens::tool {

Progress::Progress(std::size_t total, bool wanted)
    : total_(total), shown_(wanted && isatty(STDERR_FILENO) != 0), start_(Clock::now()) {}

void Progress::step() {
  ++done_;
  const auto now = Clock::now();
  if (!shown_ || now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done_) / (seconds > 0 ? seconds : 1);
  const long left_s = static_cast<long>(static_cast<double>(total_ - done_) / rate);
  std::fprintf(stderr, "\r\033[K%zu/%zu  %.1f pictures/s  %ld:%02ld left", done_, total_, rate,
               left_s / 60, left_s % 60);
  std::fflush(stderr);
  on_screen_ = true;
}

void Progress::clear() {
  if (!on_screen_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  on_screen_ = false;
}

}  // namespace leukolens::tool
