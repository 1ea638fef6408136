// What the finder finds, as part of a card.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/report/json.h"
#include "tools/leukolens/figures.h"

namespace leukolens::tool {

struct KindFigures {
  std::string kind;  // "white_cell", "red_cell", "platelet"
  std::size_t given = 0;
  Estimate average_precision;        // at IoU 0.5
  Estimate f1;                       // at the model's threshold
  double precision = 0, recall = 0;  // likewise
};

// The same fields shown larger or smaller.
struct SizeFigures {
  double size = 1;
  double f1 = 0;  // of white cells, at the model's threshold
};

struct FieldCard {
  std::string name, title, about;
  std::size_t pictures = 0;
  std::vector<KindFigures> kinds;
  Estimate mean_average_precision;
  Estimate counted_right;  // pictures with as many white cells found as given
  std::vector<SizeFigures> sizes;
  double multiply_adds = 0, most_multiply_adds = 0;  // of the finder's net a picture: mean, most
};

std::string field_markdown(const FieldCard& card);
void write_field_card(JsonWriter& json, const FieldCard& card);

}  // namespace leukolens::tool
