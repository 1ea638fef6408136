#include "tools/trainer/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace leukolens::trainer {
namespace {

double seconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

Progress::Progress(std::string name, std::int64_t steps, int batch, std::int64_t first_step,
                   std::string& log)
    : name_(std::move(name)),
      steps_(steps),
      first_step_(first_step),
      batch_(batch),
      log_(log),
      terminal_(isatty(STDOUT_FILENO)),
      start_(Clock::now()),
      shown_(start_) {}

Progress::~Progress() {
  if (terminal_) std::puts("");
}

std::string Progress::line(std::int64_t step) const {
  const double spent = std::max(seconds(Clock::now() - start_), 1e-3);
  const double rate = static_cast<double>(step - first_step_) / spent;
  const int left = static_cast<int>(static_cast<double>(steps_ - step) / rate + 0.5);
  char text[200];
  std::snprintf(text, sizeof text,
                "%s: step %lld of %lld, loss %.3f, accuracy %.1f %%, %.0f images/s, %d:%02d left",
                name_.c_str(), static_cast<long long>(step), static_cast<long long>(steps_), loss_,
                100 * accuracy_, rate * batch_, left / 60, left % 60);
  return text;
}

void Progress::step(std::int64_t step, double loss, int right) {
  const double accuracy = static_cast<double>(right) / batch_;
  const double weight = std::max(1.0 / static_cast<double>(step - first_step_), 0.02);
  loss_ += weight * (loss - loss_);
  accuracy_ += weight * (accuracy - accuracy_);
  const std::int64_t tenth = std::max<std::int64_t>(steps_ / 10, 1);
  if (step % tenth == 0) log_ += line(step) + "\n";
  const auto now = Clock::now();
  const bool end = step == first_step_ + 1 || step == steps_;
  if (!end && seconds(now - shown_) < (terminal_ ? 0.5 : 10.0)) return;
  shown_ = now;
  std::printf(terminal_ ? "\r%s\033[K" : "%s\n", line(step).c_str());
  std::fflush(stdout);
}

}  // namespace leukolens::trainer
