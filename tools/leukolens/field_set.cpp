#include "tools/leukolens/field_set.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <utility>

#include "core/count/detection.h"
#include "tools/boxes/boxes.h"
#include "tools/leukolens/csv_table.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/interrupt.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/progress.h"
#include "tools/leukolens/read_picture.h"
#include "tools/leukolens/samples.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr std::size_t kKinds = 3;
constexpr const char* kKindNames[kKinds] = {"white_cell", "red_cell", "platelet"};
constexpr float kLowestScore = 0.03f;  // of what counts for average precision

// One field: what is given and what was found, numbered within the set.
struct FieldSample {
  std::string path, box_file;
  std::size_t group = 0;
  std::vector<GivenBox> given[kKinds];
  std::vector<FoundBox> found[kKinds];
  double multiply_adds = 0;
};

std::vector<FieldSample> select(const ProtocolSet& set, const std::string& data) {
  const CsvTable table(read_text(data + '/' + set.index), set.index);
  const std::size_t file = table.column("file"), group = table.column(set.group_column);
  std::set<std::string> barred;  // groups that rows of another part belong to
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const bool is_barred =
        !set.not_grouped_with.empty() && matches(table, row, set.not_grouped_with);
    if (is_barred) barred.insert(table.at(row, group));
  }
  std::map<std::string, std::size_t> groups;
  std::vector<FieldSample> samples;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!is_of(set, table, row)) continue;
    if (barred.contains(table.at(row, group))) continue;
    FieldSample sample;
    sample.path = data + '/' + set.path_prefix + table.at(row, file);
    std::filesystem::path boxes = data + '/' + set.path_prefix + table.at(row, file);
    boxes = boxes.parent_path().parent_path();
    if (set.boxes == "yolo") {
      boxes = boxes.parent_path() / "labels" / table.at(row, table.column("split"));
    } else {
      boxes /= "voc";
    }
    boxes /= std::filesystem::path(table.at(row, file)).stem();
    sample.box_file = boxes.string() + (set.boxes == "yolo" ? ".txt" : ".xml");
    const std::string& name = table.at(row, group).empty() ? sample.path : table.at(row, group);
    sample.group = groups.try_emplace(name, groups.size()).first->second;
    samples.push_back(std::move(sample));
  }
  if (samples.empty()) throw Fault("\"" + set.title + "\" has no picture");
  return samples;
}

void take_given(FieldSample& sample, std::size_t number, const Picture& picture,
                const std::string& format) try {
  if (format == "yolo") {
    for (const boxes::RelativeBox& box : boxes::read_yolo(sample.box_file)) {
      sample.given[static_cast<std::size_t>(box.kind)].push_back(
          {number, box.x * picture.width, box.y * picture.height, box.width * picture.width,
           box.height * picture.height});
    }
    return;
  }
  static const std::map<std::string, std::size_t> kinds = {
      {"WBC", 0}, {"RBC", 1}, {"Platelets", 2}, {"Platlets", 2}};
  for (const boxes::NamedBox& named : boxes::read_voc(sample.box_file)) {
    const auto kind = kinds.find(named.name);
    if (kind == kinds.end()) continue;  // a slip of the labeller says nothing
    const Box& box = named.box;
    sample.given[kind->second].push_back(
        {number, double(box.x), double(box.y), double(box.width), double(box.height)});
  }
} catch (const std::exception& fault) {
  throw Fault(fault.what());
}

// Boxes in pixels of the picture as it is, whatever size it is shown at.
void find_in(FieldSample& sample, std::size_t number, const Picture& picture, double size,
             Finder& finder) {
  const float all[kKinds] = {kLowestScore, kLowestScore, kLowestScore};
  const int width = static_cast<int>(std::lround(picture.width * size));
  const int height = static_cast<int>(std::lround(picture.height * size));
  const bool as_is = size == 1;
  const Region whole{0, 0, double(picture.width), double(picture.height)};
  const Result<Field> field =
      finder.find(as_is ? picture : cut(picture, whole, width, height), all);
  if (!field) throw Fault(printable(sample.path) + ": " + error_message(field.error()));
  sample.multiply_adds = static_cast<double>(field->multiply_adds);
  for (auto& found : sample.found) found.clear();
  for (const Sighting& sighting : field->sightings) {
    const Box& box = sighting.box;
    sample.found[static_cast<std::size_t>(sighting.kind)].push_back(
        {{number, box.x / size, box.y / size, box.width / size, box.height / size},
         double(sighting.score)});
  }
}

// Matches of one picture stay the same whichever pictures are drawn with it.
struct Matched {
  std::vector<Match> matches[kKinds];
  std::size_t given[kKinds] = {};
  bool counted_right = false;
};

Matched matched(const FieldSample& sample, const std::vector<float>& thresholds) {
  Matched result;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    result.matches[kind] = match(sample.found[kind], sample.given[kind]);
    result.given[kind] = sample.given[kind].size();
  }
  const auto found = std::ranges::count_if(
      sample.found[0], [&](const FoundBox& box) { return box.score >= double(thresholds[0]); });
  result.counted_right = static_cast<std::size_t>(found) == result.given[0];
  return result;
}

struct Measures {
  double ap[kKinds], f1[kKinds], precision[kKinds], recall[kKinds], mean_ap = 0, counted_right = 0;
};

Measures measure(const std::vector<Matched>& fields, std::span<const std::size_t> picked,
                 const std::vector<float>& thresholds) {
  Measures all{};
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    std::vector<Match> matches;
    std::size_t given = 0;
    for (const std::size_t i : picked) {
      const auto& own = fields[i].matches[kind];
      matches.insert(matches.end(), own.begin(), own.end());
      given += fields[i].given[kind];
    }
    std::ranges::stable_sort(matches, std::ranges::greater{}, &Match::score);
    const Operating at = at_threshold(matches, given, double(thresholds[kind]));
    all.ap[kind] = average_precision(matches, given);
    all.f1[kind] = at.f1, all.precision[kind] = at.precision, all.recall[kind] = at.recall;
    all.mean_ap += all.ap[kind] / kKinds;
  }
  for (const std::size_t i : picked) all.counted_right += fields[i].counted_right ? 1 : 0;
  all.counted_right /= double(picked.size());
  return all;
}

// Draws whole groups; `value` picks one of the measures.
class Intervals {
 public:
  Intervals(const std::vector<FieldSample>& samples, const std::vector<Matched>& fields,
            const std::vector<float>& thresholds, const BootstrapPlan& plan)
      : fields_(fields), thresholds_(thresholds), plan_(plan) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
      groups_.resize(std::max(groups_.size(), samples[i].group + 1));
      groups_[samples[i].group].push_back(i);
    }
  }
  template <class Value>
  Estimate of(Value value) const {
    const auto statistic = [&](std::span<const std::size_t> drawn) {
      std::vector<std::size_t> picked;
      for (const std::size_t group : drawn) {
        picked.insert(picked.end(), groups_[group].begin(), groups_[group].end());
      }
      return value(measure(fields_, picked, thresholds_));
    };
    std::vector<std::size_t> all(groups_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return {statistic(all), bootstrap(groups_.size(), statistic, plan_)};
  }

 private:
  const std::vector<Matched>& fields_;
  const std::vector<float>& thresholds_;
  BootstrapPlan plan_;
  std::vector<std::vector<std::size_t>> groups_;
};

std::vector<Matched> matched(const std::vector<FieldSample>& samples,
                             const std::vector<float>& thresholds) {
  std::vector<Matched> all;
  for (const FieldSample& sample : samples) all.push_back(matched(sample, thresholds));
  return all;
}

FieldCard card_of(const ProtocolSet& set, const std::vector<FieldSample>& samples,
                  const std::vector<float>& thresholds, const BootstrapPlan& plan) {
  const std::vector<Matched> fields = matched(samples, thresholds);
  const Intervals intervals(samples, fields, thresholds, plan);
  FieldCard card{set.name, set.title, set.about, samples.size(), {}, {}, {}, {}};
  for (const FieldSample& sample : samples) {
    card.multiply_adds += sample.multiply_adds / static_cast<double>(samples.size());
    card.most_multiply_adds = std::max(card.most_multiply_adds, sample.multiply_adds);
  }
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    KindFigures figures;
    figures.kind = kKindNames[kind];
    for (const Matched& field : fields) figures.given += field.given[kind];
    figures.average_precision = intervals.of([&](const Measures& m) { return m.ap[kind]; });
    figures.f1 = intervals.of([&](const Measures& m) { return m.f1[kind]; });
    std::vector<std::size_t> all(fields.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const Measures whole = measure(fields, all, thresholds);
    figures.precision = whole.precision[kind];
    figures.recall = whole.recall[kind];
    card.kinds.push_back(std::move(figures));
  }
  card.mean_average_precision = intervals.of([](const Measures& m) { return m.mean_ap; });
  card.counted_right = intervals.of([](const Measures& m) { return m.counted_right; });
  return card;
}

double white_f1(const std::vector<FieldSample>& samples, const std::vector<float>& thresholds) {
  std::vector<std::size_t> all(samples.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return measure(matched(samples, thresholds), all, thresholds).f1[0];
}

}  // namespace

std::optional<FieldCard> read_field_set(const ProtocolSet& set, const Protocol& protocol,
                                        const ProtocolRun& run) {
  const Model model = load_finder(protocol.finder);
  Result<Finder> finder = Finder::create(model);
  if (!finder) throw Fault("the finder: " + error_message(finder.error()));
  std::vector<float> thresholds = model.card().label_thresholds;
  std::vector<FieldSample> samples = select(set, run.data);
  std::vector<double> sizes = set.sizes;
  sizes.push_back(1);  // last, so that what was found stays
  std::vector<SizeFigures> at_size;
  Progress progress(samples.size() * sizes.size(), !run.quiet);
  for (const double size : sizes) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
      if (interrupted()) return std::nullopt;
      const Picture picture = read_picture(samples[i].path);
      if (size == sizes.front()) take_given(samples[i], i, picture, set.boxes);
      find_in(samples[i], i, picture, size, *finder);
      progress.step();
    }
    at_size.push_back({size, white_f1(samples, thresholds)});
  }
  FieldCard card = card_of(set, samples, thresholds, {protocol.resamples, protocol.seed, 0.95});
  if (at_size.size() > 1) card.sizes = at_size;
  return card;
}

}  // namespace leukolens::tool
