#include "tools/leukolens/counts_file.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "tools/leukolens/faults.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/options.h"
#include "tools/leukolens/range_sets.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

using nlohmann::json;

constexpr std::string_view kSchemaName = "leukolens-counts/1";
constexpr std::string_view kMembers[] = {"schema",
                                         "counts",
                                         "own_classes",
                                         "unreviewed",
                                         "one_smear",
                                         "white_count",
                                         "white_count_includes_erythroblasts",
                                         "range",
                                         "models"};

std::string normal_name(std::string_view text) {
  std::string name = lower_case(text);
  std::ranges::replace(name, ' ', '_');
  std::ranges::replace(name, '-', '_');
  return name;
}

// Why a name is no class, with the class it may mean.
std::string unknown_class(const std::string& text) {
  const std::string name = normal_name(text);
  if (name.find("band") != name.npos || name.find("segment") != name.npos) {
    return '"' + printable(text) + "\" is no class of its own here; count it as neutrophil";
  }
  std::vector<std::string_view> names;
  for (const KnownClass& known : known_classes()) names.push_back(known.name);
  std::string sentence = "there is no class \"" + printable(text) + '"';
  const std::string_view near = nearest(name, names);
  if (!near.empty()) sentence += "; did you mean " + std::string(near) + '?';
  return sentence;
}

const KnownClass* known_class(const std::string& text) {
  const auto found = std::ranges::find(known_classes(), normal_name(text), &KnownClass::name);
  return found == known_classes().end() ? nullptr : &*found;
}

std::uint64_t whole_number(const json& value, const std::string& name) {
  constexpr std::uint64_t kMost = 1'000'000;
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kMost) {
    throw Fault(printable(name) + " has to be a whole number from 0 to 1000000");
  }
  return value.get<std::uint64_t>();
}

bool yes_or_no(const json& file, const char* name, bool fallback) {
  if (!file.contains(name)) return fallback;
  if (!file.at(name).is_boolean()) {
    throw Fault(std::string("\"") + name + "\" has to be true or false");
  }
  return file.at(name).get<bool>();
}

Counting own_counting(const json& file, const std::string& name) {
  if (!file.contains("own_classes") || !file.at("own_classes").contains(name)) {
    const std::string why = unknown_class(name);
    throw Fault("\"counts\": " + why + (why.ends_with('?') ? "" : ".") +
                " A class of your own has to be in \"own_classes\", too");
  }
  const json& way = file.at("own_classes").at(name);
  const auto counting = counting_of(way.is_string() ? way.get<std::string>() : std::string());
  if (!counting) {
    throw Fault("\"own_classes\": " + printable(name) + " has to be in_n, per_100 or outside");
  }
  return *counting;
}

void read_classes(const json& file, Counts& counts) {
  if (!file.contains("counts") || !file.at("counts").is_object()) {
    throw Fault("\"counts\" has to be an object such as {\"neutrophil\": 118}");
  }
  if (file.contains("own_classes") && !file.at("own_classes").is_object()) {
    throw Fault("\"own_classes\" has to be an object such as {\"plasma cell\": \"in_n\"}");
  }
  for (const auto& [name, cells] : file.at("counts").items()) {
    const auto known = std::ranges::find(known_classes(), name, &KnownClass::name);
    const Counting counting =
        known != known_classes().end() ? known->counting : own_counting(file, name);
    counts.classes.push_back({name, counting, whole_number(cells, "\"counts\": " + name)});
  }
}

void mark_all_unreviewed(Counts& counts) {
  for (ClassCount& row : counts.classes) row.unreviewed = row.cells;
}

void read_unreviewed(const json& file, Counts& counts) {
  if (!file.contains("unreviewed")) return;
  const json& given = file.at("unreviewed");
  if (given == "all") {
    mark_all_unreviewed(counts);
  } else if (given.is_number()) {
    counts.unreviewed_elsewhere = whole_number(given, "\"unreviewed\"");
  } else if (given.is_object()) {
    for (const auto& [name, cells] : given.items()) {
      const auto row = std::ranges::find(counts.classes, name, &ClassCount::name);
      if (row == counts.classes.end()) {
        throw Fault("\"unreviewed\": " + printable(name) + " is not among the counts");
      }
      row->unreviewed = whole_number(cells, "\"unreviewed\": " + name);
    }
  } else {
    throw Fault("\"unreviewed\" has to be a number, an object by class, or \"all\"");
  }
}

void read_white_count(const json& file, Counts& counts) {
  counts.white_count_includes_erythroblasts =
      yes_or_no(file, "white_count_includes_erythroblasts", false);
  if (!file.contains("white_count") || file.at("white_count").is_null()) return;
  if (!file.at("white_count").is_number()) {
    throw Fault("\"white_count\" has to be a number in 10^9/L");
  }
  counts.white_count = file.at("white_count").get<double>();
}

void read_range(const json& file, Counts& counts) {
  if (!file.contains("range") || file.at("range").is_null()) return;
  const json& given = file.at("range");
  if (given.is_string()) {
    counts.range = range_set(given.get<std::string>());
  } else if (given.is_object()) {
    counts.range = own_range_set(given);
  } else {
    throw Fault("\"range\" has to be a name or an object with \"name\" and \"ranges\"");
  }
}

std::string member_text(const json& object, const char* name) {
  if (object.is_object() && object.contains(name) && object.at(name).is_string()) {
    return object.at(name).get<std::string>();
  }
  throw Fault("each of \"models\" has to have \"name\", \"version\" and \"sha256\"");
}

void read_models(const json& file, Counts& counts) {
  if (!file.contains("models")) return;
  if (!file.at("models").is_array()) throw Fault("\"models\" has to be a list");
  for (const json& model : file.at("models")) {
    counts.models.push_back(
        {member_text(model, "name"), member_text(model, "version"), member_text(model, "sha256")});
  }
}

Counts read(const json& file) {
  if (!file.is_object()) throw Fault("this is no object with counts");
  const std::string schema =
      file.contains("schema") && file.at("schema").is_string() ? file.at("schema") : json("none");
  if (schema != kSchemaName) {
    throw Fault("its schema is " + printable(schema) + ", not " + std::string(kSchemaName));
  }
  for (const auto& [name, value] : file.items()) {
    if (std::ranges::find(kMembers, name) == std::end(kMembers)) {
      std::string text = "there is no member \"" + printable(name) + '"';
      const std::string_view near = nearest(name, kMembers);
      if (!near.empty()) text += "; did you mean \"" + std::string(near) + "\"?";
      throw Fault(text);
    }
  }
  Counts counts;
  read_classes(file, counts);
  read_unreviewed(file, counts);
  read_white_count(file, counts);
  read_range(file, counts);
  read_models(file, counts);
  counts.one_smear = yes_or_no(file, "one_smear", true);
  return counts;
}

}  // namespace

Counts read_counts(const std::string& path) {
  const std::string text = read_text(path);
  const std::string name = path == "-" ? "the standard input" : printable(path);
  try {
    return read(json::parse(text));
  } catch (const json::parse_error& error) {
    throw Fault(name + ": this is no JSON (byte " + std::to_string(error.byte) + ")");
  } catch (const Fault& fault) {
    throw Fault(name + ": " + fault.what());
  }
}

void add_count(Counts& counts, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  std::uint64_t cells = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] =
      std::from_chars(text.data() + std::min(equals, text.size() - 1) + 1, end, cells);
  if (equals == text.npos || error != std::errc() || stop != end) {
    throw UsageError("--count takes a class and a number, such as neutrophil=118, not \"" +
                     printable(text) + '"');
  }
  const KnownClass* known = known_class(name);
  if (!known) throw UsageError(unknown_class(name));
  counts.classes.push_back({std::string(known->name), known->counting, cells});
}

void set_unreviewed(Counts& counts, const std::string& text) {
  if (text == "all") return mark_all_unreviewed(counts);
  std::uint64_t cells = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, cells);
  if (error != std::errc() || stop != end) {
    throw UsageError("--unreviewed takes a number of cells or all, not \"" + printable(text) + '"');
  }
  counts.unreviewed_elsewhere = cells;
}

}  // namespace leukolens::tool
