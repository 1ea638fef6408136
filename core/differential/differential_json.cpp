#include "core/differential/differential_text.h"
#include "core/differential/rounding.h"
#include "core/report/json.h"
#include "core/report/reading.h"

namespace leukolens {
namespace {

void write_interval(JsonWriter& json, std::string_view key, const Interval& shown) {
  json.key(key).begin_array().number(written(shown.lower)).number(written(shown.upper)).end_array();
}

void write_nothing(JsonWriter& json, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) json.key(key).null();
}

void write_class(JsonWriter& json, const ClassShare& row, const Differential& result) {
  json.begin_object().key("class").text(row.name);
  json.key("count").integer(static_cast<std::int64_t>(row.cells));
  if (result.status == DifferentialStatus::kNone) {
    write_nothing(json, {"percent", "interval"});
  } else {
    json.key("percent").number(written(per_100(row.cells, result.n)));
    write_interval(json, "interval", outward(row.interval, 100, 1));
  }
  if (row.absolute) {
    json.key("absolute").number(written(rounded(*row.absolute, 2)));
    write_interval(json, "absolute_interval", outward(row.absolute_interval, 1, 2));
  } else {
    write_nothing(json, {"absolute", "absolute_interval"});
  }
  json.key("flag").text(flag_name(row.flag)).key("count_more");
  if (row.count_more) {
    json.integer(static_cast<std::int64_t>(*row.count_more));
  } else {
    json.null();
  }
  json.end_object();
}

void write_per_100(JsonWriter& json, const Differential& result) {
  json.key("per_100").begin_object();
  for (const Beside& row : result.per_100) {
    json.key(row.name);
    if (result.status == DifferentialStatus::kNone) {
      json.null();
    } else {
      json.number(written(per_100(row.cells, result.n)));
    }
  }
  json.end_object();
}

void write_second(JsonWriter& json, const Differential& result) {
  json.key("second_interval");
  if (!result.second_interval) {
    json.null();
    return;
  }
  const SecondInterval& second = *result.second_interval;
  json.begin_object().key("method").text("Gibbs sampling, Dirichlet 1/2 (Perez 2007)");
  json.key("error_rates").text(second.source);
  json.key("n").integer(static_cast<std::int64_t>(second.cells));
  json.key("unreviewed").integer(static_cast<std::int64_t>(second.answers));
  json.key("classes").begin_array();
  for (const KindShare& kind : second.kinds) {
    json.begin_object().key("class").text(kind.name);
    json.key("percent").number(written(rounded(100 * kind.share, 1)));
    write_interval(json, "interval", outward(kind.interval, 100, 1));
    json.end_object();
  }
  json.end_array().end_object();
}

void write_notes(JsonWriter& json, const Differential& result) {
  json.key("notes").begin_array();
  for (const Note& note : result.notes) {
    json.begin_object().key("code").text(note_name(note.code)).key("text").text(note_text(note));
    json.end_object();
  }
  json.end_array();
}

void write_range(JsonWriter& json, const Differential& result) {
  json.key("range");
  if (!result.range) {
    json.null();
    return;
  }
  const RangeSet& set = *result.range;
  json.begin_object().key("name").text(set.id).key("title").text(set.title);
  json.key("population").text(set.population).key("date").text(set.date);
  json.key("source").text(set.source);
  json.key("unit").text(set.unit == RangeUnit::kPercent ? "%" : "10*9/L").end_object();
}

void write_white_count(JsonWriter& json, const Differential& result) {
  json.key("white_count");
  if (!result.white_count) {
    json.null();
    return;
  }
  json.begin_object().key("entered").number(written(result.white_count->entered));
  json.key("used").number(written(rounded(result.white_count->used, 2)));
  json.end_object();
}

void write_models(JsonWriter& json, const Differential& result) {
  json.key("models").begin_array();
  for (const ModelUsed& model : result.models) {
    json.begin_object().key("name").text(model.name).key("version").text(model.version);
    json.key("sha256").text(model.sha256).end_object();
  }
  json.end_array();
}

}  // namespace

std::string differential_json(const Differential& result) {
  JsonWriter json(JsonWriter::Layout::kIndented);
  json.begin_object().key("schema").text(kDifferentialSchema);
  json.key("n").integer(static_cast<std::int64_t>(result.n));
  json.key("status").text(status_name(result.status)).key("classes").begin_array();
  for (const ClassShare& row : result.classes) write_class(json, row, result);
  json.end_array();
  write_per_100(json, result);
  write_second(json, result);
  write_notes(json, result);
  json.key("unreviewed").integer(static_cast<std::int64_t>(result.unreviewed));
  json.key("not_counted").begin_object();
  for (const Beside& row : result.not_counted) {
    json.key(row.name).integer(static_cast<std::int64_t>(row.cells));
  }
  json.end_object();
  write_white_count(json, result);
  write_range(json, result);
  write_models(json, result);
  json.key("program").text(kProgramVersion).key("intended_use").text(kIntendedUse).end_object();
  return json.take() + '\n';
}

}  // namespace leukolens
