#include "tools/trainer/checkpoint.h"

#include <stdexcept>

#include "tools/trainer/files.h"

namespace leukolens::trainer {

namespace ts = torch::serialize;

namespace {

ts::InputArchive opened(const std::filesystem::path& file) {
  ts::InputArchive archive;
  try {
    archive.load_from(file.string());
  } catch (const c10::Error&) {
    throw std::runtime_error(file.string() + " is damaged; delete it to start anew");
  }
  return archive;
}

}  // namespace

void save_checkpoint(const std::filesystem::path& file, const RunState& state,
                     const std::string& fingerprint) {
  ts::OutputArchive archive, net, average, optimizer;
  state.net->save(net);
  state.average->save(average);
  state.optimizer.save(optimizer);
  archive.write("net", net);
  archive.write("average", average);
  archive.write("optimizer", optimizer);
  archive.write("step", c10::IValue(state.step));
  archive.write("fingerprint", c10::IValue(fingerprint));
  write_atomically(file, [&](std::ostream& out) { archive.save_to(out); });
}

bool checkpoint_fits(const std::filesystem::path& file, const std::string& fingerprint) {
  ts::InputArchive archive = opened(file);
  c10::IValue value;
  archive.read("fingerprint", value);
  return value.toStringRef() == fingerprint;
}

void load_checkpoint(const std::filesystem::path& file, const RunState& state) {
  ts::InputArchive archive = opened(file), net, average, optimizer;
  c10::IValue value;
  archive.read("net", net);
  archive.read("average", average);
  archive.read("optimizer", optimizer);
  archive.read("step", value);
  state.step = value.toInt();
  state.net->load(net);
  state.average->load(average);
  state.optimizer.load(optimizer);
}

}  // namespace leukolens::trainer
