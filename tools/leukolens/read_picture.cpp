#include "tools/leukolens/read_picture.h"

#include <utility>

#include "tools/leukolens/faults.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {

Picture read_picture(const std::string& path) {
  const Limits limits;
  const FileBytes file = read_file(path, limits.max_bytes);
  if (!file.code.empty()) throw Fault(printable(path) + ": " + file.message);
  Result<Picture> picture = decode(file.bytes, limits);
  if (!picture) throw Fault(printable(path) + ": " + error_message(picture.error()));
  return std::move(*picture);
}

}  // namespace leukolens::tool
