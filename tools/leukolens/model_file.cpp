#include "tools/leukolens/model_file.h"

#include <string_view>
#include <utility>

#include "tools/leukolens/faults.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/words.h"

extern "C" const unsigned char leukolens_default_model_begin[];
extern "C" const unsigned char leukolens_default_model_end[];
extern "C" const unsigned char leukolens_default_finder_begin[];
extern "C" const unsigned char leukolens_default_finder_end[];

namespace leukolens::tool {
namespace {

constexpr std::string_view kRule = "rule";

[[noreturn]] void refuse(const std::string& path, const Error& error) {
  const std::string name = path.empty() ? "the net inside the program" : printable(path);
  throw Fault(name + ": " + error_message(error));
}

std::vector<std::byte> inside(const unsigned char* begin, const unsigned char* end) {
  return {reinterpret_cast<const std::byte*>(begin), reinterpret_cast<const std::byte*>(end)};
}

std::vector<std::byte> net_file(const std::string& path) {
  constexpr std::size_t kMaxBytes = std::size_t{512} << 20;
  FileBytes file = read_file(path, kMaxBytes);
  if (!file.code.empty()) throw Fault(printable(path) + ": " + file.message);
  return std::move(file.bytes);
}

std::vector<std::byte> finder_bytes(const std::string& path) {
  if (!path.empty()) return net_file(path);
  return inside(leukolens_default_finder_begin, leukolens_default_finder_end);
}

}  // namespace

std::vector<std::byte> model_bytes(const std::string& path) {
  if (!path.empty()) return net_file(path);
  return inside(leukolens_default_model_begin, leukolens_default_model_end);
}

std::vector<Engine> create_engines(const NetFiles& files, std::size_t number) {
  const std::vector<std::byte> bytes = model_bytes(files.model);
  const bool by_rule = files.finder == kRule;
  const std::vector<std::byte> finder =
      by_rule ? std::vector<std::byte>() : finder_bytes(files.finder);
  std::vector<Engine> engines;
  do {
    Result<Engine> engine = Engine::create(bytes);
    if (!engine) refuse(files.model, engine.error());
    if (!by_rule) {
      if (const auto done = engine->use_finder(finder); !done) refuse(files.finder, done.error());
    }
    engines.push_back(std::move(engine).value());
  } while (engines.size() < number);
  return engines;
}

Model load_finder(const std::string& path) {
  Result<Model> model = Model::parse(finder_bytes(path));
  if (!model) refuse(path, model.error());
  return std::move(model).value();
}

Model load_model(const std::string& path) {
  Result<Model> model = Model::parse(model_bytes(path));
  if (!model) refuse(path, model.error());
  return std::move(model).value();
}

}  // namespace leukolens::tool
