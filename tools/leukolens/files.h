// Which pictures are meant, and their bytes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace leukolens::tool {

struct Input {
  std::string path;          // "-": standard input
  bool from_folder = false;  // found there, not named by the user
  std::string problem = {};  // not empty: a folder that can't be listed, and why
};

// Files as named; folders recursively, sorted by name, hidden ones left out. What doesn't exist is
// kept, so that reading it says so in its place.
std::vector<Input> gather(const std::vector<std::string>& operands);

// Paths of a list ("-": standard input), one a line or, `by_null`, each ended by a null byte.
// Throws Fault if it can't be read.
std::vector<std::string> read_list(const std::string& path, bool by_null);

struct FileBytes {
  std::vector<std::byte> bytes;
  std::string code, message;  // code is empty if all went well
};

// The whole file. One of more than `max_bytes` is refused before memory is taken; so are folders.
FileBytes read_file(const std::string& path, std::size_t max_bytes);

// For small files that must be there. Throws Fault.
std::string read_text(const std::string& path);
// Replaces the file as a whole. Throws Fault.
void write_text(const std::string& path, const std::string& text);

// Whether a file's ending promises a picture.
bool named_like_a_picture(const std::string& path);

}  // namespace leukolens::tool
