#include "tools/leukolens/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tools/leukolens/faults.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {

Output::Output(const std::string& path)
    : name_(path.empty() ? "the standard output" : printable(path)),
      file_(path.empty() ? stdout : std::fopen(path.c_str(), "wb")) {
  if (!file_) throw Fault("can't write " + name_ + ": " + std::strerror(errno));
}

Output::~Output() {
  if (file_ != stdout) std::fclose(file_);
}

void Output::write(std::string_view text) {
  const bool good = std::fwrite(text.data(), 1, text.size(), file_) == text.size();
  if (!good || std::fflush(file_) != 0) {
    throw Fault("can't write to " + name_ + ": " + std::strerror(errno));
  }
}

bool Output::is_terminal() const { return isatty(fileno(file_)) != 0; }

}  // namespace leukolens::tool
