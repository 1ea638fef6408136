#include "tools/leukolens/options.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "tools/leukolens/faults.h"

namespace leukolens::tool {
namespace {

constexpr Option kHelp{"help", 'h', "", "show this help and end"};

// Edits between two words: insert, delete, replace, swap neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

std::string unknown_option(const Command& command, std::string_view name) {
  std::vector<std::string_view> names{kHelp.name};
  for (const Option& option : command.options) names.push_back(option.name);
  std::string text = "there is no option --" + std::string(name);
  const std::string_view near = nearest(name, names);
  if (!near.empty()) text += "; did you mean --" + std::string(near) + "?";
  return text;
}

std::string option_line(const Option& option) {
  std::string line = option.letter ? std::string("  -") + option.letter + ", " : "      ";
  line += "--" + std::string(option.name);
  if (!option.value.empty()) line += ' ' + std::string(option.value);
  constexpr std::size_t kTextColumn = 26;
  line += line.size() < kTextColumn ? std::string(kTextColumn - line.size(), ' ')
                                    : '\n' + std::string(kTextColumn, ' ');
  for (const char c : option.text) {
    line += c == '\n' ? '\n' + std::string(kTextColumn, ' ') : std::string(1, c);
  }
  return line + '\n';
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  std::size_t best_distance = word.size() <= 3 ? 2 : 3;  // fewer edits than this
  for (const std::string_view candidate : candidates) {
    const std::size_t edits = distance(word, candidate);
    if (edits >= best_distance || edits >= candidate.size()) continue;
    best = candidate;
    best_distance = edits;
  }
  return best;
}

Arguments::Arguments(const Command& command, std::span<const std::string_view> words)
    : left_(words) {
  bool options_over = false;
  while (!left_.empty()) {
    const std::string_view word = left_.front();
    left_ = left_.subspan(1);
    if (options_over || word == "-" || !word.starts_with('-')) {
      operands_.emplace_back(word);
    } else if (word == "--") {
      options_over = true;
    } else if (word.starts_with("--")) {
      take_long(command, word.substr(2));
    } else {
      take_letters(command, word.substr(1));
    }
  }
}

void Arguments::take_long(const Command& command, std::string_view word) {
  const std::size_t equals = word.find('=');
  const std::string_view name = word.substr(0, equals);
  const bool has_value = equals != std::string_view::npos;
  if (name == kHelp.name && !has_value) {
    wants_help_ = true;
    return;
  }
  const auto option = std::ranges::find(command.options, name, &Option::name);
  if (option == command.options.end()) throw UsageError(unknown_option(command, name));
  const std::string dashed = "--" + std::string(name);
  if (option->value.empty()) {
    if (has_value) throw UsageError(dashed + " takes no value");
    set(*option, "");
    return;
  }
  if (has_value) {
    set(*option, word.substr(equals + 1));
    return;
  }
  if (left_.empty()) throw UsageError(dashed + " needs a value: " + std::string(option->value));
  set(*option, left_.front());
  left_ = left_.subspan(1);
}

void Arguments::take_letters(const Command& command, std::string_view letters) {
  while (!letters.empty()) {
    const char letter = letters.front();
    letters.remove_prefix(1);
    if (letter == kHelp.letter) {
      wants_help_ = true;
      continue;
    }
    const auto option = std::ranges::find(command.options, letter, &Option::letter);
    if (option == command.options.end() || letter == 0) {
      throw UsageError(std::string("there is no option -") + letter);
    }
    if (option->value.empty()) {
      set(*option, "");
      continue;
    }
    if (letters.empty() && left_.empty()) {
      throw UsageError(std::string("-") + letter + " needs a value: " + std::string(option->value));
    }
    set(*option, letters.empty() ? left_.front() : letters);
    if (letters.empty()) left_ = left_.subspan(1);
    return;
  }
}

void Arguments::set(const Option& option, std::string_view value) {
  values_[option.name].emplace_back(value);
}

std::string Arguments::value(const Option& option, std::string_view fallback) const {
  const auto found = values_.find(option.name);
  return found == values_.end() ? std::string(fallback) : found->second.back();
}

std::vector<std::string> Arguments::values(const Option& option) const {
  const auto found = values_.find(option.name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

int Arguments::number(const Option& option, int fallback, int low, int high) const {
  if (!has(option)) return fallback;
  const std::string text = value(option);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < low || number > high) {
    throw UsageError("--" + std::string(option.name) + " takes a whole number from " +
                     std::to_string(low) + " to " + std::to_string(high) + ", not \"" + text +
                     "\"");
  }
  return number;
}

std::string help(const Command& command) {
  std::string text = "leukolens " + std::string(command.name) + ": " +
                     std::string(command.summary) + "\n\nUsage:\n" + std::string(command.synopsis);
  text += "\nOptions:\n";
  for (const Option& option : command.options) text += option_line(option);
  text += option_line(kHelp);
  if (!command.notes.empty()) text += '\n' + std::string(command.notes);
  return text + "\nExamples:\n" + std::string(command.examples);
}

}  // namespace leukolens::tool
