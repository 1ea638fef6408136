// The page's way to the differential: an object of JavaScript becomes counts, the result becomes
// text, the same bytes as those of the command line. A module of its own, which the page fetches
// when somebody wants a differential: the engine stays small, and this needs no net.
#include <emscripten/bind.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/leukolens.h"

namespace {

using emscripten::val;

EMSCRIPTEN_DECLARE_VAL_TYPE(Text)  // string; a std::string field would be typed as bytes too

// What may be missing is null. `counting` is one of in_n, per_100 and outside, `unit` one of 10*9/L
// and %.
EMSCRIPTEN_DECLARE_VAL_TYPE(CountsObject)
constexpr char kCountsType[] =
    "{ classes: { name: string; counting: string; cells: number; unreviewed: number }[];"
    " oneSmear: boolean; whiteCount: number | null; includesErythroblasts: boolean;"
    " range: { name: string; title: string; population: string; date: string; source: string;"
    " unit: string; ranges: Record<string, readonly [number, number]> } | null;"
    " table: { source: string; kinds: string[]; answers: string[]; counts: number[][] } | null;"
    " models: { name: string; version: string; sha256: string }[] }";

// An empty code says that all went well; else there is no text, and `what` is the changing part of
// the error's sentence.
struct Answer {
  Text code{val("")}, what{val("")}, text{val("")};
};

Text to_text(std::string_view text) { return Text(val(std::string(text))); }

// What is no whole number becomes one that the core refuses.
std::uint64_t whole(const val& number) {
  constexpr double kRefused = 1e9;
  const double value = number.as<double>();
  const bool is_whole = value >= 0 && value < kRefused && value == std::floor(value);
  return static_cast<std::uint64_t>(is_whole ? value : kRefused);
}

std::string text_of(const val& object, const char* name) { return object[name].as<std::string>(); }

leukolens::RangeSet to_range(const val& object) {
  leukolens::RangeSet set{text_of(object, "name"),
                          text_of(object, "title"),
                          text_of(object, "population"),
                          text_of(object, "date"),
                          text_of(object, "source"),
                          leukolens::RangeUnit::kPerLitre,
                          {}};
  if (text_of(object, "unit") == "%") set.unit = leukolens::RangeUnit::kPercent;
  const val entries = val::global("Object").call<val>("entries", object["ranges"]);
  for (const val& entry : entries) {
    const val limits = entry[1];
    set.ranges.push_back(
        {entry[0].as<std::string>(), limits[0].as<double>(), limits[1].as<double>()});
  }
  return set;
}

leukolens::AnswerTable to_table(const val& object) {
  leukolens::AnswerTable table{text_of(object, "source"),
                               emscripten::vecFromJSArray<std::string>(object["kinds"]),
                               emscripten::vecFromJSArray<std::string>(object["answers"]),
                               {}};
  for (const val& row : object["counts"]) {
    table.counts.push_back(emscripten::vecFromJSArray<double>(row));
  }
  return table;
}

leukolens::Counts to_counts(const val& object) {
  leukolens::Counts counts;
  for (const val& row : object["classes"]) {
    const auto counting = leukolens::counting_of(text_of(row, "counting"));
    counts.classes.push_back({text_of(row, "name"),
                              counting.value_or(leukolens::Counting::kOutside), whole(row["cells"]),
                              whole(row["unreviewed"])});
  }
  counts.one_smear = object["oneSmear"].as<bool>();
  counts.white_count_includes_erythroblasts = object["includesErythroblasts"].as<bool>();
  if (!object["whiteCount"].isNull()) counts.white_count = object["whiteCount"].as<double>();
  if (!object["range"].isNull()) counts.range = to_range(object["range"]);
  for (const val& model : object["models"]) {
    counts.models.push_back(
        {text_of(model, "name"), text_of(model, "version"), text_of(model, "sha256")});
  }
  if (!object["table"].isNull()) counts.table = to_table(object["table"]);
  return counts;
}

std::string written(const leukolens::Differential& result, const std::string& format,
                    const std::string& instant) {
  if (format == "csv") return differential_csv(result);
  if (format == "fhir") return differential_fhir(result, instant);
  if (format == "text") return differential_table(result);
  return differential_json(result);
}

// `format`: json, csv, text or fhir; `instant` is for fhir, such as 2026-01-15T10:30:00Z.
Answer differential(const CountsObject& counts, const std::string& format,
                    const std::string& instant) {
  const auto result = leukolens::differential(to_counts(counts));
  if (result) return {to_text(""), to_text(""), to_text(written(*result, format, instant))};
  return {to_text(leukolens::error_name(result.error().code)), to_text(result.error().what),
          to_text("")};
}

}  // namespace

EMSCRIPTEN_BINDINGS(leukolens_differential) {
  using namespace emscripten;
  register_type<Text>("string");
  register_type<CountsObject>(kCountsType);
  value_object<Answer>("DifferentialAnswer")
      .field("code", &Answer::code)
      .field("what", &Answer::what)
      .field("text", &Answer::text);
  function("differential", &differential);
}
