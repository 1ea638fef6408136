#include "tools/phantoms/stain.h"

#include "tools/phantoms/geometry.h"

namespace leukolens::phantoms {
namespace {

// Natural optical density of red, green and blue light at strength 1.
constexpr Rgb kHaemoglobin{0.11, 0.36, 0.37};
constexpr Rgb kEosin{0.10, 0.86, 0.80};
constexpr Rgb kAzure{0.80, 0.46, 0.14};
constexpr Rgb kViolet{0.95, 1.50, 0.42};

}  // namespace

const std::vector<Stain>& known_stains() {
  static const std::vector<Stain> kStains = {
      {"standard", 1.00, 1.00, {230, 226, 226}},  {"pale", 0.70, 0.65, {238, 236, 236}},
      {"blue", 0.75, 1.25, {206, 214, 232}},      {"yellow", 1.05, 0.95, {238, 223, 176}},
      {"grey-cast", 0.80, 0.85, {180, 181, 178}},
  };
  return kStains;
}

Rgb transmitted(const Stain& stain, const Dyes& dyes) {
  if (dyes.haemoglobin == 0 && dyes.eosin == 0 && dyes.azure == 0 && dyes.violet == 0) {
    return {1, 1, 1};  // most of a field is empty
  }
  // Chromatin takes both dyes, and mostly the azure one.
  const double both = 0.8 * stain.azure + 0.2 * stain.eosin;
  Rgb left;
  for (std::size_t c = 0; c < 3; ++c) {
    const double density =
        stain.eosin * (kHaemoglobin[c] * dyes.haemoglobin + kEosin[c] * dyes.eosin) +
        stain.azure * kAzure[c] * dyes.azure + both * kViolet[c] * dyes.violet;
    left[c] = exponential(-density);
  }
  return left;
}

}  // namespace leukolens::phantoms
