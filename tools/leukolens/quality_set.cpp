#include "tools/leukolens/quality_set.h"

#include <algorithm>
#include <set>
#include <utility>

#include "tools/leukolens/csv_table.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/interrupt.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/progress.h"
#include "tools/leukolens/samples.h"
#include "tools/leukolens/spoil.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr Warning kNoticed[] = {Warning::kColourProfile, Warning::kBlurred, Warning::kOverexposed,
                                Warning::kUnfamiliarStain};
constexpr const char* kAsItIs = "as it is";
constexpr const char* kProfile = "with a profile of Adobe RGB";

// Each file once, however many rows it has.
std::vector<std::string> pictures_of(const ProtocolSet& set, const std::string& data) {
  const CsvTable table(read_text(data + '/' + set.index), set.index);
  const std::size_t file = table.column("file");
  std::set<std::string> met;
  std::vector<std::string> paths;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!is_of(set, table, row) || !met.insert(table.at(row, file)).second) continue;
    paths.push_back(data + '/' + set.path_prefix + table.at(row, file));
  }
  if (paths.empty()) throw Fault("\"" + set.title + "\" has no picture");
  return paths;
}

bool has(const Reading& reading, Warning warning) {
  return std::ranges::find(reading.warnings, warning) != reading.warnings.end();
}

class QualityRun {
 public:
  QualityRun(const ProtocolSet& set, Engine& engine) : engine_(engine) {
    card_.name = set.name, card_.title = set.title, card_.about = set.about;
    for (const Warning warning : kNoticed) {
      add(kAsItIs, warning, set.foreign && warning == Warning::kUnfamiliarStain);
    }
    add(kProfile, Warning::kColourProfile, true);
    for (const Spoil& spoil : spoils()) add(spoil.name, spoil.expected, true);
  }

  void show(const std::string& path);
  QualityCard finished() {
    std::erase_if(card_.rates, [](const WarningRate& rate) { return rate.pictures == 0; });
    return std::move(card_);
  }

 private:
  void add(const std::string& shown, Warning warning, bool expected) {
    card_.rates.push_back({shown, std::string(warning_name(warning)), 0, 0, expected});
  }
  void count(const std::string& shown, const Reading& reading);
  template <class Shown>
  Reading read(const std::string& path, const Shown& shown);

  Engine& engine_;
  QualityCard card_;
};

void QualityRun::count(const std::string& shown, const Reading& reading) {
  for (WarningRate& rate : card_.rates) {
    if (rate.shown != shown) continue;
    ++rate.pictures;
    rate.warned += std::ranges::any_of(
        reading.warnings, [&](Warning warning) { return warning_name(warning) == rate.warning; });
  }
}

template <class Shown>
Reading QualityRun::read(const std::string& path, const Shown& shown) {
  Result<Reading> reading = engine_.read(shown);
  if (!reading) throw Fault(printable(path) + ": " + error_message(reading.error()));
  return std::move(*reading);
}

void QualityRun::show(const std::string& path) {
  const FileBytes file = read_file(path, engine_.limits().max_bytes);
  if (!file.code.empty()) throw Fault(printable(path) + ": " + file.message);
  const std::span<const std::byte> bytes(file.bytes);
  const Result<Picture> picture = decode(bytes, engine_.limits());
  if (!picture) throw Fault(printable(path) + ": " + error_message(picture.error()));
  const Reading sound = read(path, *picture);
  ++card_.pictures;
  count(kAsItIs, sound);
  card_.quiet += std::ranges::none_of(kNoticed, [&](Warning w) { return has(sound, w); });
  const std::vector<std::byte> tagged = with_adobe_rgb(bytes);
  if (!tagged.empty()) count(kProfile, read(path, std::span<const std::byte>(tagged)));
  if (sound.cells.empty()) {
    ++card_.without_cell;
    return;
  }
  const Box& cell = sound.cells.front().box;
  for (const Spoil& spoil : spoils()) {
    // A stain can't be far from what isn't known.
    if (spoil.expected == Warning::kUnfamiliarStain && !sound.quality->stain_distance) continue;
    const Picture spoilt = spoil.apply(*picture, std::max(cell.width, cell.height));
    count(spoil.name, read(path, spoilt));
  }
}

}  // namespace

std::optional<QualityCard> read_quality_set(const ProtocolSet& set, const Protocol& protocol,
                                            const ProtocolRun& run) {
  const std::string net = set.net == "shipped" ? run.model : run.nets + '/' + set.net + ".tflite";
  std::vector<Engine> engines = create_engines({net, protocol.finder}, 1);
  const std::vector<std::string> paths = pictures_of(set, run.data);
  QualityRun quality(set, engines[0]);
  Progress progress(paths.size(), !run.quiet);
  for (const std::string& path : paths) {
    if (interrupted()) return std::nullopt;
    quality.show(path);
    progress.step();
  }
  return quality.finished();
}

}  // namespace leukolens::tool
