#include "tools/leukolens/files.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <span>
#include <string_view>
#include <system_error>

#include "core/result.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/interrupt.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

namespace fs = std::filesystem;

void add_folder(const fs::path& folder, std::vector<Input>& inputs) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (!entry->path().filename().string().starts_with('.')) entries.push_back(*entry);
  }
  if (error) {
    inputs.push_back({folder.string(), true, "can't list this folder: " + error.message()});
    return;
  }
  std::ranges::sort(entries, {}, [](const fs::directory_entry& e) { return e.path().string(); });
  for (const fs::directory_entry& found : entries) {
    // Links to folders are not followed: they may lead round in circles.
    if (found.is_directory(error) && !found.is_symlink(error)) {
      add_folder(found.path(), inputs);
    } else if (found.is_regular_file(error) || !found.exists(error)) {
      inputs.push_back({found.path().string(), true, ""});
    }
  }
}

struct Descriptor {
  int number;
  ~Descriptor() {
    if (number > STDERR_FILENO) close(number);
  }
};

FileBytes failed(std::string code, std::string message) {
  return {{}, std::move(code), std::move(message)};
}

FileBytes cannot_read(const char* what) {
  const int reason = errno;
  const std::string code = reason == ENOENT ? "file_not_found" : "file_unreadable";
  return failed(code, std::string(what) + ": " + std::strerror(reason));
}

FileBytes too_large(std::uintmax_t size, std::size_t max_bytes, bool at_least) {
  const std::string found = std::string(at_least ? "more than " : "") + std::to_string(size);
  const Error error{ErrorCode::kTooManyBytes,
                    found + " bytes, at most " + std::to_string(max_bytes)};
  return failed(std::string(error_name(error.code)), error_message(error));
}

// Waits until there is something to read, looking for Ctrl-C meanwhile: a pipe may stay silent.
bool wait_for_bytes(int descriptor) {
  pollfd wanted{descriptor, POLLIN, 0};
  while (!interrupted()) {
    const int ready = poll(&wanted, 1, 100);
    if (ready != 0 && !(ready < 0 && errno == EINTR)) return true;
  }
  return false;
}

FileBytes read_all(int descriptor, std::size_t max_bytes, std::size_t expected) {
  FileBytes file;
  file.bytes.reserve(expected);
  std::array<std::byte, 65536> block;
  while (wait_for_bytes(descriptor)) {
    const ssize_t got = read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read("can't read this file");
    if (got == 0) return file;
    if (file.bytes.size() + static_cast<std::size_t>(got) > max_bytes) {
      return too_large(max_bytes, max_bytes, true);
    }
    file.bytes.insert(file.bytes.end(), block.begin(), block.begin() + got);
  }
  return failed("interrupted", "reading was interrupted");
}

}  // namespace

std::vector<Input> gather(const std::vector<std::string>& operands) {
  std::vector<Input> inputs;
  for (const std::string& operand : operands) {
    std::error_code error;
    if (operand != "-" && fs::is_directory(operand, error)) {
      add_folder(operand, inputs);
    } else {
      inputs.push_back({operand, false, ""});
    }
  }
  return inputs;
}

std::vector<std::string> read_list(const std::string& path, bool by_null) {
  const std::string text = read_text(path);
  const char end = by_null ? '\0' : '\n';
  std::vector<std::string> paths;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t stop = std::min(text.find(end, start), text.size());
    if (stop > start) paths.push_back(text.substr(start, stop - start));
    start = stop + 1;
  }
  return paths;
}

FileBytes read_file(const std::string& path, std::size_t max_bytes) {
  const Descriptor file{path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) return cannot_read("can't open this file");
  struct stat status;
  if (fstat(file.number, &status) != 0) return cannot_read("can't open this file");
  if (S_ISDIR(status.st_mode)) return failed("is_a_folder", "this is a folder, not a picture");
  if (!S_ISREG(status.st_mode)) return read_all(file.number, max_bytes, 0);
  const auto size = static_cast<std::uintmax_t>(status.st_size);
  if (size > max_bytes) return too_large(size, max_bytes, false);
  return read_all(file.number, max_bytes, static_cast<std::size_t>(size));
}

std::string read_text(const std::string& path) {
  constexpr std::size_t kMaxBytes = std::size_t{1} << 30;
  const FileBytes file = read_file(path, kMaxBytes);
  if (!file.code.empty()) throw Fault(printable(path) + ": " + file.message);
  return std::string(reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size());
}

void write_text(const std::string& path, const std::string& text) {
  const std::string beside = path + ".part";
  std::FILE* file = std::fopen(beside.c_str(), "wb");
  bool good = file != nullptr;
  if (file) {
    good = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    good = std::fclose(file) == 0 && good;
  }
  if (!good || std::rename(beside.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    std::remove(beside.c_str());
    throw Fault("can't write " + printable(path) + ": " + std::strerror(reason));
  }
}

bool named_like_a_picture(const std::string& path) {
  constexpr std::array<std::string_view, 26> kEndings{
      ".jpg",  ".jpeg", ".jpe", ".jfif", ".png",  ".apng", ".bmp",  ".dib",  ".gif",
      ".pnm",  ".pbm",  ".pgm", ".ppm",  ".tif",  ".tiff", ".webp", ".heic", ".heif",
      ".avif", ".jp2",  ".jxl", ".svs",  ".ndpi", ".dcm",  ".psd",  ".raw"};
  const std::string ending = lower_case(fs::path(path).extension().string());
  return std::ranges::find(kEndings, ending) != kEndings.end();
}

}  // namespace leukolens::tool
