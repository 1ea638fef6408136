// The differential's arithmetic: rules, rounding, flags.
#include "core/differential/differential.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "core/differential/rounding.h"
#include "doctest.h"

using namespace leukolens;

namespace {

nlohmann::json fixture(const std::string& name) {
  std::ifstream file(std::string(SOURCE_DIR) + "/tests/fixtures/differential/" + name);
  REQUIRE(file.good());
  return nlohmann::json::parse(file);
}

// UK ranges, Front Pharmacol 2020;11:314, table 6.
RangeSet range_set(const std::string& id) {
  RangeSet set;
  set.id = id;
  set.ranges = {{"neutrophil", 2, 7.5},
                {"lymphocyte", 1.2, 3.7},
                {"monocyte", 0.2, 1},
                {"eosinophil", 0, 0.4},
                {"basophil", 0, 0.1}};
  if (id == "uk_oxford_2020") {
    set.ranges = {{"neutrophil", 2, 7},
                  {"lymphocyte", 1, 3},
                  {"monocyte", 0.2, 1},
                  {"eosinophil", 0.02, 0.5},
                  {"basophil", 0.02, 0.1}};
  }
  return set;
}

Counts counts_of(const nlohmann::json& given) {
  Counts counts;
  for (const auto& [name, cells] : given["counts"].items()) {
    counts.classes.push_back({name, Counting::kInN, cells.get<std::uint64_t>()});
  }
  counts.classes.push_back({"unsure", Counting::kInN, given["unsure"].get<std::uint64_t>()});
  counts.classes.push_back(
      {"erythroblast", Counting::kPer100, given.value("erythroblasts_seen", std::uint64_t{0})});
  counts.unreviewed_elsewhere = given["unreviewed_not_unsure"].get<std::uint64_t>();
  counts.one_smear = given["one_smear_consecutive"].get<bool>();
  if (!given["white_count"].is_null()) counts.white_count = given["white_count"].get<double>();
  counts.white_count_includes_erythroblasts =
      given.value("white_count_includes_erythroblasts", false);
  if (!given["range_set"].is_null()) counts.range = range_set(given["range_set"]);
  return counts;
}

Counts simple(std::initializer_list<ClassCount> classes) {
  Counts counts;
  counts.classes = classes;
  return counts;
}

const ClassShare& row(const Differential& result, std::string_view name) {
  const auto found = std::ranges::find(result.classes, name, &ClassShare::name);
  REQUIRE(found != result.classes.end());
  return *found;
}

bool has_note(const Differential& result, NoteCode code, std::string_view what = "") {
  return std::ranges::any_of(result.notes, [&](const Note& note) {
    return note.code == code && (what.empty() || note.what == what);
  });
}

void check_shares(const nlohmann::json& expected, const Differential& result) {
  if (!expected.contains("percent")) return;
  for (const auto& [name, percent] : expected["percent"].items()) {
    CAPTURE(name);
    const ClassShare& share = row(result, name);
    CHECK(std::fabs(100 * share.share - percent.get<double>()) < 1e-4);
    const auto& limits = expected["ci_percent"][name];
    CHECK(std::fabs(100 * share.interval.lower - limits[0].get<double>()) < 1e-4);
    CHECK(std::fabs(100 * share.interval.upper - limits[1].get<double>()) < 1e-4);
  }
}

void check_absolute(const nlohmann::json& expected, const Differential& result) {
  if (!expected.contains("absolute")) return;
  for (const auto& [name, absolute] : expected["absolute"].items()) {
    CAPTURE(name);
    const ClassShare& share = row(result, name);
    REQUIRE(share.absolute.has_value());
    CHECK(std::fabs(*share.absolute - absolute.get<double>()) < 1e-6);
    const auto& limits = expected["ci_absolute"][name];
    CHECK(std::fabs(share.absolute_interval.lower - limits[0].get<double>()) < 1e-6);
    CHECK(std::fabs(share.absolute_interval.upper - limits[1].get<double>()) < 1e-6);
    const auto& flag = expected["flags"][name];
    const bool is_flagged = share.flag == Flag::kHigh || share.flag == Flag::kLow;
    CHECK(is_flagged == !flag.is_null());
    if (!flag.is_null()) CHECK(flag_name(share.flag) == flag.get<std::string>());
  }
}

}  // namespace

TEST_CASE("differential follows the rules case by case") {
  const nlohmann::json rules = fixture("rules.json");
  REQUIRE(rules["cases"].size() >= 14);
  for (const nlohmann::json& given : rules["cases"]) {
    CAPTURE(given["name"].get<std::string>());
    const nlohmann::json& expected = given["expected"];
    const auto result = differential(counts_of(given));
    REQUIRE(result.ok());
    CHECK(result->n == expected["n"].get<std::uint64_t>());
    CHECK(status_name(result->status) == expected["status"].get<std::string>());
    check_shares(expected, *result);
    check_absolute(expected, *result);
    if (!expected.contains("erythroblasts_per_100")) continue;
    CHECK(result->per_100[0].per_100 == expected["erythroblasts_per_100"].get<double>());
    const double used = expected["white_count_used"].get<double>();
    CHECK(std::fabs(result->white_count->used - used) < 1e-6);
  }
}

TEST_CASE("intervals rounded outward are the published table") {
  // Rümke's table as haematology books reprint it: n, seen, lower, upper in per cent.
  const int table[][4] = {
      {100, 0, 0, 4},    {200, 0, 0, 2},     {500, 0, 0, 1},     {1000, 0, 0, 1},
      {100, 1, 0, 6},    {200, 2, 0, 4},     {500, 5, 0, 3},     {1000, 10, 0, 2},
      {100, 2, 0, 8},    {200, 4, 0, 6},     {500, 10, 0, 4},    {1000, 20, 1, 4},
      {100, 5, 1, 12},   {200, 10, 2, 10},   {500, 25, 3, 8},    {1000, 50, 3, 7},
      {100, 9, 4, 17},   {200, 18, 5, 14},   {500, 45, 6, 12},   {1000, 90, 7, 11},
      {100, 10, 4, 18},  {200, 20, 6, 16},   {500, 50, 7, 13},   {1000, 100, 8, 13},
      {100, 20, 12, 30}, {200, 40, 14, 27},  {500, 100, 16, 24}, {1000, 200, 17, 23},
      {100, 30, 21, 40}, {200, 60, 23, 37},  {500, 150, 26, 35}, {1000, 300, 27, 33},
      {100, 50, 39, 61}, {200, 100, 42, 58}, {500, 250, 45, 55}, {1000, 500, 46, 54},
  };
  for (const auto& [n, seen, lower, upper] : table) {
    CAPTURE(n);
    CAPTURE(seen);
    const auto cells = static_cast<std::uint64_t>(seen), all = static_cast<std::uint64_t>(n);
    const auto result = differential(simple(
        {{"neutrophil", Counting::kInN, cells}, {"lymphocyte", Counting::kInN, all - cells}}));
    REQUIRE(result.ok());
    const Interval shown = outward(row(*result, "neutrophil").interval, 100, 0);
    CHECK(shown.lower == lower);
    CHECK(shown.upper == upper);
  }
}

TEST_CASE("the five kinds always have a line, others where they were counted, the unsure last") {
  const auto result = differential(simple({{"unsure", Counting::kInN, 3},
                                           {"plasma cell", Counting::kInN, 2},
                                           {"neutrophil", Counting::kInN, 60},
                                           {"blast", Counting::kInN, 0},
                                           {"artefact", Counting::kOutside, 7},
                                           {"smudge", Counting::kPer100, 13},
                                           {"my own", Counting::kPer100, 1}}));
  REQUIRE(result.ok());
  std::string names;
  for (const ClassShare& share : result->classes) names += share.name + ' ';
  CHECK(names == "neutrophil lymphocyte monocyte eosinophil basophil blast plasma cell unsure ");
  CHECK(result->n == 65);
  REQUIRE(result->per_100.size() == 2);
  CHECK(result->per_100[0].name == "my own");
  CHECK(result->per_100[1].per_100 == 20);
  REQUIRE(result->not_counted.size() == 1);
  CHECK(result->not_counted[0].cells == 7);
  CHECK(
      has_note(*result, NoteCode::kNoneSeen, "lymphocyte, monocyte, eosinophil, basophil, blast"));
}

TEST_CASE("percentages are rounded one by one and never forced to 100") {
  const auto thirds = differential(simple({{"neutrophil", Counting::kInN, 40},
                                           {"lymphocyte", Counting::kInN, 40},
                                           {"monocyte", Counting::kInN, 40}}));
  REQUIRE(thirds.ok());
  CHECK(has_note(*thirds, NoteCode::kNotHundred, "99.9"));
  const auto whole = differential(
      simple({{"neutrophil", Counting::kInN, 150}, {"lymphocyte", Counting::kInN, 50}}));
  REQUIRE(whole.ok());
  CHECK_FALSE(has_note(*whole, NoteCode::kNotHundred));
  CHECK(has_note(*whole, NoteCode::kCountingInterval));
}

TEST_CASE("below fifty cells and across smears nothing is reckoned") {
  Counts counts = simple({{"neutrophil", Counting::kInN, 49}});
  counts.white_count = 7;
  counts.range = range_set("uk_tdl_2020");
  const auto few = differential(counts);
  REQUIRE(few.ok());
  CHECK(few->status == DifferentialStatus::kNone);
  CHECK(has_note(*few, NoteCode::kTooFew));
  CHECK(row(*few, "neutrophil").cells == 49);
  CHECK_FALSE(row(*few, "neutrophil").absolute.has_value());
  counts.classes[0].cells = 50;
  CHECK(differential(counts)->status == DifferentialStatus::kPreliminary);
  counts.one_smear = false;
  CHECK(has_note(*differential(counts), NoteCode::kSeveralSmears));
  counts.classes.clear();
  CHECK(differential(counts)->n == 0);
}

TEST_CASE("unsure and unreviewed cells are counted once towards what is open") {
  // 21 unsure, of which 15 nobody looked at, of 200: 10.5 %.
  Counts counts = simple({{"neutrophil", Counting::kInN, 179}, {"unsure", Counting::kInN, 21, 15}});
  CHECK(has_note(*differential(counts), NoteCode::kNotComplete, "21 (10.5 %)"));
  CHECK(has_note(*differential(counts), NoteCode::kUnverified, "15 (7.5 %)"));
  counts.classes = {{"neutrophil", Counting::kInN, 180}, {"unsure", Counting::kInN, 20, 20}};
  CHECK(differential(counts)->status == DifferentialStatus::kComplete);
  counts.classes[0].unreviewed = 1;
  CHECK(differential(counts)->status == DifferentialStatus::kNotComplete);
  counts.classes = {{"neutrophil", Counting::kInN, 60, 60}};
  CHECK(differential(counts)->status == DifferentialStatus::kNotComplete);
  CHECK(has_note(*differential(counts), NoteCode::kPreliminary));
}

TEST_CASE("a white count says whether erythroblasts are in it, and both figures are told") {
  Counts counts =
      simple({{"neutrophil", Counting::kInN, 200}, {"erythroblast", Counting::kPer100, 16}});
  counts.white_count = 17.4;
  CHECK(has_note(*differential(counts), NoteCode::kWhiteCountAsEntered, "16.11"));
  CHECK(differential(counts)->white_count->used == 17.4);
  counts.white_count_includes_erythroblasts = true;
  CHECK(has_note(*differential(counts), NoteCode::kWhiteCountCorrected, "16.11"));
  counts.classes.pop_back();
  CHECK(differential(counts)->white_count->used == 17.4);
  CHECK_FALSE(has_note(*differential(counts), NoteCode::kWhiteCountCorrected));
}

TEST_CASE("flag_of is strict and names the edge that is spanned") {
  const ReferenceRange range{"x", 2, 7.5};
  CHECK(flag_of(8, {7.6, 8.5}, range) == Flag::kHigh);
  CHECK(flag_of(8, {7.5, 8.5}, range) == Flag::kSpansHigh);
  CHECK(flag_of(7, {6.5, 7.5}, range) == Flag::kNone);
  CHECK(flag_of(7, {6.5, 7.6}, range) == Flag::kSpansHigh);
  CHECK(flag_of(1, {0.5, 1.9}, range) == Flag::kLow);
  CHECK(flag_of(1, {0.5, 2}, range) == Flag::kSpansLow);
  CHECK(flag_of(3, {2, 5}, range) == Flag::kNone);
  CHECK(flag_of(3, {1, 8}, range) == Flag::kSpansLow);
  CHECK(flag_of(7, {1, 8}, range) == Flag::kSpansHigh);
}

TEST_CASE("count_more is the number at which the interval leaves the edge") {
  // Eosinophils below 0.05 at a white count of 7: 515 cells with none seen.
  CHECK(count_more(0, 200, 0.05 / 7) == 315);
  CHECK(1 - std::pow(0.025, 1.0 / 515) < 0.05 / 7);
  CHECK(1 - std::pow(0.025, 1.0 / 514) > 0.05 / 7);
  // Half of n against 0.4: checked with whole counts.
  const auto more = count_more(0.5, 50, 0.4);
  REQUIRE(more.has_value());
  CHECK(clopper_pearson((50 + *more + 1) / 2, 50 + *more).lower > 0.4);
  CHECK(clopper_pearson((50 + *more) / 2 - 1, 50 + *more - 2).lower < 0.4);
  CHECK(count_more(0.5, 50, 0.5) == std::nullopt);
  CHECK(count_more(0.5, 50, 0.499) == std::nullopt);  // over 10,000
  CHECK(count_more(0.5, 50, 0) == std::nullopt);
  CHECK(count_more(0.1, 100, 0.1) == std::nullopt);
}

TEST_CASE("flags go by absolute counts, and by percentages only without a white count") {
  Counts counts = simple({{"neutrophil", Counting::kInN, 120}, {"lymphocyte", Counting::kInN, 80}});
  counts.range = range_set("uk_tdl_2020");
  CHECK(has_note(*differential(counts), NoteCode::kFlagsNeedWhiteCount, "uk_tdl_2020"));
  CHECK_FALSE(row(*differential(counts), "neutrophil").range.has_value());
  counts.white_count = 13;
  const auto spanning = differential(counts);
  CHECK(row(*spanning, "neutrophil").flag == Flag::kSpansHigh);
  CHECK(row(*spanning, "neutrophil").count_more.has_value());
  CHECK(row(*spanning, "lymphocyte").flag == Flag::kHigh);
  CHECK_FALSE(row(*spanning, "lymphocyte").count_more.has_value());
  // US National Cancer Institute, SEER Training.
  counts.range =
      RangeSet{"seer", "SEER", "", "", "", RangeUnit::kPercent, {{"lymphocyte", 20, 40}}};
  CHECK(has_note(*differential(counts), NoteCode::kFlagsNeedAbsolute, "SEER"));
  counts.white_count.reset();
  CHECK(row(*differential(counts), "lymphocyte").flag == Flag::kSpansHigh);
  CHECK_FALSE(row(*differential(counts), "neutrophil").range.has_value());
}

TEST_CASE("what can't be used is refused, and says why") {
  const auto why = [](const Counts& counts) {
    const auto result = differential(counts);
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == ErrorCode::kWrongCounts);
    return result.error().what;
  };
  CHECK(why(simple({{"", Counting::kInN, 1}})) == "a class has no name");
  CHECK(why(simple({{"a", Counting::kInN, 1}, {"a", Counting::kInN, 1}})) ==
        "the class a is there twice");
  CHECK(why(simple({{"a", Counting::kInN, 1, 2}})) == "a has more unreviewed cells than cells");
  CHECK(why(simple({{"a", Counting::kInN, 999'999}, {"b", Counting::kPer100, 2}})) ==
        "more than a million cells");
  CHECK(why(simple({{"a", Counting::kInN, ~std::uint64_t{0}}})) == "more than a million cells");
  CHECK(why(simple({{"a\x1b[2J", Counting::kInN, 1}})) ==
        "the name of a class has a control character");
  Counts counts = simple({{"a", Counting::kInN, 100, 90}});
  counts.unreviewed_elsewhere = 11;
  CHECK(why(counts) == "more cells are unreviewed than counted");
  counts.unreviewed_elsewhere = 0;
  for (const double white_count : {0.0, -1.0, 1000.1, std::nan("")}) {
    counts.white_count = white_count;
    CHECK(why(counts) == "the white count has to be in 10^9/L, above 0 and at most 1000");
  }
  counts.white_count = 7;
  counts.range = RangeSet{};
  CHECK(why(counts) == "the range set has no name");
  counts.range = range_set("mine");
  counts.range->ranges[1].high = 1.2;
  CHECK(why(counts) == "the range of lymphocyte has to be a low and a higher limit");
  counts.range = range_set("mine");
  counts.range->title = "our\x07 ranges";
  CHECK(why(counts) == "the words about the ranges have a control character");
  counts.range.reset();
  counts.table = AnswerTable{"", {"a", "b"}, {"a", "b"}, {{1, 2}, {3}}};
  CHECK(why(counts) == "the table of answers has to have a row for each of two or more kinds");
  counts.table = AnswerTable{"a\nset", {"a", "b"}, {"a", "b"}, {{1, 2}, {3, 4}}};
  CHECK_FALSE(differential(counts).ok());
}

TEST_CASE("figures are rounded half up, limits outward") {
  CHECK(per_100_tenths(118, 200) == 590);
  CHECK(per_100_tenths(1, 16) == 63);   // 6.25
  CHECK(per_100_tenths(3, 16) == 188);  // 18.75
  CHECK(per_100_tenths(1, 1'000'000) == 0);
  CHECK(rounded(0.125, 2) == 0.13);
  CHECK(rounded(7.2 * 0.5, 2) == 3.6);
  CHECK(rounded_down(71.6139, 1) == 71.6);
  CHECK(rounded_up(83.5364, 1) == 83.6);
  CHECK(rounded_up(7.2 * 100, 0) == 720);
  CHECK(rounded_down(0.29 * 100, 0) == 29);
  CHECK(rounded_up(0, 1) == 0);
  CHECK(fixed_text(59, 1) == "59.0");
  CHECK(fixed_text(0.05, 2) == "0.05");
  CHECK(fixed_text(1234.5, 2) == "1234.50");
  CHECK(fixed_text(7, 0) == "7");
}

TEST_CASE("the ways of counting have names that read back") {
  for (const Counting counting : {Counting::kInN, Counting::kPer100, Counting::kOutside}) {
    CHECK(counting_of(counting_name(counting)) == counting);
  }
  CHECK(counting_of("per_1000") == std::nullopt);
}
