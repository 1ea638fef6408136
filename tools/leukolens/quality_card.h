// How often the warnings come where they shouldn't, and where they should, as part of a card.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/report/json.h"
#include "tools/leukolens/figures.h"

namespace leukolens::tool {

// A warning on pictures of one kind.
struct WarningRate {
  std::string shown;    // "as it is" or what was done to the picture
  std::string warning;  // its name
  std::size_t pictures = 0, warned = 0;
  bool expected = false;  // false: each warning is a false alarm
  Estimate rate() const;  // exact interval
};

struct QualityCard {
  std::string name, title, about;
  std::size_t pictures = 0;
  std::size_t without_cell = 0;  // of them; not spoilt
  std::size_t quiet = 0;         // pictures as they are without any of the warnings
  std::vector<WarningRate> rates;
};

std::string quality_markdown(const QualityCard& card);
void write_quality_card(JsonWriter& json, const QualityCard& card);

}  // namespace leukolens::tool
