#include "tools/leukolens/batch.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <span>
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

Answer answer_of(Result<Reading> reading) {
  if (reading) return {std::move(reading).value(), "", ""};
  return {std::nullopt, std::string(error_name(reading.error().code)),
          error_message(reading.error())};
}

// The one cell behind a given box; nothing is looked for.
Result<Reading> read_box(Engine& engine, std::span<const std::byte> file, const Box& box) {
  const Result<Picture> picture = decode(file, engine.limits());
  if (!picture) return picture.error();
  Result<Cell> cell = engine.read(*picture, box);
  if (!cell) return cell.error();
  Reading reading;
  reading.width = picture->width;
  reading.height = picture->height;
  reading.format = picture->format;
  reading.warnings = picture->warnings;
  reading.cells.push_back(std::move(cell).value());
  return reading;
}

Answer read_one(Engine& engine, const BoxedInput& boxed) {
  const Input& input = boxed.input;
  if (!input.problem.empty()) return {std::nullopt, "folder_unreadable", input.problem};
  const FileBytes file = read_file(input.path, engine.limits().max_bytes);
  if (!file.code.empty()) return {std::nullopt, file.code, file.message};
  return answer_of(boxed.box ? read_box(engine, file.bytes, *boxed.box) : engine.read(file.bytes));
}

}  // namespace

Answer read_one(Engine& engine, const Input& input) {
  return read_one(engine, BoxedInput{input, std::nullopt});
}

bool read_in_order(std::vector<Engine>& engines, const std::vector<Input>& inputs,
                   const std::function<void(std::size_t, Answer)>& take) {
  std::vector<BoxedInput> boxed;
  for (const Input& input : inputs) boxed.push_back({input, std::nullopt});
  return read_in_order(engines, boxed, take);
}

bool read_in_order(std::vector<Engine>& engines, const std::vector<BoxedInput>& inputs,
                   const std::function<void(std::size_t, Answer)>& take) {
  constexpr std::size_t kAheadPerJob = 4;
  Queue queue(inputs.size(), kAheadPerJob * engines.size());
  const auto work = [&](Engine& engine) {
    while (const auto index = queue.claim()) queue.put(*index, read_one(engine, inputs[*index]));
  };
  std::vector<std::jthread> jobs;
  const StopAtEnd stop{queue};
  for (Engine& engine : engines) {
    jobs.emplace_back([&] { work(engine); });
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::optional<Answer> answer = queue.take();
    if (!answer) return false;
    take(i, std::move(*answer));
  }
  return true;
}

}  // namespace leukolens::tool
