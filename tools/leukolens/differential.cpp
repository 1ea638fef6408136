// leukolens differential: what cells that were counted say about a smear.
#include "core/differential/differential.h"

#include <charconv>
#include <ctime>
#include <string>

#include "core/differential/differential_fhir.h"
#include "core/differential/differential_text.h"
#include "tools/leukolens/commands.h"
#include "tools/leukolens/counts_file.h"
#include "tools/leukolens/error_rates.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/output.h"
#include "tools/leukolens/range_sets.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

constexpr Option kCount{"count", 0, "CLASS=N",
                        "cells of a class, instead of a file; again, or more\n"
                        "CLASS=N after it, for more classes"};
constexpr Option kWhiteCount{"white-count", 0, "W",
                             "the white count in 10^9/L, for absolute counts"};
constexpr Option kIncludes{"includes-erythroblasts", 0, "",
                           "the white count was not corrected for erythroblasts"};
constexpr Option kRange{"range", 0, "NAME", "reference ranges for flags; see --ranges"};
constexpr Option kRanges{"ranges", 0, "", "list the reference ranges inside the program"};
constexpr Option kUnreviewed{"unreviewed", 0, "N|all",
                             "cells that no person has looked at (default: 0)"};
constexpr Option kSeveralSmears{"several-smears", 0, "",
                                "the cells are not of one smear, counted consecutively"};
constexpr Option kCard{"card", 0, "FILE",
                       "a model card (JSON): carry its error rates into a\nsecond interval"};
constexpr Option kCardSet{"card-set", 0, "NAME", "the card's set of pictures to take them from"};
constexpr Option kText{"text", 0, "", "a table for people (default)"};
constexpr Option kJson{"json", 0, "", "one JSON object (leukolens-differential/1)"};
constexpr Option kCsv{"csv", 0, "", "one CSV line a class (RFC 4180)"};
constexpr Option kFhir{"fhir", 0, "", "a FHIR R4 bundle, always preliminary"};
constexpr Option kTime{"time", 0, "INSTANT",
                       "with --fhir: when the cells were counted, such as\n"
                       "2026-01-15T10:30:00Z (default: now)"};
constexpr Option kOptions[] = {kCount,      kWhiteCount,    kIncludes, kRange,   kRanges,
                               kUnreviewed, kSeveralSmears, kCard,     kCardSet, kText,
                               kJson,       kCsv,           kFhir,     kTime,    kOutputOption};

double white_count(const std::string& text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc() && stop == end) return value;
  throw UsageError("--white-count takes a number in 10^9/L, such as 7.2, not \"" + printable(text) +
                   '"');
}

Counts counted(const Arguments& arguments) {
  const std::vector<std::string>& operands = arguments.operands();
  if (!arguments.has(kCount)) {
    if (operands.size() != 1) throw UsageError("name one file of counts, or give --count CLASS=N");
    return read_counts(operands[0]);
  }
  Counts counts;
  for (const std::string& text : arguments.values(kCount)) add_count(counts, text);
  for (const std::string& text : operands) {
    if (text.find('=') == text.npos) throw UsageError("give a file of counts or --count, not both");
    add_count(counts, text);
  }
  return counts;
}

// The file's answers, as the options change them.
Counts asked(const Arguments& arguments) {
  Counts counts = counted(arguments);
  if (arguments.has(kWhiteCount)) counts.white_count = white_count(arguments.value(kWhiteCount));
  if (arguments.has(kIncludes)) counts.white_count_includes_erythroblasts = true;
  if (arguments.has(kRange)) counts.range = range_set(arguments.value(kRange));
  if (arguments.has(kUnreviewed)) set_unreviewed(counts, arguments.value(kUnreviewed));
  if (arguments.has(kSeveralSmears)) counts.one_smear = false;
  if (arguments.has(kCard)) {
    counts.table = error_rates(arguments.value(kCard), arguments.value(kCardSet));
  } else if (arguments.has(kCardSet)) {
    throw UsageError("--card-set needs --card");
  }
  return counts;
}

// As FHIR wants an instant: to the second, with a zone.
std::string instant(const Arguments& arguments) {
  if (!arguments.has(kTime)) {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    char text[32];
    return std::string(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc));
  }
  const std::string text = arguments.value(kTime);
  constexpr std::string_view kShapes[] = {"0000-00-00T00:00:00Z", "0000-00-00T00:00:00+00:00"};
  for (const std::string_view shape : kShapes) {
    bool fits = text.size() == shape.size();
    for (std::size_t i = 0; fits && i < shape.size(); ++i) {
      const bool is_digit = text[i] >= '0' && text[i] <= '9';
      const bool is_sign = shape[i] == '+' && text[i] == '-';
      fits = shape[i] == '0' ? is_digit : is_sign || text[i] == shape[i];
    }
    if (fits) return text;
  }
  throw UsageError("--time takes an instant such as 2026-01-15T10:30:00Z, not \"" +
                   printable(text) + '"');
}

std::string written(const Arguments& arguments, const Differential& result) {
  if (arguments.has(kJson)) return differential_json(result);
  if (arguments.has(kCsv)) return differential_csv(result);
  if (arguments.has(kFhir)) return differential_fhir(result, instant(arguments));
  return differential_table(result);
}

int run(const Arguments& arguments) {
  const int formats =
      arguments.has(kText) + arguments.has(kJson) + arguments.has(kCsv) + arguments.has(kFhir);
  if (formats > 1) throw UsageError("choose one of --text, --json, --csv and --fhir");
  if (arguments.has(kTime) && !arguments.has(kFhir)) throw UsageError("--time needs --fhir");
  if (arguments.has(kRanges)) {
    Output(arguments.value(kOutputOption)).write(range_set_list());
    return kAllRead;
  }
  const Result<Differential> result = differential(asked(arguments));
  if (!result) throw Fault(printable(error_message(result.error())));
  Output(arguments.value(kOutputOption)).write(written(arguments, *result));
  return kAllRead;
}

}  // namespace

const Command kDifferential{
    "differential",
    "shares, exact intervals and flags of cells that were counted",
    "  leukolens differential [OPTION]... COUNTS.json|-\n"
    "  leukolens differential [OPTION]... --count CLASS=N [CLASS=N]...\n",
    kOptions,
    "  leukolens differential --count neutrophil=118 lymphocyte=56 monocyte=17\n"
    "  leukolens differential --white-count 14.2 --range uk_tdl_2020 counts.json\n"
    "  leukolens differential --card model/cells_card.json --unreviewed all --json counts.json\n",
    "Classes: neutrophil (bands too), lymphocyte, monocyte, eosinophil, basophil,\n"
    "immature_granulocyte, blast, other_or_abnormal and unsure are the 100 %; erythroblast and\n"
    "smudge are told per 100 of them; not_a_white_cell, artefact and platelet are not counted.\n"
    "Intervals are exact (Clopper-Pearson, 95 %), their limits rounded outward: they hold at "
    "least\n"
    "what they promise, which Wilson's shorter ones don't, and they are those of printed tables.\n"
    "COUNTS.json: {\"schema\": \"leukolens-counts/1\", \"counts\": {\"neutrophil\": 118, ...}}; it "
    "may\n"
    "also say own_classes, unreviewed, one_smear, white_count,\n"
    "white_count_includes_erythroblasts and range.\n",
    run};

}  // namespace leukolens::tool
