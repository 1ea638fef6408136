#include "tools/trainer/field_figures.h"

#include <cstdio>
#include <span>
#include <stdexcept>

#include "core/count/detection.h"
#include "core/leukolens.h"

namespace leukolens::trainer {
namespace {

constexpr float kLowestScore = 0.03f;  // of what is counted for average precision

Finder finder_of(const std::vector<std::byte>& file) {
  auto model = Model::parse(file);
  if (!model) throw std::runtime_error(error_message(model.error()));
  auto finder = Finder::create(*model);
  if (!finder) throw std::runtime_error(error_message(finder.error()));
  return std::move(*finder);
}

struct Collected {
  std::vector<FoundBox> found[3];
  std::vector<GivenBox> given[3];
};

Collected collect(const std::vector<std::byte>& model, const std::vector<FieldPicture>& fields) {
  Finder finder = finder_of(model);
  const float all[3] = {kLowestScore, kLowestScore, kLowestScore};
  Collected boxes;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    for (const FieldBox& box : fields[i].boxes) {
      boxes.given[static_cast<int>(box.kind)].push_back({i, box.x, box.y, box.width, box.height});
    }
    const auto field = finder.find(fields[i].picture, all);
    if (!field) throw std::runtime_error(error_message(field.error()));
    for (const Sighting& sighting : field->sightings) {
      const Box& box = sighting.box;
      boxes.found[static_cast<int>(sighting.kind)].push_back(
          {{i, double(box.x), double(box.y), double(box.width), double(box.height)},
           sighting.score});
    }
  }
  return boxes;
}

double right_counts(const Collected& boxes, std::size_t pictures, double threshold) {
  std::vector<int> difference(pictures);
  for (const GivenBox& box : boxes.given[0]) ++difference[box.picture];
  for (const FoundBox& box : boxes.found[0]) {
    if (box.score >= threshold) --difference[box.place.picture];
  }
  double right = 0;
  for (const int one : difference) right += one == 0;
  return right / static_cast<double>(pictures);
}

}  // namespace

FieldFigures measure_finder(const std::vector<std::byte>& model,
                            const std::vector<FieldPicture>& fields,
                            const std::vector<float>& thresholds) {
  const Collected boxes = collect(model, fields);
  FieldFigures figures;
  for (int kind = 0; kind < 3; ++kind) {
    const std::size_t given = boxes.given[kind].size();
    const std::vector<Match> matches = match(boxes.found[kind], boxes.given[kind]);
    const Operating at = thresholds.empty() ? best_f1(matches, given)
                                            : at_threshold(matches, given, thresholds[kind]);
    figures.kinds[kind] = {average_precision(matches, given), at.threshold, at.f1, given};
  }
  figures.right_counts = right_counts(boxes, fields.size(), figures.kinds[0].threshold);
  return figures;
}

std::string line_of(const FieldFigures& figures) {
  static const char* names[] = {"white", "red", "platelet"};
  std::string line;
  for (int kind = 0; kind < 3; ++kind) {
    const FieldFigures::OfKind& one = figures.kinds[kind];
    char words[120];
    std::snprintf(words, sizeof words, "%s (%zu) AP50 %.3f, F1 %.3f from %.2f; ", names[kind],
                  one.given, one.average_precision, one.f1, one.threshold);
    line += words;
  }
  char words[80];
  std::snprintf(words, sizeof words, "white cells counted right in %.1f %% of the pictures",
                100 * figures.right_counts);
  return line + words;
}

}  // namespace leukolens::trainer
