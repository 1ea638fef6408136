#include "tools/leukolens/model_file.h"

#include <utility>

#include "tools/leukolens/faults.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/words.h"

extern "C" const unsigned char leukolens_default_model_begin[];
extern "C" const unsigned char leukolens_default_model_end[];

namespace leukolens::tool {
namespace {

[[noreturn]] void refuse(const std::string& path, const Error& error) {
  const std::string name = path.empty() ? "the model inside the program" : printable(path);
  throw Fault(name + ": " + error_message(error));
}

}  // namespace

std::vector<std::byte> model_bytes(const std::string& path) {
  if (path.empty()) {
    const auto* begin = reinterpret_cast<const std::byte*>(leukolens_default_model_begin);
    const auto* end = reinterpret_cast<const std::byte*>(leukolens_default_model_end);
    return std::vector<std::byte>(begin, end);
  }
  constexpr std::size_t kMaxBytes = std::size_t{512} << 20;
  FileBytes file = read_file(path, kMaxBytes);
  if (!file.code.empty()) throw Fault(printable(path) + ": " + file.message);
  return std::move(file.bytes);
}

std::vector<Engine> create_engines(const std::string& path, std::size_t number) {
  const std::vector<std::byte> bytes = model_bytes(path);
  std::vector<Engine> engines;
  do {
    Result<Engine> engine = Engine::create(bytes);
    if (!engine) refuse(path, engine.error());
    engines.push_back(std::move(engine).value());
  } while (engines.size() < number);
  return engines;
}

Model load_model(const std::string& path) {
  Result<Model> model = Model::parse(model_bytes(path));
  if (!model) refuse(path, model.error());
  return std::move(model).value();
}

}  // namespace leukolens::tool
