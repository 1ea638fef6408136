// "120/1000  45.2 pictures/s  0:20 left" on the terminal's last line, on stderr only.
#pragma once

#include <chrono>
#include <cstddef>

namespace leukolens::tool {

class Progress {
 public:
  // Shows nothing if `wanted` is false or stderr is no terminal.
  Progress(std::size_t total, bool wanted);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void step();   // one more done
  void clear();  // before other output to the terminal

 private:
  using Clock = std::chrono::steady_clock;
  std::size_t total_, done_ = 0;
  bool shown_;
  bool on_screen_ = false;
  Clock::time_point start_, last_;
};

}  // namespace leukolens::tool
