// How well a net tells what is no white cell of its classes from what is: per kind, for a card.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/report/json.h"
#include "tools/leukolens/figures.h"
#include "tools/leukolens/prediction.h"

namespace leukolens::tool {

struct RefusedKind {
  std::string kind;
  std::size_t pictures = 0;
  std::size_t no_cell = 0;  // of which none was found: refused by the finder
  std::size_t refused = 0;  // these and what a side's threshold refuses
  Estimate auroc;           // against the white cells; what has no cell is refused most
};

struct RefusalCard {
  std::string name, title, about;
  std::string white_title;  // the set that the white cells come from
  bool unseen = false;      // by a net that hasn't seen the kind
  std::size_t white = 0, white_refused = 0;
  std::vector<RefusedKind> kinds;
};

// `white` are predictions for white cells, `others` for the pictures whose kinds `kinds` names one
// by one. `thresholds` are the model's, in the order of Prediction::sides.
RefusalCard refusal_card(const std::vector<Prediction>& white,
                         const std::vector<Prediction>& others,
                         const std::vector<std::string>& kinds,
                         const std::vector<float>& thresholds, const BootstrapPlan& plan);

std::string refusal_markdown(const RefusalCard& card);
void write_refusal(JsonWriter& json, const RefusalCard& card);

}  // namespace leukolens::tool
