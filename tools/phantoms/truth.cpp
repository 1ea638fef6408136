#include "tools/phantoms/truth.h"

namespace leukolens::phantoms {
namespace {

void add(const Settings& settings, std::string_view name, Point centre_um, const Outline& outline,
         nlohmann::ordered_json& cells) {
  const std::optional<PixelBox> box = pixel_box(settings, centre_um, outline);
  if (!box) return;  // only its bounding circle reached into the field
  cells.push_back({{"class", name}, {"box", {box->x, box->y, box->width, box->height}}});
}

}  // namespace

nlohmann::ordered_json truth(const Settings& settings, const Scene& scene,
                             const std::string& file) {
  nlohmann::ordered_json cells = nlohmann::ordered_json::array();
  for (const WhiteCell& cell : scene.white) {
    add(settings, class_name(cell.cell_class), cell.centre_um, cell.outline, cells);
  }
  for (const RedCell& cell : scene.red) {
    add(settings, "red_cell", cell.centre_um, cell.outline, cells);
  }
  for (const Platelet& platelet : scene.platelets) {
    add(settings, "platelet", platelet.centre_um, platelet.outline, cells);
  }
  return {{"file", file},
          {"seed", settings.seed},
          {"width", settings.width_px},
          {"height", settings.height_px},
          {"um_per_px", settings.um_per_px},
          {"stain", settings.stain.name},
          {"cells", std::move(cells)}};
}

}  // namespace leukolens::phantoms
