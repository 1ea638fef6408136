// The figures of a set of answers, with their intervals.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/count/bootstrap.h"
#include "core/count/measures.h"
#include "core/report/json.h"

namespace leukolens::tool {

struct Estimate {
  double share = 0;
  Interval interval;
};

struct Figures {
  std::size_t pictures = 0;  // or originals, where each counts once
  std::size_t groups = 0;    // what the bootstrap draws; 0 with exact intervals
  Confusion confusion{{}, 0};
  Estimate accuracy, mean_recall;
  std::vector<Estimate> recall, precision;  // per class
  double calibration_error = 0;
  std::vector<ReliabilityBin> reliability;
  std::vector<CoveragePoint> coverage;  // everything first, then less and less
};

// Each picture by itself: Clopper-Pearson. The mean recall has no such interval (not a number).
Figures exact_figures(std::span<const Outcome> outcomes, std::size_t classes);

// `group_of[i]` is the group of outcome i, 0..groups-1; groups are drawn again.
Figures grouped_figures(std::span<const Outcome> outcomes, std::span<const std::size_t> group_of,
                        std::size_t classes, const BootstrapPlan& plan);

// An estimate as {"share":..., "lower":..., "upper":...}; what is not a number is null.
void write_estimate(JsonWriter& json, std::string_view key, const Estimate& estimate);
// The members of an object that the caller has begun.
void write_figures(JsonWriter& json, const Figures& figures, std::span<const std::string> labels);

// Per-class recall and precision, then the confusion matrix, as text for people.
std::string figures_text(const Figures& figures, std::span<const std::string> labels);

}  // namespace leukolens::tool
