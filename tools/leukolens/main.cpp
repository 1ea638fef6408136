// leukolens: the command line. Finds the command, parses its words, runs it.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/leukolens.h"
#include "tools/leukolens/commands.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/interrupt.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

const std::array<const Command*, 5> kCommands{&kClassify, &kDifferential, &kEvaluate, &kInspect,
                                              &kBench};

constexpr std::string_view kExamples =
    "  leukolens classify cell.jpg\n"
    "  leukolens classify --jsonl smears/ > results.jsonl\n"
    "  leukolens differential --count neutrophil=118 lymphocyte=56 monocyte=17\n"
    "  leukolens evaluate labelled/\n"
    "  leukolens inspect model.tflite\n"
    "  leukolens bench cell.jpg\n";

constexpr std::string_view kExitCodes =
    "    0  all pictures were read (\"unsure\" is an answer, too)\n"
    "    1  some pictures could not be read; their number is on stderr\n"
    "    2  wrong usage, or a model, list or output file that can't be used\n"
    "  130  stopped by Ctrl-C\n";

std::string program_help() {
  std::string text =
      "leukolens: which white blood cell does a picture show, and how sure is the answer\n\n"
      "Usage:\n"
      "  leukolens COMMAND [OPTION]... [FILE]...\n"
      "  leukolens COMMAND --help\n"
      "  leukolens --version\n\nCommands:\n";
  for (const Command* command : kCommands) {
    text += "  " + padded(command->name, 14) + std::string(command->summary) + '\n';
  }
  text += "\nExamples:\n" + std::string(kExamples) + "\nExit codes:\n" + std::string(kExitCodes);
  return text + '\n' + std::string(kIntendedUse) + '\n';
}

std::string version() {
  const Model model = load_model("");
  if (!model.has_card()) throw Fault("the model inside the program has no card");
  const ModelIdentity identity = identity_of(model);
  return "leukolens " + std::string(kProgramVersion) + "\nmodel " + identity.name + ' ' +
         identity.version + " (sha256 " + identity.sha256 + ")\n" + std::string(kIntendedUse) +
         '\n';
}

const Command& find_command(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command* command : kCommands) {
    if (command->name == name) return *command;
    names.push_back(command->name);
  }
  std::string text = "there is no command \"" + printable(name) + '"';
  if (name.starts_with('-')) text = "there is no option " + printable(name) + " before the command";
  const std::string_view near = nearest(name, names);
  if (!near.empty()) text += "; did you mean " + std::string(near) + '?';
  throw UsageError(text);
}

int print(const std::string& text) {
  if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0) {
    throw Fault("can't write to the standard output");
  }
  return kAllRead;
}

int run(std::span<const std::string_view> words) {
  if (words.empty()) {
    std::fputs(program_help().c_str(), stderr);
    return kUsage;
  }
  const std::string_view first = words.front();
  if (first == "--version" || first == "-V") return print(version());
  if (first == "--help" || first == "-h") return print(program_help());
  if (first == "help") {
    return print(words.size() > 1 ? help(find_command(words[1])) : program_help());
  }
  const Command& command = find_command(first);
  const Arguments arguments(command, words.subspan(1));
  if (arguments.wants_help()) return print(help(command));
  return command.run(arguments);
}

}  // namespace
}  // namespace leukolens::tool

int main(int argc, char** argv) {
  using namespace leukolens::tool;
  watch_for_interrupt();
  const std::vector<std::string_view> words(argv + std::min(argc, 1), argv + argc);
  try {
    return run(words);
  } catch (const UsageError& error) {
    std::fprintf(stderr, "leukolens: %s\n", error.what());
    std::fputs("Try 'leukolens --help' or 'leukolens COMMAND --help'.\n", stderr);
    return kUsage;
  } catch (const std::exception& error) {  // Fault, or out of memory
    std::fprintf(stderr, "leukolens: %s\n", error.what());
    return kUsage;
  }
}
