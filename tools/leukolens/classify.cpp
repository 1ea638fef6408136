// leukolens classify: one answer a picture, as text, JSON lines or CSV.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include "core/report/report.h"
#include "tools/leukolens/batch.h"
#include "tools/leukolens/commands.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/output.h"
#include "tools/leukolens/progress.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr Option kJsonl{"jsonl", 0, "", "one JSON object a line and picture (leukolens/1)"};
constexpr Option kCsv{"csv", 0, "", "one CSV line a cell (RFC 4180)"};
constexpr Option kFilesFrom{"files-from", 0, "FILE",
                            "also read paths from FILE, one a line; -: stdin"};
constexpr Option kNull{"null", '0', "", "paths of --files-from end with a null byte"};
constexpr Option kColour{"color", 0, "WHEN", "auto, always or never (default: auto)"};
constexpr Option kQuiet{"quiet", 'q', "", "no progress and no summary"};
constexpr Option kOptions[] = {kJsonl,        kCsv,         kJobsOption,   kFilesFrom, kNull,
                               kOutputOption, kModelOption, kFinderOption, kColour,    kQuiet};

// How an answer becomes lines of output.
class Format {
 public:
  virtual ~Format() = default;
  virtual std::string header() const { return ""; }
  virtual std::string reading(const std::string& file, const Reading& reading) const = 0;
  // Empty: the error is told on stderr instead.
  virtual std::string error(const std::string& file, const Answer& answer) const = 0;
};

class Jsonl : public Format {
 public:
  explicit Jsonl(const ModelIdentity& model) : model_(model) {}
  std::string reading(const std::string& file, const Reading& reading) const override {
    return to_json(file, reading, model_) + '\n';
  }
  std::string error(const std::string& file, const Answer& answer) const override {
    return to_json(file, answer.code, answer.message) + '\n';
  }

 private:
  const ModelIdentity& model_;
};

class Csv : public Format {
 public:
  explicit Csv(const ModelIdentity& model) : model_(model) {}
  std::string header() const override { return csv_header(model_); }
  std::string reading(const std::string& file, const Reading& reading) const override {
    return csv_rows(file, reading, model_);
  }
  std::string error(const std::string& file, const Answer& answer) const override {
    return csv_row(file, answer.code, answer.message, model_);
  }

 private:
  const ModelIdentity& model_;
};

class Text : public Format {
 public:
  Text(const ModelIdentity& model, bool colour) : model_(model), colour_(colour) {
    for (const std::string& label : model.labels) width_ = std::max(width_, columns(label));
  }
  std::string reading(const std::string& file, const Reading& reading) const override {
    if (reading.cells.empty()) return line(kNoCell, "-", "-", "2", file);
    std::string lines;
    for (const Cell& cell : reading.cells) {
      const bool sure = cell.verdict == Verdict::kClassified;
      std::string verdict(verdict_name(cell.verdict));
      std::ranges::replace(verdict, '_', ' ');
      lines += line(model_.labels[cell.class_index],
                    percent(static_cast<double>(cell.probabilities[cell.class_index])), verdict,
                    sure ? "32" : "33", file);
    }
    return lines;
  }
  std::string error(const std::string&, const Answer&) const override { return ""; }

 private:
  static constexpr std::string_view kNoCell = "no cell found";

  std::string line(std::string_view name, std::string_view share, std::string_view verdict,
                   std::string_view colour, const std::string& file) const {
    std::string shown = padded(verdict, 10);
    if (colour_) shown = "\033[" + std::string(colour) + 'm' + shown + "\033[0m";
    return padded(printable(name), width_) + "  " + padded_left(share, 7) + "  " + shown + "  " +
           printable(file) + '\n';
  }

  const ModelIdentity& model_;
  const bool colour_;
  std::size_t width_ = kNoCell.size();
};

bool wants_colour(const Arguments& arguments, const Output& output) {
  const std::string when = arguments.value(kColour, "auto");
  if (when != "auto" && when != "always" && when != "never") {
    throw UsageError("--color takes auto, always or never, not \"" + printable(when) + "\"");
  }
  const char* no_colour = std::getenv("NO_COLOR");
  if (when == "auto") return output.is_terminal() && !(no_colour && *no_colour);
  return when == "always";
}

std::vector<Input> inputs_of(const Arguments& arguments) {
  std::vector<std::string> paths = arguments.operands();
  if (arguments.has(kFilesFrom)) {
    const std::string list = arguments.value(kFilesFrom);
    if (list == "-" && std::ranges::count(paths, "-") > 0) {
      throw UsageError("standard input can't be both the list of files and a picture");
    }
    const auto listed = read_list(list, arguments.has(kNull));
    paths.insert(paths.end(), listed.begin(), listed.end());
  } else if (arguments.has(kNull)) {
    throw UsageError("-0 belongs to --files-from");
  } else if (paths.empty()) {
    throw UsageError("which pictures? Name files or folders, or - for standard input");
  }
  return gather(paths);
}

void refuse_to_overwrite(const std::vector<Input>& inputs, const std::string& output) {
  std::error_code error;
  if (output.empty() || !std::filesystem::exists(output, error)) return;
  for (const Input& input : inputs) {
    if (std::filesystem::equivalent(input.path, output, error)) {
      throw UsageError("--output would overwrite the picture " + printable(input.path));
    }
  }
}

// In a folder, other files (a list, a note, a film) are no fault as long as nothing about them
// claims to be a picture.
bool just_another_file(const Input& input, const Answer& answer) {
  const bool no_picture = answer.code == error_name(ErrorCode::kUnknownFormat) ||
                          answer.code == error_name(ErrorCode::kEmptyFile) ||
                          answer.code == error_name(ErrorCode::kTooManyBytes);
  return input.from_folder && no_picture && !named_like_a_picture(input.path);
}

struct Tally {
  std::size_t read = 0, failed = 0, skipped = 0;
};

void summarise(const Tally& tally, std::size_t inputs, bool quiet, bool was_interrupted) {
  if (was_interrupted) {
    std::fprintf(stderr, "leukolens: stopped after %zu of %s\n", tally.read + tally.failed,
                 count_of(inputs, "picture", "pictures").c_str());
  }
  if (tally.failed > 0) {
    std::fprintf(stderr, "leukolens: %zu of %s could not be read\n", tally.failed,
                 count_of(tally.read + tally.failed, "picture", "pictures").c_str());
  }
  if (tally.skipped > 0 && !quiet) {
    std::fprintf(stderr, "leukolens: %s in folders skipped, no pictures\n",
                 count_of(tally.skipped, "other file", "other files").c_str());
  }
}

std::unique_ptr<Format> format_of(const Arguments& arguments, const ModelIdentity& model,
                                  const Output& output) {
  const bool colour = wants_colour(arguments, output);
  if (arguments.has(kJsonl)) return std::make_unique<Jsonl>(model);
  if (arguments.has(kCsv)) return std::make_unique<Csv>(model);
  return std::make_unique<Text>(model, colour);
}

int run(const Arguments& arguments) {
  if (arguments.has(kJsonl) && arguments.has(kCsv)) {
    throw UsageError("choose one of --jsonl and --csv");
  }
  const bool quiet = arguments.has(kQuiet);
  const int jobs = arguments.number(kJobsOption, 1, 1, kMaxJobs);
  const std::vector<Input> inputs = inputs_of(arguments);
  std::vector<Engine> engines =
      create_engines({arguments.value(kModelOption), arguments.value(kFinderOption)},
                     std::min<std::size_t>(jobs, inputs.size()));
  const ModelIdentity model = engines.at(0).identity();
  refuse_to_overwrite(inputs, arguments.value(kOutputOption));
  Output output(arguments.value(kOutputOption));
  const std::unique_ptr<Format> format = format_of(arguments, model, output);
  output.write(format->header());
  Tally tally;
  Progress progress(inputs.size(), !quiet);
  const bool finished = read_in_order(engines, inputs, [&](std::size_t index, Answer answer) {
    const Input& input = inputs[index];
    std::string lines;
    if (answer.reading) {
      lines = format->reading(answer.name, *answer.reading);
      ++tally.read;
    } else if (just_another_file(input, answer)) {
      ++tally.skipped;
    } else {
      lines = format->error(answer.name, answer);
      ++tally.failed;
      if (lines.empty()) {
        progress.clear();
        std::fprintf(stderr, "leukolens: %s: %s\n", printable(answer.name).c_str(),
                     answer.message.c_str());
      }
    }
    if (!lines.empty() && output.is_terminal()) progress.clear();
    output.write(lines);
    if (answer.is_last) progress.step();
  });
  progress.clear();
  summarise(tally, inputs.size(), quiet, !finished);
  if (!arguments.has(kJsonl) && !arguments.has(kCsv)) {
    std::fprintf(stderr, "%s\n", std::string(kIntendedUse).c_str());
  }
  if (!finished) return kInterrupted;
  return tally.failed > 0 ? kSomeFailed : kAllRead;
}

}  // namespace

const Command kClassify{
    "classify",
    "which white blood cell does each picture show, and how sure is the answer",
    "  leukolens classify [OPTION]... FILE|FOLDER|-...\n",
    kOptions,
    "  leukolens classify cell.jpg\n"
    "  leukolens classify --jsonl --jobs 4 smears/ > results.jsonl\n"
    "  leukolens classify --csv -o results.csv smears/\n"
    "  find smears -name '*.png' -print0 | leukolens classify -0 --files-from -\n"
    "  curl -s https://example.org/cell.png | leukolens classify --jsonl -\n",
    "Pictures: JPEG, PNG, BMP, GIF (first frame), PNM or TIFF (each page a picture), told by "
    "their\n"
    "bytes, not their names. Whole slides, DICOM, HEIC and others are named with a way out.\n"
    "Folders are read with all folders in them, sorted; hidden files are left out. A file that\n"
    "can't be read is reported in its place and stops nothing.\n"
    "\"unsure\" is an answer, not a failure: the highest probability is below the model's own\n"
    "threshold.\n",
    run};

}  // namespace leukolens::tool
