#include "tools/leukolens/field_card.h"

#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

std::string estimate(const Estimate& value) { return percent(value.share, value.interval); }

std::string millions(double value) { return fixed(value / 1e6, 1) + " million"; }

}  // namespace

std::string field_markdown(const FieldCard& card) {
  std::string text = "## " + card.title + "\n\n" + card.about + "\n\n";
  text += "| kind | given | AP50 (95 % interval) | F1 | precision | recall |\n";
  text += "| --- | --- | --- | --- | --- | --- |\n";
  for (const KindFigures& kind : card.kinds) {
    text += "| " + kind.kind + " | " + std::to_string(kind.given) + " | " +
            estimate(kind.average_precision) + " | " + estimate(kind.f1) + " | " +
            percent(kind.precision) + " | " + percent(kind.recall) + " |\n";
  }
  text += "\nMean AP50 " + estimate(card.mean_average_precision) + ". " +
          count_of(card.pictures, "picture", "pictures") + "; white cells counted right in " +
          estimate(card.counted_right) +
          " of them. The net's multiply-adds a picture, in all its " +
          "looks: " + millions(card.multiply_adds) + " on average, at most " +
          millions(card.most_multiply_adds) + ".\n";
  if (!card.sizes.empty()) {
    text += "\n| the same fields at | F1 of white cells |\n| --- | --- |\n";
    for (const SizeFigures& size : card.sizes) {
      text += "| " + fixed(size.size, 1) + " of the size | " + percent(size.f1) + " |\n";
    }
  }
  return text + '\n';
}

void write_field_card(JsonWriter& json, const FieldCard& card) {
  json.begin_object().key("name").text(card.name).key("title").text(card.title);
  json.key("pictures").integer(static_cast<std::int64_t>(card.pictures));
  json.key("kinds").begin_array();
  for (const KindFigures& kind : card.kinds) {
    json.begin_object().key("kind").text(kind.kind);
    json.key("given").integer(static_cast<std::int64_t>(kind.given));
    write_estimate(json, "ap50", kind.average_precision);
    write_estimate(json, "f1", kind.f1);
    json.key("precision").number(kind.precision);
    json.key("recall").number(kind.recall).end_object();
  }
  json.end_array();
  write_estimate(json, "mean_ap50", card.mean_average_precision);
  write_estimate(json, "counted_right", card.counted_right);
  json.key("multiply_adds").begin_object().key("mean").number(card.multiply_adds);
  json.key("most").number(card.most_multiply_adds).end_object();
  json.key("sizes").begin_array();
  for (const SizeFigures& size : card.sizes) {
    json.begin_object().key("size").number(size.size).key("white_f1").number(size.f1).end_object();
  }
  json.end_array().end_object();
}

}  // namespace leukolens::tool
