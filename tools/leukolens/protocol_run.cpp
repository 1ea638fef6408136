// Runs a protocol: pictures through the nets, then the figures of each set and its parts.
#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "tools/leukolens/ablation.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/field_set.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/model_file.h"
#include "tools/leukolens/protocol.h"
#include "tools/leukolens/quality_set.h"
#include "tools/leukolens/samples.h"

namespace leukolens::tool {
namespace {

// A set that has been read: its samples and what the float and the int8 nets say of them.
struct ReadSet {
  const ProtocolSet* set;
  CsvTable table;
  std::vector<Sample> samples;
  std::vector<Prediction> answers, int8_answers;  // the latter may be empty
  // Of the white cells that a set of an unseen kind is compared with, by that set's net.
  std::vector<Prediction> white_answers;
};

using Picked = std::vector<std::size_t>;  // indices of samples

CsvTable read_index(const std::string& data, const std::string& index) {
  return CsvTable(read_text(data + '/' + index), index);
}

std::vector<std::string> folds_of(const std::vector<Sample>& samples) {
  std::set<std::string> folds;
  for (const Sample& sample : samples) folds.insert(sample.fold);
  return {folds.begin(), folds.end()};
}

NetOfFold nets_of(const ReadSet& read, const ProtocolRun& run, const std::string& ending) {
  NetOfFold nets;
  for (const std::string& fold : folds_of(read.samples)) {
    nets[fold] = run.nets + "/" + fold + ending + ".tflite";
  }
  return nets;
}

bool all_exist(const NetOfFold& nets) {
  std::error_code error;
  return std::ranges::all_of(
      nets, [&](const auto& net) { return std::filesystem::exists(net.second, error); });
}

// The units (or, where a picture has none, pictures) in a fixed order: index of each sample's.
std::vector<std::size_t> numbered(const ReadSet& read, const Picked& picked,
                                  std::string Sample::* member) {
  std::map<std::string, std::size_t> number_of;
  std::vector<std::size_t> numbers;
  for (const std::size_t i : picked) {
    const Sample& sample = read.samples[i];
    const std::string& name = sample.*member;
    // A path can't be taken for a name: it holds a slash.
    const std::string key = name.empty() ? sample.path : name;
    numbers.push_back(number_of.try_emplace(key, number_of.size()).first->second);
  }
  return numbers;
}

BootstrapPlan plan_of(const Protocol& protocol) {
  return {protocol.resamples, protocol.seed, 0.95};
}

Figures picture_figures(const ReadSet& read, const Picked& picked,
                        const std::vector<Prediction>& answers, std::size_t classes,
                        const BootstrapPlan& plan) {
  std::vector<Outcome> outcomes;
  for (const std::size_t i : picked) {
    outcomes.push_back(outcome_of(read.samples[i].truth, answers[i]));
  }
  return grouped_figures(outcomes, numbered(read, picked, &Sample::group), classes, plan);
}

// Each unit once, by the mean probabilities over its pictures in which a cell was found.
std::vector<UnitRow> unit_rows(const ReadSet& read, const Picked& picked,
                               const std::vector<Prediction>& answers, std::size_t classes) {
  std::map<std::string, Picked> pictures_of;
  for (const std::size_t i : picked) {
    if (!read.samples[i].unit.empty()) pictures_of[read.samples[i].unit].push_back(i);
  }
  std::vector<UnitRow> rows;
  for (const auto& [unit, pictures] : pictures_of) {
    UnitRow row;
    row.unit = unit;
    row.truth = read.samples[pictures[0]].truth;
    row.pictures = pictures.size();
    std::vector<double> sum(classes);
    std::size_t answered = 0;
    for (const std::size_t i : pictures) {
      if (outcome_of(row.truth, answers[i]).answer == row.truth) ++row.right;
      if (!answers[i].found()) continue;
      ++answered;
      for (std::size_t c = 0; c < classes; ++c)
        sum[c] += static_cast<double>(answers[i].probabilities[c]);
    }
    if (answered > 0) {
      const auto highest = std::ranges::max_element(sum);
      row.answer = static_cast<std::size_t>(highest - sum.begin());
      row.answer_probability = *highest / static_cast<double>(answered);
      row.truth_probability = sum[row.truth] / static_cast<double>(answered);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// Units that share a group are drawn together here, too.
Figures unit_figures(const ReadSet& read, const std::vector<UnitRow>& rows, std::size_t classes,
                     const BootstrapPlan& plan) {
  std::map<std::string, std::string> group_of;
  for (const Sample& sample : read.samples) group_of.try_emplace(sample.unit, sample.group);
  std::map<std::string, std::size_t> number_of;
  std::vector<Outcome> outcomes;
  std::vector<std::size_t> groups;
  for (const UnitRow& row : rows) {
    outcomes.push_back({row.truth, row.answer, row.answer_probability});
    groups.push_back(number_of.try_emplace(group_of[row.unit], number_of.size()).first->second);
  }
  return grouped_figures(outcomes, groups, classes, plan);
}

std::optional<Figures> figures_per_unit(const ReadSet& read, const Picked& picked,
                                        const std::vector<Prediction>& answers, std::size_t classes,
                                        const BootstrapPlan& plan) {
  const std::vector<UnitRow> rows = unit_rows(read, picked, answers, classes);
  if (rows.empty() || rows.size() == picked.size()) return std::nullopt;
  return unit_figures(read, rows, classes, plan);
}

std::vector<UnitRow> contradicted_rows(const ReadSet& read, double above, std::size_t classes) {
  Picked all(read.samples.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<UnitRow> rows = unit_rows(read, all, read.answers, classes);
  std::erase_if(rows, [&](const UnitRow& row) {
    return row.answer == row.truth || row.answer == kNoAnswer || row.answer_probability <= above;
  });
  return rows;
}

// Everything the sets were read with, and what their figures need of each other.
class ProtocolRunner {
 public:
  ProtocolRunner(const Protocol& protocol, const ProtocolRun& run)
      : protocol_(protocol), run_(run) {}

  CardData run();

 private:
  void describe_model();
  bool read_set(const ProtocolSet& set);
  bool read_white(ReadSet& read, const NetOfFold& nets) const;
  const ReadSet& white_of(const ProtocolSet& set) const;
  bool read_fields(const ProtocolSet& set);
  bool read_quality(const ProtocolSet& set);
  std::vector<std::string> left_out_units(const ReadSet& read, const ProtocolSubset& subset) const;
  SetCard set_card(const ReadSet& read) const;
  RefusalCard refusal_of(const ReadSet& read) const;
  DeletionCard deletion_of(const ReadSet& read) const;
  std::optional<View> view(const ReadSet& read, const ProtocolSubset& subset) const;
  View view_of(const ReadSet& read, const Picked& picked) const;
  Int8View int8_view(const ReadSet& read, const Picked& all) const;
  std::size_t classes() const { return card_.model.labels.size(); }

  const Protocol& protocol_;
  const ProtocolRun& run_;
  CardData card_;
  std::vector<ReadSet> read_;
};

void ProtocolRunner::describe_model() {
  // A protocol of fields alone is about the finder.
  const bool cells =
      std::ranges::any_of(protocol_.sets, [](const ProtocolSet& set) { return set.boxes.empty(); });
  const auto load = cells ? load_model : load_finder;
  const Model model = load(cells ? run_.model : protocol_.finder);
  if (!model.has_card()) throw Fault("the net has no card");
  card_.model = identity_of(model);
  card_.card = model.card();
  card_.parameters = model.parameters();
  card_.multiply_adds = model.multiply_adds();
  if (!protocol_.int8_model.empty()) {
    const Model int8 = load(protocol_.int8_model);
    if (!int8.has_card()) throw Fault("the int8 net has no card");
    card_.int8_model = identity_of(int8);
    card_.int8_bytes = std::filesystem::file_size(protocol_.int8_model);
  }
}

// False if Ctrl-C was pressed.
bool ProtocolRunner::read_set(const ProtocolSet& set) {
  const bool folds = set.net != "shipped";
  if (folds && run_.nets.empty()) {
    card_.left_out.push_back(set.title + " was not run: no folder with fold nets was given.");
    return true;
  }
  ReadSet read{&set, read_index(run_.data, set.index), {}, {}, {}, {}};
  read.samples = select_samples(set, read.table, run_.data, card_.model.labels);
  const NetOfFold nets = folds ? nets_of(read, run_, "") : NetOfFold{{"", run_.model}};
  const NetOfFold int8 =
      folds ? nets_of(read, run_, "_int8") : NetOfFold{{"", protocol_.int8_model}};
  read.answers =
      predict(read.samples, nets, card_.model.labels, protocol_.finder, run_.jobs, run_.quiet);
  if (read.answers.empty()) return false;
  if (folds ? all_exist(int8) : !protocol_.int8_model.empty()) {
    read.int8_answers =
        predict(read.samples, int8, card_.model.labels, protocol_.finder, run_.jobs, run_.quiet);
    if (read.int8_answers.empty()) return false;
  }
  if (set.unseen && !read_white(read, nets)) return false;
  read_.push_back(std::move(read));
  return true;
}

const ReadSet& ProtocolRunner::white_of(const ProtocolSet& set) const {
  const auto white = std::ranges::find_if(
      read_, [&](const ReadSet& other) { return other.set->name == set.white_set; });
  if (white != read_.end()) return *white;
  throw Fault("\"" + set.name + "\" is compared with the set \"" + set.white_set +
              "\", which isn't run before it");
}

// False if Ctrl-C was pressed.
bool ProtocolRunner::read_white(ReadSet& read, const NetOfFold& nets) const {
  if (nets.size() != 1) throw Fault("\"" + read.set->name + "\" is unseen by more than one net");
  std::vector<Sample> samples = white_of(*read.set).samples;
  for (Sample& sample : samples) sample.fold = nets.begin()->first;
  read.white_answers =
      predict(samples, nets, card_.model.labels, protocol_.finder, run_.jobs, run_.quiet);
  return !read.white_answers.empty();
}

// Likewise.
bool ProtocolRunner::read_fields(const ProtocolSet& set) {
  auto card = read_field_set(set, protocol_, run_);
  if (card) card_.fields.push_back(std::move(*card));
  return card.has_value();
}

// Likewise.
bool ProtocolRunner::read_quality(const ProtocolSet& set) {
  if (set.net != "shipped" && run_.nets.empty()) {
    card_.left_out.push_back(set.title + " was not run: no folder with fold nets was given.");
    return true;
  }
  auto card = read_quality_set(set, protocol_, run_);
  if (card) card_.qualities.push_back(std::move(*card));
  return card.has_value();
}

std::vector<std::string> ProtocolRunner::left_out_units(const ReadSet& read,
                                                        const ProtocolSubset& subset) const {
  std::vector<std::string> units;
  if (!subset.listed_index.empty()) {
    const CsvTable listed = read_index(run_.data, subset.listed_index);
    const std::size_t column = listed.column(subset.listed_column);
    for (std::size_t row = 0; row < listed.rows(); ++row) {
      if (matches(listed, row, subset.listed_where)) {
        units.push_back(unit_name(listed.at(row, column)));
      }
    }
  }
  if (!subset.where_not.empty()) {
    for (const Sample& sample : read.samples) {
      if (matches(read.table, sample.row, subset.where_not)) units.push_back(sample.unit);
    }
  }
  if (!subset.contradicted_by.empty()) {
    for (const ReadSet& other : read_) {
      if (other.set->name != subset.contradicted_by) continue;
      for (const UnitRow& row : contradicted_rows(other, subset.contradicted_above, classes())) {
        units.push_back(row.unit);
      }
    }
  }
  return units;
}

View ProtocolRunner::view_of(const ReadSet& read, const Picked& picked) const {
  View view;
  const BootstrapPlan plan = plan_of(protocol_);
  view.per_picture = picture_figures(read, picked, read.answers, classes(), plan);
  view.per_unit = figures_per_unit(read, picked, read.answers, classes(), plan);
  return view;
}

std::optional<View> ProtocolRunner::view(const ReadSet& read, const ProtocolSubset& subset) const {
  const auto is_there = [&](const ReadSet& other) {
    return other.set->name == subset.contradicted_by;
  };
  if (!subset.contradicted_by.empty() && std::ranges::none_of(read_, is_there)) {
    return std::nullopt;
  }
  const std::vector<std::string> out = left_out_units(read, subset);
  Picked kept;
  std::set<std::string> met;
  for (std::size_t i = 0; i < read.samples.size(); ++i) {
    const std::string& unit = read.samples[i].unit;
    const bool by_unit = !unit.empty() && std::ranges::find(out, unit) != out.end();
    const bool by_row =
        !subset.where_not.empty() && matches(read.table, read.samples[i].row, subset.where_not);
    if (by_unit || by_row) {
      met.insert(unit);
    } else {
      kept.push_back(i);
    }
  }
  if (kept.empty()) throw Fault("\"" + subset.title + "\" leaves no picture");
  View view = view_of(read, kept);
  view.name = subset.name;
  view.title = subset.title;
  view.units_left_out = met.size();
  return view;
}

Int8View ProtocolRunner::int8_view(const ReadSet& read, const Picked& all) const {
  Int8View view;
  const BootstrapPlan plan = plan_of(protocol_);
  view.per_picture = picture_figures(read, all, read.int8_answers, classes(), plan);
  view.per_unit = figures_per_unit(read, all, read.int8_answers, classes(), plan);
  const std::vector<std::size_t> group_of = numbered(read, all, &Sample::group);
  std::vector<double> gain(1 + *std::ranges::max_element(group_of)), size(gain.size());
  for (const std::size_t i : all) {
    const std::size_t truth = read.samples[i].truth;
    const std::size_t exact = outcome_of(truth, read.answers[i]).answer;
    const std::size_t rounded = outcome_of(truth, read.int8_answers[i]).answer;
    if (exact == rounded) ++view.same_answer;
    gain[group_of[i]] += (rounded == truth ? 1.0 : 0.0) - (exact == truth ? 1.0 : 0.0);
    ++size[group_of[i]];
  }
  const auto difference = [&](std::span<const std::size_t> drawn) {
    double sum = 0, pictures = 0;
    for (const std::size_t group : drawn) {
      sum += gain[group];
      pictures += size[group];
    }
    return sum / pictures;
  };
  Picked groups(gain.size());
  std::iota(groups.begin(), groups.end(), std::size_t{0});
  view.difference = {difference(groups), bootstrap(gain.size(), difference, plan)};
  return view;
}

SetCard ProtocolRunner::set_card(const ReadSet& read) const {
  constexpr std::size_t kWorst = 10;
  Picked all(read.samples.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  SetCard card;
  card.name = read.set->name;
  card.title = read.set->title;
  card.about = read.set->about;
  card.units_unknown = static_cast<std::size_t>(
      std::ranges::count_if(read.samples, [](const Sample& s) { return s.unit.empty(); }));
  View whole = view_of(read, all);
  whole.name = "all";
  whole.title = "all";
  card.views.push_back(std::move(whole));
  for (const ProtocolSubset& subset : read.set->subsets) {
    if (auto part = view(read, subset)) card.views.push_back(std::move(*part));
    if (subset.contradicted_by == read.set->name) {
      card.contradicted = contradicted_rows(read, subset.contradicted_above, classes());
    }
  }
  if (!read.int8_answers.empty()) card.int8 = int8_view(read, all);
  card.worst = unit_rows(read, all, read.answers, classes());
  std::erase_if(card.worst, [](const UnitRow& row) { return row.right == row.pictures; });
  std::ranges::stable_sort(card.worst, {}, &UnitRow::truth_probability);
  if (card.worst.size() > kWorst) card.worst.resize(kWorst);
  return card;
}

RefusalCard ProtocolRunner::refusal_of(const ReadSet& read) const {
  const ReadSet& white = white_of(*read.set);
  const bool unseen = read.set->unseen;
  const std::vector<float> thresholds =
      unseen ? load_model(run_.nets + '/' + read.samples[0].fold + ".tflite").card().side_thresholds
             : card_.card.side_thresholds;
  std::vector<std::string> kinds;
  for (const Sample& sample : read.samples) kinds.push_back(sample.kind);
  RefusalCard card = refusal_card(unseen ? read.white_answers : white.answers, read.answers, kinds,
                                  thresholds, plan_of(protocol_));
  card.name = read.set->name;
  card.title = read.set->title;
  card.about = read.set->about;
  card.white_title = white.set->title;
  card.unseen = unseen;
  return card;
}

DeletionCard ProtocolRunner::deletion_of(const ReadSet& read) const {
  DeletionCard card = deletion_card(read.samples, {run_.model, protocol_.finder});
  card.name = read.set->name;
  card.title = read.set->title;
  return card;
}

CardData ProtocolRunner::run() {
  if (!protocol_.ablation.empty()) card_.ablation = ablation_markdown(protocol_.ablation);
  describe_model();
  card_.title = protocol_.title;
  card_.resamples = protocol_.resamples;
  card_.seed = protocol_.seed;
  card_.data = protocol_.data;
  card_.limits = protocol_.limits;
  for (const ProtocolSet& set : protocol_.sets) {
    card_.finished = set.quality         ? read_quality(set)
                     : set.boxes.empty() ? read_set(set)
                                         : read_fields(set);
    if (!card_.finished) return std::move(card_);
  }
  for (const ReadSet& read : read_) {
    if (read.set->white_set.empty()) {
      card_.sets.push_back(set_card(read));
    } else {
      card_.refusals.push_back(refusal_of(read));
    }
  }
  for (const ReadSet& read : read_) {
    if (read.set->deletion) card_.deletions.push_back(deletion_of(read));
  }
  card_.gates = judge(protocol_.gates, card_);
  return std::move(card_);
}

}  // namespace

CardData run_protocol(const Protocol& protocol, const ProtocolRun& run) {
  return ProtocolRunner(protocol, run).run();
}

}  // namespace leukolens::tool
