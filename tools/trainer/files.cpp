#include "tools/trainer/files.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace leukolens::trainer {

namespace fs = std::filesystem;

std::vector<std::byte> read_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path.string() + " can't be opened");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::byte* bytes = reinterpret_cast<const std::byte*>(text.data());
  return {bytes, bytes + text.size()};
}

void write_atomically(const fs::path& path, const std::function<void(std::ostream&)>& write) {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  const fs::path part = path.string() + ".part";
  {
    std::ofstream file(part, std::ios::binary);
    if (file) write(file);
    file.flush();
    if (!file) {
      fs::remove(part);
      throw std::runtime_error(path.string() + " can't be written; is the disk full?");
    }
  }
  fs::rename(part, path);
}

void write_atomically(const fs::path& path, const std::string& text) {
  write_atomically(path, [&](std::ostream& out) { out << text; });
}

void write_atomically(const fs::path& path, const std::vector<std::byte>& bytes) {
  write_atomically(path, [&](std::ostream& out) {
    out.write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
  });
}

}  // namespace leukolens::trainer
