#include "tools/leukolens/figures.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kCoverages[] = {1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5};

Estimate exact(const Proportion& proportion) {
  if (proportion.n == 0) return {kNan, {kNan, kNan}};
  return {proportion.share(), clopper_pearson(proportion.hits, proportion.n)};
}

// What one group adds to every measure; sums of these replace the outcomes while drawing.
struct Sums {
  explicit Sums(std::size_t classes) : right(classes), truth(classes), answered(classes) {}
  std::vector<double> right, truth, answered;  // per class

  void add(const Outcome& outcome) {
    ++truth[outcome.truth];
    if (outcome.answer == kNoAnswer) return;
    ++answered[outcome.answer];
    if (outcome.answer == outcome.truth) ++right[outcome.truth];
  }
};

using Drawn = std::span<const std::size_t>;

double ratio(double part, double whole) { return whole == 0 ? kNan : part / whole; }

double drawn_ratio(const std::vector<Sums>& sums, Drawn drawn, std::size_t index,
                   const std::vector<double> Sums::* whole) {
  double right = 0, all = 0;
  for (const std::size_t group : drawn) {
    right += sums[group].right[index];
    all += (sums[group].*whole)[index];
  }
  return ratio(right, all);
}

double drawn_accuracy(const std::vector<Sums>& sums, Drawn drawn) {
  double right = 0, all = 0;
  for (const std::size_t group : drawn) {
    for (const double one : sums[group].right) right += one;
    for (const double one : sums[group].truth) all += one;
  }
  return ratio(right, all);
}

double drawn_mean_recall(const std::vector<Sums>& sums, Drawn drawn, std::size_t classes) {
  double sum = 0, occurring = 0;
  for (std::size_t i = 0; i < classes; ++i) {
    const double recall = drawn_ratio(sums, drawn, i, &Sums::truth);
    if (recall != recall) continue;  // not drawn
    sum += recall;
    ++occurring;
  }
  return ratio(sum, occurring);
}

Figures points(std::span<const Outcome> outcomes, std::size_t classes) {
  Figures figures;
  figures.pictures = outcomes.size();
  figures.confusion = Confusion(outcomes, classes);
  figures.accuracy = exact(figures.confusion.accuracy());
  figures.mean_recall = {figures.confusion.mean_recall(), {kNan, kNan}};
  for (std::size_t i = 0; i < classes; ++i) {
    figures.recall.push_back(exact(figures.confusion.recall(i)));
    figures.precision.push_back(exact(figures.confusion.precision(i)));
  }
  figures.calibration_error = expected_calibration_error(outcomes);
  figures.reliability = reliability(outcomes);
  figures.coverage = accuracy_against_coverage(outcomes, kCoverages);
  return figures;
}

void write_number(JsonWriter& json, std::string_view key, double value) {
  json.key(key).number(value);  // null where it is not a number
}

void write_reliability(JsonWriter& json, std::span<const ReliabilityBin> bins) {
  json.key("reliability").begin_array();
  for (const ReliabilityBin& bin : bins) {
    if (bin.answers == 0) continue;
    json.begin_object();
    write_number(json, "from", bin.from);
    write_number(json, "to", bin.to);
    json.key("answers").integer(static_cast<std::int64_t>(bin.answers));
    write_number(json, "confidence", bin.confidence);
    write_number(json, "accuracy", bin.accuracy);
    json.end_object();
  }
  json.end_array();
}

void write_coverage(JsonWriter& json, std::span<const CoveragePoint> points) {
  json.key("coverage").begin_array();
  for (const CoveragePoint& point : points) {
    json.begin_object();
    write_number(json, "coverage", point.coverage);
    write_number(json, "accuracy", point.accuracy);
    write_number(json, "confidence", point.confidence);
    json.end_object();
  }
  json.end_array();
}

std::string matrix_text(const Confusion& confusion, std::span<const std::string> labels,
                        std::size_t name_width) {
  const bool gaps = confusion.unanswered() > 0;
  std::string text = padded("true \\ answer", name_width);
  for (const std::string& label : labels) text += "  " + padded_left(label, 10);
  if (gaps) text += "  " + padded_left("no cell", 10);
  text += '\n';
  for (std::size_t i = 0; i < labels.size(); ++i) {
    text += padded(labels[i], name_width);
    for (std::size_t j = 0; j < labels.size(); ++j) {
      const std::size_t width = std::max<std::size_t>(10, columns(labels[j]));
      text += "  " + padded_left(std::to_string(confusion.at(i, j)), width);
    }
    if (gaps) text += "  " + padded_left(std::to_string(confusion.at(i, kNoAnswer)), 10);
    text += '\n';
  }
  return text;
}

}  // namespace

Figures exact_figures(std::span<const Outcome> outcomes, std::size_t classes) {
  return points(outcomes, classes);
}

Figures grouped_figures(std::span<const Outcome> outcomes, std::span<const std::size_t> group_of,
                        std::size_t classes, const BootstrapPlan& plan) {
  Figures figures = points(outcomes, classes);
  for (const std::size_t group : group_of) figures.groups = std::max(figures.groups, group + 1);
  std::vector<Sums> sums(figures.groups, Sums(classes));
  for (std::size_t i = 0; i < outcomes.size(); ++i) sums[group_of[i]].add(outcomes[i]);
  const auto draw = [&](auto&& statistic) { return bootstrap(sums.size(), statistic, plan); };
  figures.accuracy.interval = draw([&](Drawn drawn) { return drawn_accuracy(sums, drawn); });
  figures.mean_recall.interval =
      draw([&](Drawn drawn) { return drawn_mean_recall(sums, drawn, classes); });
  for (std::size_t i = 0; i < classes; ++i) {
    figures.recall[i].interval =
        draw([&](Drawn drawn) { return drawn_ratio(sums, drawn, i, &Sums::truth); });
    figures.precision[i].interval =
        draw([&](Drawn drawn) { return drawn_ratio(sums, drawn, i, &Sums::answered); });
  }
  return figures;
}

void write_estimate(JsonWriter& json, std::string_view key, const Estimate& estimate) {
  json.key(key).begin_object();
  write_number(json, "share", estimate.share);
  write_number(json, "lower", estimate.interval.lower);
  write_number(json, "upper", estimate.interval.upper);
  json.end_object();
}

void write_figures(JsonWriter& json, const Figures& figures, std::span<const std::string> labels) {
  json.key("pictures").integer(static_cast<std::int64_t>(figures.pictures));
  if (figures.groups > 0) json.key("groups").integer(static_cast<std::int64_t>(figures.groups));
  json.key("no_cell_found").integer(static_cast<std::int64_t>(figures.confusion.unanswered()));
  write_estimate(json, "accuracy", figures.accuracy);
  write_estimate(json, "mean_recall", figures.mean_recall);
  json.key("classes").begin_object();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    json.key(labels[i]).begin_object();
    json.key("pictures").integer(static_cast<std::int64_t>(figures.confusion.recall(i).n));
    write_estimate(json, "recall", figures.recall[i]);
    write_estimate(json, "precision", figures.precision[i]);
    json.end_object();
  }
  json.end_object();
  json.key("confusion").begin_object();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    json.key(labels[i]).begin_object();
    for (std::size_t j = 0; j < labels.size(); ++j) {
      json.key(labels[j]).integer(static_cast<std::int64_t>(figures.confusion.at(i, j)));
    }
    json.key("no_cell_found");
    json.integer(static_cast<std::int64_t>(figures.confusion.at(i, kNoAnswer))).end_object();
  }
  json.end_object();
  json.key("expected_calibration_error").number(figures.calibration_error);
  write_reliability(json, figures.reliability);
  write_coverage(json, figures.coverage);
}

std::string figures_text(const Figures& figures, std::span<const std::string> labels) {
  std::size_t name_width = columns("true \\ answer");
  for (const std::string& label : labels) name_width = std::max(name_width, columns(label));
  std::string text = padded("class", name_width) + "  " + padded_left("pictures", 8) + "  " +
                     padded("recall", 22) + "  precision\n";
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Estimate &recall = figures.recall[i], &precision = figures.precision[i];
    text += padded(labels[i], name_width) + "  " +
            padded_left(std::to_string(figures.confusion.recall(i).n), 8) + "  " +
            padded(percent(recall.share, recall.interval), 22) + "  " +
            percent(precision.share, precision.interval) + '\n';
  }
  return text + '\n' + matrix_text(figures.confusion, labels, name_width);
}

}  // namespace leukolens::tool
