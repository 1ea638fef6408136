#include "tools/leukolens/quality_card.h"

#include "core/count/interval.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {

Estimate WarningRate::rate() const {
  const double share = static_cast<double>(warned) / static_cast<double>(pictures);
  return {share, clopper_pearson(warned, pictures)};
}

std::string quality_markdown(const QualityCard& card) {
  std::string text = "## " + card.title + "\n\n" + card.about + "\n\n";
  text += count_of(card.pictures, "picture", "pictures") + ", " +
          std::to_string(card.without_cell) + " of them without a white cell found; " +
          std::to_string(card.quiet) + " as they are without any of these warnings.\n\n";
  text += "| shown | warning | pictures | warned (95 % interval) | |\n";
  text += "| --- | --- | --- | --- | --- |\n";
  for (const WarningRate& rate : card.rates) {
    const Estimate share = rate.rate();
    text += "| " + rate.shown + " | " + rate.warning + " | " + std::to_string(rate.pictures) +
            " | " + percent(share.share, share.interval) + " | " +
            (rate.expected ? "noticed" : "false alarm") + " |\n";
  }
  return text + '\n';
}

void write_quality_card(JsonWriter& json, const QualityCard& card) {
  json.begin_object().key("name").text(card.name).key("title").text(card.title);
  json.key("pictures").integer(static_cast<std::int64_t>(card.pictures));
  json.key("without_cell").integer(static_cast<std::int64_t>(card.without_cell));
  json.key("quiet").integer(static_cast<std::int64_t>(card.quiet));
  json.key("rates").begin_array();
  for (const WarningRate& rate : card.rates) {
    json.begin_object().key("shown").text(rate.shown).key("warning").text(rate.warning);
    json.key("expected").boolean(rate.expected);
    json.key("pictures").integer(static_cast<std::int64_t>(rate.pictures));
    json.key("warned").integer(static_cast<std::int64_t>(rate.warned));
    write_estimate(json, "rate", rate.rate());
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace leukolens::tool
