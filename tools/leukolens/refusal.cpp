#include "tools/leukolens/refusal.h"

#include <algorithm>
#include <map>

#include "core/count/measures.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr double kSurelyRefused = 2;  // above every probability: no cell was found

double refusal_of(const Prediction& prediction) {
  if (!prediction.found()) return kSurelyRefused;
  return static_cast<double>(std::ranges::max(prediction.sides));
}

bool is_refused(const Prediction& prediction, const std::vector<float>& thresholds) {
  if (!prediction.found()) return true;
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    if (prediction.sides[i] >= thresholds[i]) return true;
  }
  return false;
}

std::vector<double> scores_of(const std::vector<Prediction>& predictions) {
  std::vector<double> scores;
  for (const Prediction& prediction : predictions) scores.push_back(refusal_of(prediction));
  return scores;
}

// Both sides' pictures are drawn again together.
Estimate auroc_estimate(const std::vector<double>& others, const std::vector<double>& white,
                        const BootstrapPlan& plan) {
  const auto statistic = [&](std::span<const std::size_t> drawn) {
    std::vector<double> some_others, some_white;
    for (const std::size_t i : drawn) {
      if (i < others.size()) {
        some_others.push_back(others[i]);
      } else {
        some_white.push_back(white[i - others.size()]);
      }
    }
    return auroc(some_others, some_white);
  };
  return {auroc(others, white), bootstrap(others.size() + white.size(), statistic, plan)};
}

std::string row(const RefusedKind& kind) {
  return "| " + kind.kind + " | " + std::to_string(kind.pictures) + " | " +
         fixed(kind.auroc.share, 3) + " (" + fixed(kind.auroc.interval.lower, 3) + "-" +
         fixed(kind.auroc.interval.upper, 3) + ") | " + std::to_string(kind.refused) + " | " +
         std::to_string(kind.no_cell) + " |\n";
}

}  // namespace

RefusalCard refusal_card(const std::vector<Prediction>& white,
                         const std::vector<Prediction>& others,
                         const std::vector<std::string>& kinds,
                         const std::vector<float>& thresholds, const BootstrapPlan& plan) {
  RefusalCard card;
  card.white = white.size();
  card.white_refused = static_cast<std::size_t>(std::ranges::count_if(
      white, [&](const Prediction& prediction) { return is_refused(prediction, thresholds); }));
  std::map<std::string, std::vector<Prediction>> by_kind;
  for (std::size_t i = 0; i < others.size(); ++i) by_kind[kinds[i]].push_back(others[i]);
  const std::vector<double> white_scores = scores_of(white);
  for (const auto& [kind, predictions] : by_kind) {
    RefusedKind one;
    one.kind = kind;
    one.pictures = predictions.size();
    for (const Prediction& prediction : predictions) {
      one.no_cell += prediction.found() ? 0 : 1;
      one.refused += is_refused(prediction, thresholds) ? 1 : 0;
    }
    one.auroc = auroc_estimate(scores_of(predictions), white_scores, plan);
    card.kinds.push_back(std::move(one));
  }
  return card;
}

std::string refusal_markdown(const RefusalCard& card) {
  std::string text = "## " + card.title + "\n\n" + card.about +
                     " White cells: " + card.white_title + " (" + std::to_string(card.white) +
                     "), of which " + std::to_string(card.white_refused) + " are refused.\n\n" +
                     "| kind | pictures | AUROC against white cells (95 % interval) | refused | "
                     "of these, no cell found |\n| --- | --- | --- | --- | --- |\n";
  for (const RefusedKind& kind : card.kinds) text += row(kind);
  return text + '\n';
}

void write_refusal(JsonWriter& json, const RefusalCard& card) {
  json.begin_object().key("name").text(card.name).key("title").text(card.title);
  json.key("unseen").boolean(card.unseen);
  json.key("white").integer(static_cast<std::int64_t>(card.white));
  json.key("white_refused").integer(static_cast<std::int64_t>(card.white_refused));
  json.key("kinds").begin_array();
  for (const RefusedKind& kind : card.kinds) {
    json.begin_object().key("kind").text(kind.kind);
    json.key("pictures").integer(static_cast<std::int64_t>(kind.pictures));
    json.key("no_cell_found").integer(static_cast<std::int64_t>(kind.no_cell));
    json.key("refused").integer(static_cast<std::int64_t>(kind.refused));
    write_estimate(json, "auroc", kind.auroc);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace leukolens::tool
