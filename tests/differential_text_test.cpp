// A differential as text: JSON, CSV, table, FHIR.
#include "core/differential/differential_text.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "core/differential/differential_fhir.h"
#include "core/report/reading.h"
#include "doctest.h"

using namespace leukolens;

namespace {

using nlohmann::json;

constexpr std::string_view kInstant = "2026-01-15T10:30:00Z";

// Neutrophils high by the ranges of The Doctors Laboratory (Front Pharmacol 2020;11:314).
Counts neutrophilia() {
  Counts counts;
  counts.classes = {{"neutrophil", Counting::kInN, 156}, {"lymphocyte", Counting::kInN, 32},
                    {"monocyte", Counting::kInN, 9},     {"eosinophil", Counting::kInN, 2},
                    {"basophil", Counting::kInN, 1},     {"erythroblast", Counting::kPer100, 3},
                    {"artefact", Counting::kOutside, 8}};
  counts.white_count = 14.2;
  counts.range = RangeSet{"tdl",
                          "TDL",
                          "adults",
                          "2020",
                          "FRPH",
                          RangeUnit::kPerLitre,
                          {{"neutrophil", 2, 7.5}, {"lymphocyte", 1.2, 3.7}}};
  return counts;
}

Differential of(const Counts& counts) {
  auto result = differential(counts);
  REQUIRE(result.ok());
  return *std::move(result);
}

Counts forty() {
  Counts counts;
  counts.classes = {{"neutrophil", Counting::kInN, 40}, {"smudge", Counting::kPer100, 4}};
  counts.white_count = 7;
  return counts;
}

Counts carried() {
  Counts counts = neutrophilia();
  for (ClassCount& row : counts.classes) row.unreviewed = row.cells;
  counts.table = AnswerTable{"net 1, set",
                             {"neutrophil", "lymphocyte"},
                             {"neutrophil", "lymphocyte"},
                             {{95, 5}, {10, 90}}};
  return counts;
}

// Fields of each line; none of these holds a quote.
std::vector<std::vector<std::string>> fields(const std::string& csv) {
  std::vector<std::vector<std::string>> lines(1, {""});
  for (const char c : csv) {
    if (c == '\r') continue;
    if (c == '\n') {
      lines.push_back({""});
    } else if (c == ',') {
      lines.back().emplace_back();
    } else {
      lines.back().back() += c;
    }
  }
  lines.pop_back();
  return lines;
}

// Each resource of a bundle by its address.
std::map<std::string, json> resources(const json& bundle) {
  std::map<std::string, json> found;
  for (const json& entry : bundle.at("entry")) {
    CHECK(found.emplace(entry.at("fullUrl").get<std::string>(), entry.at("resource")).second);
  }
  return found;
}

json observation(const json& bundle, const std::string& code) {
  for (const json& entry : bundle.at("entry")) {
    const json& resource = entry.at("resource");
    if (resource.at("resourceType") == "Observation" && resource.at("code").contains("coding") &&
        resource["code"]["coding"][0]["code"] == code) {
      return resource;
    }
  }
  return {};
}

// LOINC's check digit: from the right, every other digit doubled, digits added, up to the next ten.
bool has_check_digit(const std::string& code) {
  const std::size_t dash = code.find('-');
  int sum = 0;
  bool twice = true;
  for (std::size_t i = dash; i-- > 0; twice = !twice) {
    const int digit = (code[i] - '0') * (twice ? 2 : 1);
    sum += digit / 10 + digit % 10;
  }
  return (10 - sum % 10) % 10 == code[dash + 1] - '0' && code.size() == dash + 2;
}

// Calls `look` with each object in `value`.
template <class Look>
void each_object(const json& value, const Look& look) {
  if (value.is_object()) look(value);
  if (value.is_structured()) {
    for (const json& part : value) each_object(part, look);
  }
}

}  // namespace

TEST_CASE("JSON has the published members in their order, with figures as they are shown") {
  const auto written = nlohmann::ordered_json::parse(differential_json(of(neutrophilia())));
  std::string names;
  for (const auto& [name, value] : written.items()) names += name + ' ';
  CHECK(names ==
        "schema n status classes per_100 second_interval notes unreviewed not_counted white_count "
        "range models program intended_use ");
  std::string members;
  for (const auto& [name, value] : written["classes"][0].items()) members += name + ' ';
  CHECK(members == "class count percent interval absolute absolute_interval flag count_more ");
  CHECK(written["schema"] == "leukolens-differential/1");
  CHECK(written["n"] == 200);
  CHECK(written["status"] == "complete");
  const auto& first = written["classes"][0];
  CHECK(first["percent"] == 78);
  CHECK(first["interval"] == json::array({71.6, 83.6}));
  CHECK(first["absolute"] == 11.08);
  CHECK(first["absolute_interval"] == json::array({10.16, 11.87}));
  CHECK(first["flag"] == "high");
  CHECK(first["count_more"].is_null());
  CHECK(written["classes"][2]["percent"] == 4.5);
  CHECK(written["per_100"]["erythroblast"] == 1.5);
  CHECK(written["second_interval"].is_null());
  CHECK(written["not_counted"]["artefact"] == 8);
  CHECK(written["white_count"]["used"] == 14.2);
  CHECK(written["range"]["source"] == "FRPH");
  CHECK(written["intended_use"] == kIntendedUse);
}

TEST_CASE("JSON has null where there is no figure") {
  const json written = json::parse(differential_json(of(forty())));
  CHECK(written["status"] == "none");
  for (const char* name : {"percent", "interval", "absolute", "absolute_interval", "count_more"}) {
    CHECK(written["classes"][0].at(name).is_null());
  }
  CHECK(written["classes"][0]["flag"] == "none");
  CHECK(written["per_100"]["smudge"].is_null());
  CHECK(written["range"].is_null());
  CHECK(written["white_count"].is_null());
  CHECK(written["notes"][0]["code"] == "too_few");
  CHECK(written["notes"][0]["text"] == "Fewer than 50 cells: no differential.");
}

TEST_CASE("the second interval is written with its source and what it covers") {
  const Differential result = of(carried());
  const json second = json::parse(differential_json(result))["second_interval"];
  CHECK(second["error_rates"] == "net 1, set");
  CHECK(second["n"] == 188);
  CHECK(second["unreviewed"] == 188);
  CHECK(second["classes"][0]["class"] == "neutrophil");
  CHECK(second["classes"][0]["interval"].size() == 2);
  const std::string table = differential_table(result);
  CHECK(table.find("With the classifier's errors, of 188 cells, 188 not reviewed:") !=
        std::string::npos);
  const auto lines = fields(differential_csv(result));
  CHECK(lines[1][11] == second["classes"][0]["percent"].dump());
  CHECK(lines[3][11].empty());  // no rates for monocytes
}

TEST_CASE("every CSV line has the fields of its header") {
  for (const Counts& counts : {neutrophilia(), forty(), carried()}) {
    const auto lines = fields(differential_csv(of(counts)));
    REQUIRE(lines[0].size() == 20);
    for (const auto& line : lines) CHECK(line.size() == 20);
  }
  const auto lines = fields(differential_csv(of(neutrophilia())));
  CHECK(lines[0][9] == "flag");
  CHECK(lines[1][9] == "high");
  CHECK(lines[0][14] == "per_100");
  CHECK(lines[6][0] == "erythroblast");
  CHECK(lines[6][14] == "1.5");
  CHECK(lines[7][2] == "outside");
  const auto none = fields(differential_csv(of(forty())));
  CHECK(none[1][1] == "40");
  CHECK(none[1][3].empty());
  CHECK(none[6][14].empty());
  CHECK(none[6][16] == "none");
}

TEST_CASE("every output names program and models with their hashes, and what it is for") {
  Counts counts = neutrophilia();
  const std::string hash(64, 'a');
  counts.models = {{"cells", "3", hash}};
  const Differential result = of(counts);
  CHECK(json::parse(differential_json(result))["models"][0]["sha256"] == hash);
  for (const std::string& text :
       {differential_json(result), differential_csv(result), differential_table(result),
        differential_fhir(result, kInstant)}) {
    CHECK(text.find(hash) != std::string::npos);
    CHECK(text.find(kProgramVersion) != std::string::npos);
    CHECK(text.find(kIntendedUse) != std::string::npos);
  }
  counts.models[0].sha256[5] = 'G';
  CHECK(!differential(counts));
}

TEST_CASE("a class named like a formula is harmless in CSV") {
  Counts counts = forty();
  counts.classes.push_back({"=1+1,2", Counting::kInN, 20});
  CHECK(differential_csv(of(counts)).find("\"'=1+1,2\",20,in_n,") != std::string::npos);
}

TEST_CASE("the table says 0 as a bound, flags in words and what to count") {
  Counts counts = neutrophilia();
  counts.classes[4].cells = 0;
  counts.classes[3].cells = 3;
  counts.range->ranges.push_back({"eosinophil", 0, 0.4});
  const std::string table = differential_table(of(counts));
  CHECK(table.starts_with("200 white cells: complete\n\nneutrophil              156  78.0 % ("));
  CHECK(table.find("0 % (up to 1.9 %)") != std::string::npos);
  CHECK(table.find("high, range 2–7.5\n") != std::string::npos);
  CHECK(table.find("spans the upper edge, count about ") != std::string::npos);
  CHECK(table.find("1.5 per 100 white cells, not among them") != std::string::npos);
  CHECK(table.find("Ranges: TDL, adults, 2020\n") != std::string::npos);
  CHECK(table.ends_with(std::string(kIntendedUse) + '\n'));
}

TEST_CASE("notes have names, and {} is filled") {
  CHECK(note_name(NoteCode::kNotHundred) == "not_100");
  CHECK(note_text({NoteCode::kNotHundred, "99.9"}) ==
        "The percentages add to 99.9 %, because each is rounded by itself.");
  CHECK(note_text({NoteCode::kTooFew}) == "Fewer than 50 cells: no differential.");
}

TEST_CASE("FHIR: what no validator asks for, but a reader relies on") {
  for (const Counts& counts : {neutrophilia(), forty(), carried()}) {
    const json bundle = json::parse(differential_fhir(of(counts), kInstant));
    CHECK(bundle["type"] == "collection");
    CHECK(bundle["timestamp"] == kInstant);
    const auto all = resources(bundle);
    const std::set<std::string> units = {"%", "10*9/L", "/100{WBC}", "{cells}"};
    each_object(bundle, [&](const json& object) {
      if (object.contains("reference")) CHECK(all.contains(object["reference"]));
      if (object.contains("status")) CHECK(object["status"] == "preliminary");
      if (object.contains("unit")) {
        CHECK(object["code"] == object["unit"]);
        CHECK(object["system"] == "http://unitsofmeasure.org");
        CHECK(units.contains(object["code"]));
      }
      if (object.value("system", json()) == "http://loinc.org")
        CHECK(has_check_digit(object["code"]));
      if (object.value("resourceType", json()) == "Observation") {
        CHECK(object.contains("valueQuantity") != object.contains("dataAbsentReason"));
        CHECK(object["status"] == "preliminary");
        CHECK(object["note"][0]["text"] == kIntendedUse);
        CHECK(object["code"].contains("text"));
      }
      CHECK_FALSE(object.contains("subject"));
      CHECK_FALSE(object.empty());
    });
  }
}

TEST_CASE("FHIR: values, flags and ranges are those of the result") {
  const json bundle = json::parse(differential_fhir(of(neutrophilia()), kInstant));
  const json share = observation(bundle, "26511-6"), absolute = observation(bundle, "26499-4");
  CHECK(share["valueQuantity"]["value"] == 78);
  CHECK_FALSE(share.contains("referenceRange"));
  CHECK(share["component"].size() == 4);
  CHECK(share["component"][2]["valueQuantity"]["value"] == 71.6);
  CHECK(absolute["valueQuantity"]["value"] == 11.08);
  CHECK(absolute["referenceRange"][0]["high"]["value"] == 7.5);
  CHECK(absolute["interpretation"][0]["coding"][0]["code"] == "H");
  CHECK_FALSE(observation(bundle, "26474-7").contains("interpretation"));
  CHECK(observation(bundle, "26474-7").contains("referenceRange"));
  CHECK_FALSE(observation(bundle, "26484-6").contains("referenceRange"));
  CHECK(observation(bundle, "19048-8")["valueQuantity"]["value"] == 1.5);
  CHECK(observation(bundle, "26464-8")["valueQuantity"]["value"] == 14.2);
  const json blasts = observation(bundle, "26446-5");
  CHECK(blasts["dataAbsentReason"]["coding"][0]["code"] == "unsupported");
  std::size_t reports = 0;
  for (const json& entry : bundle["entry"]) {
    const json& resource = entry["resource"];
    if (resource["resourceType"] != "DiagnosticReport") continue;
    ++reports;
    CHECK(resource["code"]["coding"][0]["code"] == "69738-3");
    CHECK(resource["result"].size() + 2 == bundle["entry"].size());
    CHECK(resource["conclusion"].get<std::string>().ends_with(kIntendedUse));
  }
  CHECK(reports == 1);
}

TEST_CASE("FHIR: no differential gives reasons instead of values, blasts that were seen a value") {
  const json none = json::parse(differential_fhir(of(forty()), kInstant));
  CHECK(observation(none, "26511-6")["dataAbsentReason"]["coding"][0]["code"] == "not-performed");
  CHECK(observation(none, "34992-8")["dataAbsentReason"]["coding"][0]["code"] == "not-performed");
  CHECK(observation(none, "26499-4").is_null());
  Counts counts = neutrophilia();
  counts.classes.push_back({"blast", Counting::kInN, 0});
  CHECK(observation(json::parse(differential_fhir(of(counts), kInstant)), "26446-5")
            .contains("dataAbsentReason"));
  counts.classes.back().cells = 4;
  CHECK(observation(json::parse(differential_fhir(of(counts), kInstant)),
                    "26446-5")["valueQuantity"]["value"] == 2);
}

TEST_CASE("FHIR: a range of percentages stands with the percentages") {
  Counts counts = neutrophilia();
  counts.white_count.reset();
  counts.range->unit = RangeUnit::kPercent;
  counts.range->ranges = {{"lymphocyte", 20, 40}};
  const json bundle = json::parse(differential_fhir(of(counts), kInstant));
  const json share = observation(bundle, "26478-8");
  CHECK(share["referenceRange"][0]["low"]["value"] == 20);
  CHECK(share["referenceRange"][0]["text"] == "TDL, adults");
  CHECK_FALSE(share.contains("interpretation"));  // 11.2-21.9 spans the edge
}

TEST_CASE("FHIR: ids follow from the result and the instant") {
  const Differential result = of(neutrophilia());
  CHECK(differential_fhir(result, kInstant) == differential_fhir(result, kInstant));
  const auto first = json::parse(differential_fhir(result, kInstant));
  const auto later = json::parse(differential_fhir(result, "2026-01-15T10:30:01Z"));
  CHECK(first["entry"][0]["fullUrl"] != later["entry"][0]["fullUrl"]);
  const std::string id = first["entry"][0]["fullUrl"];
  CHECK(id.size() == 45);
  CHECK(id[23] == '4');
  CHECK(std::string("89ab").find(id[28]) != std::string::npos);
}
