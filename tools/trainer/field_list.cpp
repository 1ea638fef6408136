#include "tools/trainer/field_list.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

#include "core/picture/decode.h"
#include "core/picture/resize.h"
#include "tools/trainer/field_sources.h"
#include "tools/trainer/files.h"

namespace leukolens::trainer {
namespace {

constexpr double kLargestRedPx = 80;  // of a kept picture
constexpr double kWhitePerRed = 1.9;  // diameters, roughly
constexpr double kUnknownRedPx = 40;  // where nothing gives a measure

double median_diameter(const FieldPicture& field, Kind kind) {
  std::vector<double> all;
  for (const FieldBox& box : field.boxes) {
    if (box.kind == kind) all.push_back(std::sqrt(box.width * box.height));
  }
  if (all.empty()) return 0;
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

double red_px(const FieldPicture& field) {
  const double red = median_diameter(field, Kind::kRedCell);
  if (red > 0) return red;
  const double white = median_diameter(field, Kind::kWhiteCell);
  return white > 0 ? white / kWhitePerRed : kUnknownRedPx;
}

void stretch(std::vector<FieldBox>& boxes, double across, double down) {
  for (FieldBox& box : boxes) {
    box.x *= across, box.width *= across;
    box.y *= down, box.height *= down;
  }
}

void load(FieldPicture& field, const std::filesystem::path& data) {
  auto picture = decode(read_bytes(data / field.file));
  if (!picture) {
    throw std::runtime_error(field.file.string() + ": " + error_message(picture.error()));
  }
  field.picture = std::move(*picture);
  if (has_relative_boxes(field)) {
    stretch(field.boxes, field.picture.width, field.picture.height);
  }
  field.red_px = red_px(field);
}

void shrink(FieldPicture& field) {
  if (field.red_px <= kLargestRedPx) return;
  const int longer = std::max(field.picture.width, field.picture.height);
  const Picture shrunk =
      fit(field.picture, static_cast<int>(longer * kLargestRedPx / field.red_px));
  stretch(field.boxes, double(shrunk.width) / field.picture.width,
          double(shrunk.height) / field.picture.height);
  field.red_px *= double(shrunk.width) / field.picture.width;
  field.picture = shrunk;
}

}  // namespace

std::vector<FieldPicture> read_fields(const std::string& sets, const std::filesystem::path& data) {
  std::vector<FieldPicture> fields;
  std::istringstream names(sets);
  for (std::string set; names >> set;) append_fields(set, data, fields);
  for (FieldPicture& field : fields) {
    load(field, data);
    shrink(field);
  }
  if (fields.empty()) throw std::runtime_error("no picture to train a finder on");
  return fields;
}

std::vector<FieldPicture> read_validation(const std::string& set,
                                          const std::filesystem::path& data) {
  std::vector<FieldPicture> fields;
  append_validation(set, data, fields);
  for (FieldPicture& field : fields) load(field, data);
  return fields;
}

}  // namespace leukolens::trainer
