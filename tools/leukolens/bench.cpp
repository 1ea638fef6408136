// leukolens bench: how long each stage takes on this machine.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "core/report/json.h"
#include "tools/leukolens/batch.h"
#include "tools/leukolens/commands.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/output.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr Option kRuns{"runs", 'n', "N", "how often each picture is read (default: 50)"};
constexpr Option kJson{"json", 0, "", "one JSON object"};
constexpr Option kOptions[] = {kRuns, kModelOption, kFinderOption, kJson, kOutputOption};

struct Stage {
  const char* name;
  std::vector<double> ms;  // sorted by finish()

  double minimum() const { return ms.front(); }
  double median() const { return ms[ms.size() / 2]; }
};

struct Bench {
  Stage stages[4] = {{"decode", {}}, {"find", {}}, {"classify", {}}, {"all", {}}};
  double sum = 0;  // of all probabilities, weighted by their place: a fingerprint of the answers
};

void add_fingerprint(Bench& bench, const Reading& reading) {
  double weight = 1;
  for (const Cell& cell : reading.cells) {
    for (const float probability : cell.probabilities) {
      bench.sum += weight * static_cast<double>(probability);
      weight += 1;
    }
  }
}

void read_once(Bench& bench, Engine& engine, const std::vector<std::byte>& bytes,
               const std::string& path) {
  const auto start = std::chrono::steady_clock::now();
  const Result<Reading> reading = engine.read(bytes);
  const std::chrono::duration<double, std::milli> all = std::chrono::steady_clock::now() - start;
  if (!reading) throw Fault(printable(path) + ": " + error_message(reading.error()));
  bench.stages[0].ms.push_back(reading->times.decode_ms);
  bench.stages[1].ms.push_back(reading->times.find_ms);
  bench.stages[2].ms.push_back(reading->times.classify_ms);
  bench.stages[3].ms.push_back(all.count());
  add_fingerprint(bench, *reading);
}

Bench measure(Engine& engine, const std::vector<std::string>& paths, int runs) {
  Bench bench;
  for (const Input& input : gather(paths)) {
    const FileBytes file = read_file(input.path, engine.limits().max_bytes);
    if (!file.code.empty()) throw Fault(printable(input.path) + ": " + file.message);
    for (int i = 0; i < runs; ++i) read_once(bench, engine, file.bytes, input.path);
  }
  if (bench.stages[0].ms.empty()) throw Fault("the folder holds no picture");
  for (Stage& stage : bench.stages) std::ranges::sort(stage.ms);
  bench.sum /= runs;
  return bench;
}

std::string text_of(const Bench& bench) {
  std::string text = padded("stage", 12) + padded_left("min ms", 10) + padded_left("median ms", 12);
  for (const Stage& stage : bench.stages) {
    text += '\n' + padded(stage.name, 12) + padded_left(fixed(stage.minimum(), 3), 10) +
            padded_left(fixed(stage.median(), 3), 12);
  }
  return text + "\n\nfingerprint of the answers: " + fixed(bench.sum, 4) + '\n';
}

std::string json_of(const Bench& bench, const ModelIdentity& model) {
  JsonWriter json;
  json.begin_object().key("schema").text("leukolens-bench/1").key("model").text(model.sha256);
  json.key("reads").integer(static_cast<std::int64_t>(bench.stages[0].ms.size()));
  json.key("ms").begin_object();
  for (const Stage& stage : bench.stages) {
    json.key(stage.name).begin_object().key("min").number(stage.minimum());
    json.key("median").number(stage.median()).end_object();
  }
  json.end_object().key("fingerprint").text(fixed(bench.sum, 4)).end_object();
  return json.take() + '\n';
}

int run(const Arguments& arguments) {
  if (arguments.operands().empty()) throw UsageError("name at least one picture");
  const int runs = arguments.number(kRuns, 50, 1, 1'000'000);
  std::vector<Engine> engines =
      create_engines({arguments.value(kModelOption), arguments.value(kFinderOption)}, 1);
  const Bench bench = measure(engines[0], arguments.operands(), runs);
  Output output(arguments.value(kOutputOption));
  output.write(arguments.has(kJson) ? json_of(bench, engines[0].identity()) : text_of(bench));
  return kAllRead;
}

}  // namespace

const Command kBench{"bench",
                     "least and median time of each stage, and a fingerprint of the answers",
                     "  leukolens bench [OPTION]... FILE|FOLDER...\n",
                     kOptions,
                     "  leukolens bench --runs 200 cell.jpg\n"
                     "  leukolens bench --json cells/ > times.json\n",
                     "One thread. Times depend on machine and load: compare figures of one run "
                     "only.\n",
                     run};

}  // namespace leukolens::tool
