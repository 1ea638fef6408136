#include "tools/trainer/cell_boxes.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tools/trainer/files.h"

namespace leukolens::trainer {
namespace {

// Lower than the engine asks for: here a cell is known to be there.
constexpr float kThresholds[] = {0.1f, 0.3f, 0.1f};

Box middle(const Picture& picture) {
  const int side = std::min(picture.width, picture.height);
  return {(picture.width - side) / 2, (picture.height - side) / 2, side, side};
}

}  // namespace

CellBoxes::CellBoxes(const std::filesystem::path& finder_file) {
  if (finder_file.empty()) return;
  auto model = Model::parse(read_bytes(finder_file));
  if (!model) throw std::runtime_error(finder_file.string() + ": " + error_message(model.error()));
  auto finder = Finder::create(*model);
  if (!finder)
    throw std::runtime_error(finder_file.string() + ": " + error_message(finder.error()));
  identity_ = model->sha256();
  finder_ = std::move(*finder);
}

Box CellBoxes::of(const Cell& cell, const Picture& picture) {
  if (cell.box.width > 0) return cell.box;
  if (finder_) {
    const auto field = finder_->find(picture, kThresholds);
    if (!field) throw std::runtime_error(cell.file + ": " + error_message(field.error()));
    // White cells come first, the surest before the others.
    const auto& sightings = field->sightings;
    const auto surest = std::max_element(
        sightings.begin(), sightings.end(), [](const Sighting& a, const Sighting& b) {
          const bool a_white = a.kind == Kind::kWhiteCell, b_white = b.kind == Kind::kWhiteCell;
          return a_white != b_white ? b_white : a.score < b.score;
        });
    if (surest != sightings.end()) return surest->box;
  }
  const std::vector<Sighting> found = find_cells(picture);
  return found.empty() ? middle(picture) : found.front().box;
}

}  // namespace leukolens::trainer
