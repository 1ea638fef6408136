// Where results go: stdout, or the file of --output. Talk goes to stderr.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "tools/leukolens/options.h"

namespace leukolens::tool {

inline constexpr Option kOutputOption{"output", 'o', "FILE", "write the results there"};

class Output {
 public:
  // Empty path: stdout. Throws Fault if the file can't be made.
  explicit Output(const std::string& path);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Whole lines; they leave at once. Throws Fault, such as on a full disk.
  void write(std::string_view text);
  bool is_terminal() const;

 private:
  std::string name_;
  std::FILE* file_;
};

}  // namespace leukolens::tool
