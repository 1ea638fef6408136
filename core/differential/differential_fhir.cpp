#include "core/differential/differential_fhir.h"

#include <algorithm>

#include "core/count/bootstrap.h"
#include "core/differential/differential_text.h"
#include "core/differential/rounding.h"
#include "core/report/json.h"
#include "core/report/reading.h"

namespace leukolens {
namespace {

constexpr std::string_view kLoinc = "http://loinc.org";
constexpr std::string_view kUcum = "http://unitsofmeasure.org";
constexpr std::string_view kPerLitre = "10*9/L", kPerHundred = "/100{WBC}", kCells = "{cells}";

// LOINC, "method unspecified": a picture classifier is neither a manual count nor an analyser.
// Checked against nmdp-ig/cibmtr-reporting-ig (value sets). LOINC is copyright of Regenstrief
// Institute, Inc. and available at loinc.org/license.
struct Codes {
  std::string_view name, title, fraction, absolute;
};
constexpr Codes kCodes[] = {
    {"neutrophil", "Neutrophils", "26511-6", "26499-4"},
    {"lymphocyte", "Lymphocytes", "26478-8", "26474-7"},
    {"monocyte", "Monocytes", "26485-3", "26484-6"},
    {"eosinophil", "Eosinophils", "26450-7", "26449-9"},
    {"basophil", "Basophils", "30180-4", "26444-0"},
    {"blast", "Blasts", "26446-5", "30376-8"},
    {"other_or_abnormal", "Other leukocytes", "26471-3", "30406-3"},
    {kErythroblastClass, "Erythroblasts", "19048-8", ""},
    {"smudge", "Smudge cells", "34992-8", ""},
};
constexpr std::string_view kReportCode = "69738-3", kWhiteCountCode = "26464-8";

Codes codes_of(std::string_view name) {
  const auto found = std::ranges::find(kCodes, name, &Codes::name);
  return found == std::end(kCodes) ? Codes{name, name, "", ""} : *found;
}

// Ids that look random, but follow from what is written.
class Ids {
 public:
  Ids(const Differential& result, std::string_view instant) : random_(hash(result, instant)) {}

  std::string next() {
    const std::uint64_t high = random_.next(), low = random_.next();
    std::string hex;
    for (int i = 60; i >= 0; i -= 4) hex += kHex[high >> i & 15];
    for (int i = 60; i >= 0; i -= 4) hex += kHex[low >> i & 15];
    hex[12] = '4';  // version
    hex[16] = kHex[8 + (low >> 60 & 3)];
    for (const std::size_t at : {8, 13, 18, 23}) hex.insert(at, "-");
    return "urn:uuid:" + hex;
  }

 private:
  static constexpr char kHex[] = "0123456789abcdef";

  static std::uint64_t hash(const Differential& result, std::string_view instant) {
    std::uint64_t hash = 0xCBF29CE484222325u;  // FNV-1a
    for (const char c : differential_json(result) + std::string(instant)) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    }
    return hash;
  }

  SeededRandom random_;
};

void write_quantity(JsonWriter& json, std::string_view key, double value, std::string_view unit) {
  json.key(key).begin_object().key("value").number(written(value)).key("unit").text(unit);
  json.key("system").text(kUcum).key("code").text(unit).end_object();
}

void write_concept(JsonWriter& json, std::string_view key, std::string_view system,
                   std::string_view code, std::string_view text) {
  json.key(key).begin_object();
  if (!code.empty()) {
    json.key("coding").begin_array().begin_object().key("system").text(system);
    json.key("code").text(code).end_object().end_array();
  }
  if (!text.empty()) json.key("text").text(text);
  json.end_object();
}

void write_concept_list(JsonWriter& json, std::string_view key, std::string_view system,
                        std::string_view code, std::string_view text) {
  json.key(key).begin_array().begin_object().key("coding").begin_array().begin_object();
  json.key("system").text(system).key("code").text(code).end_object().end_array();
  if (!text.empty()) json.key("text").text(text);
  json.end_object().end_array();
}

// What all observations of one bundle share, and the list of those written.
class Observations {
 public:
  Observations(JsonWriter& json, Ids& ids, std::string_view instant, std::string device)
      : json_(json), ids_(ids), instant_(instant), device_(std::move(device)) {}

  void begin(std::string_view loinc, const std::string& title) {
    written_.push_back(ids_.next());
    json_.begin_object().key("fullUrl").text(written_.back()).key("resource").begin_object();
    json_.key("resourceType").text("Observation").key("status").text("preliminary");
    write_concept_list(json_, "category",
                       "http://terminology.hl7.org/CodeSystem/observation-category", "laboratory",
                       "");
    write_concept(json_, "code", kLoinc, loinc, title);
    json_.key("effectiveDateTime").text(instant_).key("issued").text(instant_);
  }

  void end(std::string_view method) {
    if (!method.empty()) write_concept(json_, "method", "", "", method);
    json_.key("device").begin_object().key("reference").text(device_).end_object();
    json_.key("note").begin_array().begin_object().key("text").text(kIntendedUse);
    json_.end_object().end_array().end_object().end_object();
  }

  const std::vector<std::string>& written() const { return written_; }

 private:
  JsonWriter& json_;
  Ids& ids_;
  std::string_view instant_;
  std::string device_;
  std::vector<std::string> written_;
};

void write_component(JsonWriter& json, std::string_view text, double value, std::string_view unit) {
  json.begin_object();
  write_concept(json, "code", "", "", text);
  write_quantity(json, "valueQuantity", value, unit);
  json.end_object();
}

void write_absent(JsonWriter& json, std::string_view code, std::string_view text) {
  write_concept(json, "dataAbsentReason",
                "http://terminology.hl7.org/CodeSystem/data-absent-reason", code, text);
}

void write_judgement(JsonWriter& json, const ClassShare& row, const RangeSet& set,
                     std::string_view unit) {
  const std::string& title = set.title.empty() ? set.id : set.title;
  json.key("referenceRange").begin_array().begin_object();
  write_quantity(json, "low", row.range->low, unit);
  write_quantity(json, "high", row.range->high, unit);
  json.key("text").text(set.population.empty() ? title : title + ", " + set.population);
  json.end_object().end_array();
  if (row.flag != Flag::kHigh && row.flag != Flag::kLow) return;
  const bool high = row.flag == Flag::kHigh;
  write_concept_list(
      json, "interpretation", "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
      high ? "H" : "L", high ? "whole interval above the range" : "whole interval below the range");
}

void write_limits(JsonWriter& json, const Interval& shown, std::string_view unit) {
  write_component(json, "95 % confidence interval (Clopper-Pearson), lower limit", shown.lower,
                  unit);
  write_component(json, "95 % confidence interval (Clopper-Pearson), upper limit", shown.upper,
                  unit);
}

constexpr std::string_view kFractionMethod = "Cells counted in pictures, classified by software";
constexpr std::string_view kAbsoluteMethod =
    "Fraction of cells counted in pictures times a white cell count entered by the user";

void write_fraction(JsonWriter& json, Observations& list, const Differential& result,
                    const ClassShare& row) {
  const Codes codes = codes_of(row.name);
  list.begin(codes.fraction, std::string(codes.title) + ", fraction of leukocytes");
  if (result.status == DifferentialStatus::kNone) {
    write_absent(json, "not-performed", note_text(result.notes.front()));
    return list.end("");
  }
  write_quantity(json, "valueQuantity", per_100(row.cells, result.n), "%");
  if (row.range && !row.absolute) write_judgement(json, row, *result.range, "%");
  json.key("component").begin_array();
  write_component(json, "cells counted in this class", static_cast<double>(row.cells), kCells);
  write_component(json, "leukocytes counted in total", static_cast<double>(result.n), kCells);
  write_limits(json, outward(row.interval, 100, 1), "%");
  json.end_array();
  list.end(kFractionMethod);
}

void write_absolute(JsonWriter& json, Observations& list, const Differential& result,
                    const ClassShare& row) {
  if (!row.absolute) return;
  const Codes codes = codes_of(row.name);
  list.begin(codes.absolute, std::string(codes.title) + ", absolute count");
  write_quantity(json, "valueQuantity", rounded(*row.absolute, 2), kPerLitre);
  if (row.range) write_judgement(json, row, *result.range, kPerLitre);
  json.key("component").begin_array();
  write_limits(json, outward(row.absolute_interval, 1, 2), kPerLitre);
  json.end_array();
  list.end(kAbsoluteMethod);
}

void write_blasts_unsupported(JsonWriter& json, Observations& list) {
  const Codes codes = codes_of("blast");
  list.begin(codes.fraction, std::string(codes.title) + ", fraction of leukocytes");
  write_absent(json, "unsupported", "This software does not look for blasts");
  list.end("");
}

void write_beside(JsonWriter& json, Observations& list, const Differential& result,
                  const Beside& row) {
  const Codes codes = codes_of(row.name);
  list.begin(codes.fraction, std::string(codes.title) + " per 100 leukocytes");
  if (result.status == DifferentialStatus::kNone) {
    write_absent(json, "not-performed", note_text(result.notes.front()));
    return list.end("");
  }
  write_quantity(json, "valueQuantity", per_100(row.cells, result.n), kPerHundred);
  list.end(kFractionMethod);
}

void write_white_count(JsonWriter& json, Observations& list, const Differential& result) {
  if (!result.white_count) return;
  list.begin(kWhiteCountCode, "Leukocytes, absolute count");
  write_quantity(json, "valueQuantity", rounded(result.white_count->used, 2), kPerLitre);
  list.end(result.white_count->used == result.white_count->entered
               ? "Entered by the user"
               : "Entered by the user, corrected for erythroblasts");
}

void write_observations(JsonWriter& json, Observations& list, const Differential& result) {
  for (const ClassShare& row : result.classes) {
    // None where nobody can look for them is not 0.
    if (row.name == "blast" && row.cells == 0) continue;
    write_fraction(json, list, result, row);
    write_absolute(json, list, result, row);
  }
  const auto blasts = std::ranges::find(result.classes, "blast", &ClassShare::name);
  if (blasts == result.classes.end() || blasts->cells == 0) write_blasts_unsupported(json, list);
  for (const Beside& row : result.per_100) write_beside(json, list, result, row);
  write_white_count(json, list, result);
}

void write_report(JsonWriter& json, const std::string& id, std::string_view instant,
                  const Differential& result, const std::vector<std::string>& observations) {
  json.begin_object().key("fullUrl").text(id).key("resource").begin_object();
  json.key("resourceType").text("DiagnosticReport").key("status").text("preliminary");
  write_concept_list(json, "category", "http://terminology.hl7.org/CodeSystem/v2-0074", "HM", "");
  write_concept(json, "code", kLoinc, kReportCode, "White cell differential from pictures");
  json.key("effectiveDateTime").text(instant).key("issued").text(instant);
  json.key("result").begin_array();
  for (const std::string& observation : observations) {
    json.begin_object().key("reference").text(observation).end_object();
  }
  json.end_array();
  std::string conclusion;
  for (const Note& note : result.notes) conclusion += note_text(note) + ' ';
  json.key("conclusion").text(conclusion + std::string(kIntendedUse)).end_object().end_object();
}

void write_version(JsonWriter& json, std::string_view of, std::string_view value) {
  json.begin_object();
  write_concept(json, "type", "", "", of);
  json.key("value").text(value).end_object();
}

void write_device(JsonWriter& json, const std::string& id, const Differential& result) {
  json.begin_object().key("fullUrl").text(id).key("resource").begin_object();
  json.key("resourceType").text("Device").key("deviceName").begin_array().begin_object();
  json.key("name").text("LeukoLens").key("type").text("user-friendly-name");
  json.end_object().end_array();
  write_concept(json, "type", "", "", "Software");
  json.key("version").begin_array();
  write_version(json, "program", kProgramVersion);
  for (const ModelUsed& model : result.models) write_version(json, "model", model_text(model));
  json.end_array().end_object().end_object();
}

}  // namespace

std::string differential_fhir(const Differential& result, std::string_view instant) {
  Ids ids(result, instant);
  const std::string report = ids.next(), device = ids.next();
  JsonWriter json(JsonWriter::Layout::kIndented);
  json.begin_object().key("resourceType").text("Bundle").key("type").text("collection");
  json.key("timestamp").text(instant).key("entry").begin_array();
  Observations list(json, ids, instant, device);
  write_observations(json, list, result);
  write_report(json, report, instant, result, list.written());
  write_device(json, device, result);
  json.end_array().end_object();
  return json.take() + '\n';
}

}  // namespace leukolens
