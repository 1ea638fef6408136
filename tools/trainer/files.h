// Whole files in and out.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace leukolens::trainer {

// Errors: the file can't be opened.
std::vector<std::byte> read_bytes(const std::filesystem::path& path);
// Writes beside the target first and renames, so a stopped program leaves the old file or the new
// one. Makes the folder. Errors: the file can't be written, such as on a full disk.
void write_atomically(const std::filesystem::path& path,
                      const std::function<void(std::ostream&)>& write);
void write_atomically(const std::filesystem::path& path, const std::string& text);
void write_atomically(const std::filesystem::path& path, const std::vector<std::byte>& bytes);

}  // namespace leukolens::trainer
