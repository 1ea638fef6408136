// leukolens evaluate: how good are the answers on pictures whose class is known.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "tools/leukolens/batch.h"
#include "tools/leukolens/card.h"
#include "tools/leukolens/commands.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/figures.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/output.h"
#include "tools/leukolens/plots.h"
#include "tools/leukolens/progress.h"
#include "tools/leukolens/protocol.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

namespace fs = std::filesystem;

constexpr Option kJson{"json", 0, "", "the figures as one JSON object"};
constexpr Option kQuiet{"quiet", 'q', "", "no progress"};
constexpr Option kProtocol{"protocol", 0, "FILE",
                           "run the sets described in FILE instead of a folder"};
constexpr Option kData{"data", 0, "FOLDER", "with --protocol: where the data sets are unpacked"};
constexpr Option kNets{"nets", 0, "FOLDER", "with --protocol: fold0.tflite, fold1.tflite, ..."};
constexpr Option kSets{"sets", 0, "NAMES", "with --protocol: only these sets, with commas between"};
constexpr Option kCard{"card", 0, "FILE", "with --protocol: write the model card (Markdown) there"};
constexpr Option kPlots{"plots", 0, "FOLDER",
                        "with --protocol: draw a plot of each set there (SVG)"};
constexpr Option kCardJson{"card-json", 0, "FILE", "with --protocol: write its figures there"};
constexpr Option kOptions[] = {kJson,  kJobsOption, kOutputOption, kModelOption, kFinderOption,
                               kQuiet, kProtocol,   kData,         kNets,        kSets,
                               kCard,  kCardJson,   kPlots};

struct LabelledFolder {
  std::vector<Input> inputs;
  std::vector<std::size_t> truth;  // one for each input
  std::vector<std::string> empty_classes;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

LabelledFolder labelled_folder(const std::string& path, const std::vector<std::string>& labels) {
  std::error_code error;
  if (!fs::is_directory(path, error)) throw Fault(printable(path) + ": this is no folder");
  std::vector<fs::path> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    const bool hidden = entry.path().filename().string().starts_with('.');
    if (!hidden && entry.is_directory(error)) folders.push_back(entry.path());
  }
  if (error) throw Fault(printable(path) + ": can't list this folder: " + error.message());
  std::ranges::sort(folders);
  LabelledFolder found;
  std::vector<std::size_t> pictures(labels.size());
  for (const fs::path& folder : folders) {
    const std::string name = folder.filename().string();
    const auto label = std::ranges::find(labels, lower_case(name), lower_case);
    if (label == labels.end()) {
      throw Fault("the folder \"" + printable(name) +
                  "\" names no class of this model; its classes are " + joined(labels));
    }
    const auto truth = static_cast<std::size_t>(label - labels.begin());
    for (Input& input : gather({folder.string()})) {
      found.inputs.push_back(std::move(input));
      found.truth.push_back(truth);
      ++pictures[truth];
    }
  }
  if (folders.empty()) {
    throw Fault(printable(path) +
                " holds no folders; one named after each class is needed: " + joined(labels));
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (pictures[i] == 0) found.empty_classes.push_back(labels[i]);
  }
  return found;
}

struct FolderResult {
  std::vector<Outcome> outcomes;
  std::size_t failed = 0, unsure = 0;
  bool finished = true;
};

FolderResult read_folder(std::vector<Engine>& engines, const LabelledFolder& folder, bool quiet) {
  FolderResult result;
  Progress progress(folder.inputs.size(), !quiet);
  result.finished = read_in_order(engines, folder.inputs, [&](std::size_t index, Answer answer) {
    if (answer.is_last) progress.step();
    if (!answer.reading) {
      progress.clear();
      std::fprintf(stderr, "leukolens: %s: %s\n", printable(answer.name).c_str(),
                   answer.message.c_str());
      ++result.failed;
      return;
    }
    Outcome outcome{folder.truth[index], kNoAnswer, 0};
    if (!answer.reading->cells.empty()) {
      const Cell& cell = answer.reading->cells.front();
      outcome.answer = cell.class_index;
      outcome.confidence = static_cast<double>(cell.probabilities[cell.class_index]);
      if (cell.verdict == Verdict::kUnsure) ++result.unsure;
    }
    result.outcomes.push_back(outcome);
  });
  return result;
}

std::string json_of(const FolderResult& result, const LabelledFolder& folder,
                    const ModelIdentity& model) {
  const Figures figures = exact_figures(result.outcomes, model.labels.size());
  JsonWriter json;
  json.begin_object().key("schema").text("leukolens-evaluation/1");
  json.key("model").begin_object().key("name").text(model.name);
  json.key("version").text(model.version).key("sha256").text(model.sha256).end_object();
  write_figures(json, figures, model.labels);
  json.key("unsure").integer(static_cast<std::int64_t>(result.unsure));
  json.key("could_not_be_read").integer(static_cast<std::int64_t>(result.failed));
  json.key("empty_classes").begin_array();
  for (const std::string& label : folder.empty_classes) json.text(label);
  json.end_array();
  json.key("interval").text("Clopper-Pearson 95 %, each picture by itself");
  json.key("intended_use").text(kIntendedUse).end_object();
  return json.take() + '\n';
}

std::string text_of(const FolderResult& result, const ModelIdentity& model) {
  const Figures figures = exact_figures(result.outcomes, model.labels.size());
  const Proportion accuracy = figures.confusion.accuracy();
  std::string text = "model      " + model.name + ' ' + model.version + '\n';
  text += "pictures   " + std::to_string(figures.pictures) + '\n';
  text += "accuracy   " + percent(figures.accuracy.share, figures.accuracy.interval) + ", " +
          std::to_string(accuracy.hits) + " of " + std::to_string(accuracy.n) + '\n';
  text += "ECE        " + fixed(figures.calibration_error, 3) + " (15 bins)\n";
  text += "unsure     " + std::to_string(result.unsure) + ", counted by their likeliest class\n";
  text += "no cell    " + std::to_string(figures.confusion.unanswered()) + ", counted as wrong\n\n";
  text += figures_text(figures, model.labels);
  return text +
         "\nIntervals: 95 %, Clopper-Pearson, as if each picture were another cell. Several\n"
         "pictures of one cell, or one smear, make them too narrow.\n";
}

int evaluate_folder(const Arguments& arguments) {
  if (arguments.operands().size() != 1) throw UsageError("name one folder with a folder per class");
  for (const Option& option : {kData, kNets, kSets, kCard, kCardJson, kPlots}) {
    if (arguments.has(option)) {
      throw UsageError("--" + std::string(option.name) + " belongs to --protocol");
    }
  }
  const int jobs = arguments.number(kJobsOption, 1, 1, kMaxJobs);
  std::vector<Engine> engines =
      create_engines({arguments.value(kModelOption), arguments.value(kFinderOption)},
                     static_cast<std::size_t>(jobs));
  const ModelIdentity model = engines[0].identity();
  const LabelledFolder folder = labelled_folder(arguments.operands()[0], model.labels);
  for (const std::string& label : folder.empty_classes) {
    std::fprintf(stderr, "leukolens: no pictures of the class %s\n", label.c_str());
  }
  const FolderResult result = read_folder(engines, folder, arguments.has(kQuiet));
  if (!result.finished) return kInterrupted;
  if (result.outcomes.empty()) throw Fault("no picture could be read");
  Output output(arguments.value(kOutputOption));
  output.write(arguments.has(kJson) ? json_of(result, folder, model) : text_of(result, model));
  if (!arguments.has(kJson)) std::fprintf(stderr, "%s\n", std::string(kIntendedUse).c_str());
  if (result.failed == 0) return kAllRead;
  std::fprintf(stderr, "leukolens: %zu of %s could not be read\n", result.failed,
               count_of(folder.inputs.size(), "picture", "pictures").c_str());
  return kSomeFailed;
}

// The command as someone else would type it: their own folders, no paths of this machine.
std::string command_line(const Arguments& arguments) {
  const auto name = [](const std::string& path) {
    return fs::path(path).is_absolute() ? fs::path(path).filename().string() : path;
  };
  std::string line =
      "leukolens evaluate --protocol " + name(arguments.value(kProtocol)) + " --data DATA";
  if (arguments.has(kNets)) line += " --nets NETS";
  if (arguments.has(kSets)) line += " --sets " + arguments.value(kSets);
  if (arguments.has(kModelOption)) line += " --model " + name(arguments.value(kModelOption));
  if (arguments.has(kFinderOption)) line += " --finder " + name(arguments.value(kFinderOption));
  if (arguments.has(kCard)) line += " --card " + name(arguments.value(kCard));
  if (arguments.has(kPlots)) line += " --plots " + name(arguments.value(kPlots));
  if (arguments.has(kCardJson)) line += " --card-json " + name(arguments.value(kCardJson));
  return line;
}

// One for each set; the card names them by their place beside it.
void write_plots(const Arguments& arguments, CardData& data) {
  const fs::path folder = arguments.value(kPlots);
  if (data.sets.empty()) return;  // fields have no such plot
  fs::create_directories(folder);
  for (const SetCard& set : data.sets) {
    write_text((folder / (set.name + ".svg")).string(),
               figures_svg(set.title, set.views.front().per_picture, data.model.labels));
  }
  const fs::path card = arguments.has(kCard) ? arguments.value(kCard) : "";
  data.plots = fs::absolute(folder).lexically_relative(fs::absolute(card).parent_path()).string();
}

int evaluate_protocol(const Arguments& arguments) {
  if (!arguments.operands().empty()) throw UsageError("--protocol takes its pictures from --data");
  if (!arguments.has(kData)) throw UsageError("--protocol needs --data FOLDER");
  const int jobs = arguments.number(kJobsOption, 1, 1, kMaxJobs);
  Protocol protocol = read_protocol(arguments.value(kProtocol), arguments.value(kSets));
  const ProtocolRun plan{arguments.value(kData), arguments.value(kNets),
                         arguments.value(kModelOption), static_cast<std::size_t>(jobs),
                         arguments.has(kQuiet)};
  if (arguments.has(kFinderOption)) protocol.finder = arguments.value(kFinderOption);
  CardData data = run_protocol(protocol, plan);
  if (!data.finished) return kInterrupted;
  if (arguments.has(kPlots)) write_plots(arguments, data);
  const std::string command = command_line(arguments);
  if (arguments.has(kCard)) write_text(arguments.value(kCard), card_markdown(data, command));
  if (arguments.has(kCardJson)) write_text(arguments.value(kCardJson), card_json(data, command));
  Output output(arguments.value(kOutputOption));
  output.write(arguments.has(kJson) ? card_json(data, command) : card_markdown(data, command));
  return kAllRead;
}

int run(const Arguments& arguments) {
  return arguments.has(kProtocol) ? evaluate_protocol(arguments) : evaluate_folder(arguments);
}

}  // namespace

const Command kEvaluate{
    "evaluate",
    "accuracy, recall and calibration on pictures whose class is known",
    "  leukolens evaluate [OPTION]... FOLDER\n"
    "  leukolens evaluate --protocol FILE --data FOLDER [OPTION]...\n",
    kOptions,
    "  leukolens evaluate labelled/\n"
    "  leukolens evaluate --json --jobs 2 labelled/ > figures.json\n"
    "  leukolens evaluate --protocol model/protocols/four.json --data DATA --nets NETS \\\n"
    "      --card model/card.md --card-json model/card.json\n",
    "FOLDER holds one folder for each class, named like it (neutrophil/, Lymphocyte/, ...). A\n"
    "picture in which no cell is found counts as wrong; one that can't be read doesn't count and "
    "is\n"
    "named. Intervals are exact (Clopper-Pearson) for a folder; a protocol draws originals again\n"
    "(bootstrap), because many pictures of one cell are not many cells.\n",
    run};

}  // namespace leukolens::tool
