// How far a run is, for people: one line that renews itself on a terminal, else one about every ten
// seconds, at the first step and at the last.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace leukolens::trainer {

class Progress {
 public:
  // Lines also go to `log` (which must outlive it), ten in a run.
  Progress(std::string name, std::int64_t steps, int batch, std::int64_t first_step,
           std::string& log);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // After step number `step` of `steps`.
  void step(std::int64_t step, double loss, int right);

 private:
  std::string line(std::int64_t step) const;

  using Clock = std::chrono::steady_clock;
  std::string name_;
  std::int64_t steps_, first_step_;
  int batch_;
  std::string& log_;
  bool terminal_;
  Clock::time_point start_, shown_;
  double loss_ = 0, accuracy_ = 0;  // moving averages
};

}  // namespace leukolens::trainer
