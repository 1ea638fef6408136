#include "tools/leukolens/batch.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <span>
#include <thread>
#include <utility>

#include "core/picture/tiff.h"
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

  void put(std::size_t index, std::vector<Answer> answers) {
    const std::scoped_lock lock(mutex_);
    done_.emplace(index, std::move(answers));
    answered_.notify_one();
  }

  // The answers of the next index in order; none if Ctrl-C was pressed.
  std::optional<std::vector<Answer>> take() {
    std::unique_lock lock(mutex_);
    while (!interrupted() && !done_.contains(taken_)) answered_.wait_for(lock, kGlance);
    if (interrupted()) return std::nullopt;
    std::vector<Answer> answers = std::move(done_.extract(taken_++).mapped());
    room_.notify_all();
    return answers;
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
  std::map<std::size_t, std::vector<Answer>> done_;
};

// However the taker leaves, also by an exception: the jobs must not wait for it.
struct StopAtEnd {
  Queue& queue;
  ~StopAtEnd() { queue.stop(); }
};

Answer answer_of(Result<Reading> reading) {
  Answer answer;
  if (reading) {
    answer.reading = std::move(reading).value();
  } else {
    answer.code = error_name(reading.error().code);
    answer.message = error_message(reading.error());
  }
  return answer;
}

// The one cell behind a given box; nothing is looked for.
Result<Reading> read_box(Engine& engine, const Result<Picture>& picture, const Box& box) {
  if (!picture) return picture.error();
  Result<Cell> cell = engine.read(*picture, box);
  if (!cell) return cell.error();
  Reading reading;
  reading.width = picture->width;
  reading.height = picture->height;
  reading.format = picture->format;
  reading.decoder = decoder_name(picture->format);
  reading.warnings = picture->warnings;
  reading.cells.push_back(std::move(cell).value());
  return reading;
}

// With the time that decoding took.
Answer read_picture(Engine& engine, const std::function<Result<Picture>()>& decoded,
                    const std::optional<Box>& box) {
  const auto start = std::chrono::steady_clock::now();
  const Result<Picture> picture = decoded();
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
  if (!picture) return answer_of(picture.error());
  Answer answer = answer_of(box ? read_box(engine, picture, *box) : engine.read(*picture));
  if (answer.reading) answer.reading->times.decode_ms = spent.count();
  return answer;
}

// Every page of a TIFF file is a picture of its own.
std::vector<Answer> read_pages(Engine& engine, std::span<const std::byte> bytes,
                               const std::string& path, const std::optional<Box>& box) {
  Result<TiffFile> file = TiffFile::open(bytes, engine.limits());
  if (!file) return {answer_of(file.error())};
  std::vector<Answer> answers;
  for (int page = 0; page < file->pages(); ++page) {
    answers.push_back(read_picture(engine, [&] { return file->page(page); }, box));
    answers.back().is_last = page + 1 == file->pages();
    if (file->pages() > 1) answers.back().name = path + ", page " + std::to_string(page + 1);
  }
  return answers;
}

std::vector<Answer> read_all(Engine& engine, const BoxedInput& boxed) {
  const Input& input = boxed.input;
  if (!input.problem.empty()) return {{std::nullopt, "folder_unreadable", input.problem}};
  const FileBytes file = read_file(input.path, engine.limits().max_bytes);
  if (!file.code.empty()) return {{std::nullopt, file.code, file.message}};
  if (is_tiff(file.bytes)) return read_pages(engine, file.bytes, input.path, boxed.box);
  const auto decoded = [&] { return decode(file.bytes, engine.limits()); };
  return {read_picture(engine, decoded, boxed.box)};
}

}  // namespace

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
    while (const auto index = queue.claim()) queue.put(*index, read_all(engine, inputs[*index]));
  };
  std::vector<std::jthread> jobs;
  const StopAtEnd stop{queue};
  for (Engine& engine : engines) {
    jobs.emplace_back([&] { work(engine); });
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    auto answers = queue.take();
    if (!answers) return false;
    for (Answer& answer : *answers) {
      if (answer.name.empty()) answer.name = inputs[i].input.path;
      take(i, std::move(answer));
    }
  }
  return true;
}

}  // namespace leukolens::tool
