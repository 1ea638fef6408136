// Options, declared once: the same table feeds parser, help and error texts.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leukolens::tool {

struct Option {
  std::string_view name;   // without the dashes
  char letter = 0;         // 0: none
  std::string_view value;  // what the help calls it; empty: a switch
  std::string_view text;   // one line of help
};

class Arguments;

struct Command {
  std::string_view name, summary, synopsis;
  std::span<const Option> options;
  std::string_view examples;  // lines, indented as they are printed
  std::string_view notes;     // more lines of help, may be empty
  int (*run)(const Arguments& arguments);
};

// What stood on the command line after the command's name.
class Arguments {
 public:
  // GNU style: --name VALUE, --name=VALUE, -x VALUE, -xVALUE, -- ends the options, a lone - is an
  // operand. Throws UsageError, with the nearest option where one is near.
  Arguments(const Command& command, std::span<const std::string_view> words);

  bool has(const Option& option) const { return values_.contains(option.name); }
  // The last one given, else `fallback`.
  std::string value(const Option& option, std::string_view fallback = {}) const;
  // Each value given, in order.
  std::vector<std::string> values(const Option& option) const;
  // A whole number in low..high. Throws UsageError.
  int number(const Option& option, int fallback, int low, int high) const;
  const std::vector<std::string>& operands() const { return operands_; }
  bool wants_help() const { return wants_help_; }

 private:
  void take_long(const Command& command, std::string_view word);
  void take_letters(const Command& command, std::string_view word);
  void set(const Option& option, std::string_view value);

  std::span<const std::string_view> left_;
  std::map<std::string_view, std::vector<std::string>> values_;
  std::vector<std::string> operands_;
  bool wants_help_ = false;
};

std::string help(const Command& command);

// The candidate most like `word`, or empty if none is near enough to be meant.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace leukolens::tool
