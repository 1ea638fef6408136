#include "core/cells/finder.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/cells/density.h"
#include "core/cells/look.h"
#include "core/cells/median.h"
#include "core/net/runner.h"

namespace leukolens {
namespace {

constexpr const char* kLabels[] = {"white_cell", "red_cell", "platelet"};

// The first look is coarse: its only task is to tell the size of the cells.
constexpr double kFirstSidePx = 192, kClimb = 2.5, kLongestSearchPx = 3000;
constexpr double kRedPx = 40, kWhitePx = 76;  // what the last look makes of the cells
constexpr double kSmallestRedPx = 14, kSmallestWhitePx = 40;  // below, a look tells nothing
constexpr double kNearEnough = 1.2, kMostEnlarged = 4;
constexpr std::size_t kFewestRed = 4;
constexpr float kSureScore = 0.4f;

constexpr double kRedCellUm = 7.5;       // of a dried, stained smear
constexpr double kRedCellSpread = 0.06;  // standard deviation between people's mean, relative
constexpr double kNinetyFivePercent = 1.96;

double diameter(const Peak& peak) { return std::sqrt(double(peak.width) * peak.height); }

// Diameters of those that lie whole inside `width` x `height`.
std::vector<double> diameters(const std::vector<Peak>& peaks, Kind kind, double width,
                              double height) {
  std::vector<double> all;
  for (const Peak& peak : peaks) {
    if (peak.kind != static_cast<int>(kind) || peak.score < kSureScore) continue;
    const bool whole = peak.x - peak.width / 2 > 1 && peak.y - peak.height / 2 > 1 &&
                       peak.x + peak.width / 2 < width - 1 && peak.y + peak.height / 2 < height - 1;
    if (whole || kind == Kind::kWhiteCell) all.push_back(diameter(peak));
  }
  return all;
}

// How much larger the next look should be, judged by what this one saw; nothing if it saw too
// little to tell.
std::optional<double> enlargement(const std::vector<Peak>& peaks, double width, double height) {
  std::vector<double> red = diameters(peaks, Kind::kRedCell, width, height);
  if (red.size() >= kFewestRed && median(red) >= kSmallestRedPx) return kRedPx / median(red);
  const std::vector<double> white = diameters(peaks, Kind::kWhiteCell, width, height);
  if (white.empty()) return std::nullopt;
  const double largest = *std::max_element(white.begin(), white.end());
  if (largest < kSmallestWhitePx) return std::nullopt;
  return kWhitePx / largest;
}

std::optional<Ruler> ruler_of(const std::vector<Peak>& peaks, double scale,
                              const Picture& picture) {
  std::vector<double> red =
      diameters(peaks, Kind::kRedCell, picture.width * scale, picture.height * scale);
  if (red.size() < kFewestRed) return std::nullopt;
  const double middle = median(red);
  for (double& value : red) value = std::abs(value - middle);
  // The median's own error: 1.2533 times that of a mean; the spread by the median deviation.
  const double error = 1.2533 * 1.4826 * median(red) / middle / std::sqrt(double(red.size()));
  const double spread = kNinetyFivePercent * std::hypot(error, kRedCellSpread);
  Ruler ruler;
  ruler.red_cell_px = middle / scale;
  ruler.red_cells = static_cast<int>(red.size());
  ruler.um_per_px = kRedCellUm / ruler.red_cell_px;
  ruler.lowest = ruler.um_per_px * (1 - spread);
  ruler.highest = ruler.um_per_px * (1 + spread);
  return ruler;
}

Sighting sighting_of(const Peak& peak, double scale, const Picture& picture) {
  const auto edge = [&](float value, int limit) {
    return std::clamp(static_cast<int>(std::lround(value / scale)), 0, limit);
  };
  const int left = std::min(edge(peak.x - peak.width / 2, picture.width), picture.width - 1);
  const int top = std::min(edge(peak.y - peak.height / 2, picture.height), picture.height - 1);
  const int right = std::max(edge(peak.x + peak.width / 2, picture.width), left + 1);
  const int bottom = std::max(edge(peak.y + peak.height / 2, picture.height), top + 1);
  return {{left, top, right - left, bottom - top}, peak.score, static_cast<Kind>(peak.kind)};
}

}  // namespace

struct Finder::State {
  Looker looker;
  LookSpec spec;
  std::vector<float> thresholds;  // the model's
  std::uint64_t multiply_adds;    // of one run at the file's input,
  std::uint64_t file_pixels;      // which has so many

  struct Seen {
    double scale = 1;
    std::vector<Peak> peaks;
  };
  Result<Seen> see(const Picture& picture, const Density& density, double scale);
  // From coarse to fine until the cells are told; then at the size the net knows best.
  Result<Seen> search(const Picture& picture, const Density& density);
};

Result<Finder::State::Seen> Finder::State::see(const Picture& picture, const Density& density,
                                               double scale) {
  auto peaks = look(picture, density, scale, spec, looker);
  if (!peaks) return peaks.error();
  return Seen{scale, std::move(*peaks)};
}

Result<Finder::State::Seen> Finder::State::search(const Picture& picture, const Density& density) {
  const double longer = std::max(picture.width, picture.height);
  const double most = std::min(kMostEnlarged, std::max(kLongestSearchPx, kFirstSidePx) / longer);
  const auto total = [](const Seen& seen) {
    float sum = 0;
    for (const Peak& peak : seen.peaks) sum += peak.score;
    return sum;
  };
  Seen best;
  best.scale = 0;
  for (double scale = std::min(kFirstSidePx / longer, most); scale <= most; scale *= kClimb) {
    Result<Seen> seen = see(picture, density, scale);
    if (!seen) return seen;
    const auto larger = enlargement(seen->peaks, picture.width * scale, picture.height * scale);
    if (larger && *larger < kNearEnough && *larger > 1 / kNearEnough) return seen;
    if (larger) return see(picture, density, std::min(scale * *larger, kMostEnlarged));
    if (best.scale == 0 || total(*seen) > total(best)) best = std::move(*seen);
  }
  return best;
}

Finder::Finder() = default;
Finder::Finder(Finder&&) noexcept = default;
Finder& Finder::operator=(Finder&&) noexcept = default;
Finder::~Finder() = default;

Result<Finder> Finder::create(const Model& model) {
  if (!model.has_card() || model.card().kind != "finder") {
    return Error{ErrorCode::kModelMetadata, "it is no finder"};
  }
  const ModelCard& card = model.card();
  if (!std::equal(card.labels.begin(), card.labels.end(), std::begin(kLabels), std::end(kLabels))) {
    return Error{ErrorCode::kModelMetadata, "its labels are not white_cell, red_cell, platelet"};
  }
  Result<Runner> runner = Runner::create(model);
  if (!runner) return runner.error();
  Finder finder;
  const auto pixels = static_cast<std::uint64_t>(card.input_width) * card.input_height;
  finder.state_.reset(
      new State{{std::move(*runner)}, {}, card.label_thresholds, model.multiply_adds(), pixels});
  LookSpec& spec = finder.state_->spec;
  std::copy_n(card.mean, 3, spec.mean);
  std::copy_n(card.std, 3, spec.std);
  spec.kind_that_may_overlap = static_cast<int>(Kind::kPlatelet);
  return finder;
}

Result<Field> Finder::find(const Picture& picture, std::span<const float> thresholds) {
  State& state = *state_;
  if (thresholds.empty()) thresholds = state.thresholds;
  state.spec.thresholds.assign(thresholds.begin(), thresholds.end());
  const Density density = measure_density(picture, {0, 0, picture.width, picture.height});
  const std::uint64_t before = state.looker.pixels;
  const auto seen = state.search(picture, density);
  if (!seen) return seen.error();
  Field field;
  // Exact: the net's every layer has as much to do as it has places, and looks are whole strides.
  field.multiply_adds = (state.looker.pixels - before) * state.multiply_adds / state.file_pixels;
  for (const int kind : {0, 1, 2}) {
    for (const Peak& peak : seen->peaks) {
      if (peak.kind == kind) field.sightings.push_back(sighting_of(peak, seen->scale, picture));
    }
  }
  field.ruler = ruler_of(seen->peaks, seen->scale, picture);
  return field;
}

}  // namespace leukolens
