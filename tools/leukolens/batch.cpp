#include "tools/leukolens/batch.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "tools/leukolens/interrupt.h"

namespace leukolens::tool {
namespace {

// What the jobs and the taker share.
class Queue {
 public:
  Queue(std::size_t size, std::size_t window) : size_(size), window_(window) {}

  // The next index to work on; none when all are given out or Ctrl-C was pressed.
  std::optional<std::size_t> claim() {
    std::unique_lock lock(mutex_);
    while (!over() && next_ < size_ && next_ >= taken_ + window_) room_.wait_for(lock, kGlance);
    if (over() || next_ >= size_) return std::nullopt;
    return next_++;
  }

  void put(std::size_t index, Answer answer) {
    const std::scoped_lock lock(mutex_);
    done_.emplace(index, std::move(answer));
    answered_.notify_one();
  }

  // The answer of the next index in order; none if Ctrl-C was pressed.
  std::optional<Answer> take() {
    std::unique_lock lock(mutex_);
    while (!interrupted() && !done_.contains(taken_)) answered_.wait_for(lock, kGlance);
    if (interrupted()) return std::nullopt;
    Answer answer = std::move(done_.extract(taken_++).mapped());
    room_.notify_all();
    return answer;
  }

  // No more work is given out.
  void stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }

 private:
  bool over() const { return stopped_ || interrupted(); }

  // A signal wakes no one, so those who wait look up now and then.
  static constexpr std::chrono::milliseconds kGlance{100};

  const std::size_t size_, window_;
  std::mutex mutex_;
  std::condition_variable room_, answered_;
  std::size_t next_ = 0, taken_ = 0;
  bool stopped_ = false;
  std::map<std::size_t, Answer> done_;
};

// However the taker leaves, also by an exception: the jobs must not wait for it.
struct StopAtEnd {
  Queue& queue;
  ~StopAtEnd() { queue.stop(); }
};

void work(Queue& queue, Engine& engine, const std::vector<Input>& inputs) {
  while (const auto index = queue.claim()) queue.put(*index, read_one(engine, inputs[*index]));
}

}  // namespace

Answer read_one(Engine& engine, const Input& input) {
  if (!input.problem.empty()) return {std::nullopt, "folder_unreadable", input.problem};
  const FileBytes file = read_file(input.path, engine.limits().max_bytes);
  if (!file.code.empty()) return {std::nullopt, file.code, file.message};
  Result<Reading> reading = engine.read(file.bytes);
  if (reading) return {std::move(reading).value(), "", ""};
  return {std::nullopt, std::string(error_name(reading.error().code)),
          error_message(reading.error())};
}

bool read_in_order(std::vector<Engine>& engines, const std::vector<Input>& inputs,
                   const std::function<void(std::size_t, Answer)>& take) {
  constexpr std::size_t kAheadPerJob = 4;
  Queue queue(inputs.size(), kAheadPerJob * engines.size());
  std::vector<std::jthread> jobs;
  const StopAtEnd stop{queue};
  for (Engine& engine : engines) {
    jobs.emplace_back([&] { work(queue, engine, inputs); });
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::optional<Answer> answer = queue.take();
    if (!answer) return false;
    take(i, std::move(*answer));
  }
  return true;
}

}  // namespace leukolens::tool
