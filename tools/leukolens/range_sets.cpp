#include "tools/leukolens/range_sets.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/leukolens/faults.h"
#include "tools/leukolens/options.h"
#include "tools/leukolens/words.h"

extern "C" const char leukolens_reference_ranges_begin[];
extern "C" const char leukolens_reference_ranges_end[];

namespace leukolens::tool {
namespace {

using nlohmann::json;

const json& sets() {
  static const json file =
      json::parse(leukolens_reference_ranges_begin, leukolens_reference_ranges_end);
  return file.at("sets");
}

RangeUnit unit_of(const std::string& unit) {
  if (unit == "%") return RangeUnit::kPercent;
  if (unit == "10*9/L") return RangeUnit::kPerLitre;
  throw Fault("\"range\": the unit is \"10*9/L\" or \"%\", not \"" + printable(unit) + '"');
}

std::vector<ReferenceRange> ranges_of(const json& object) {
  if (!object.is_object()) throw Fault("\"range\": \"ranges\" has to be an object");
  std::vector<ReferenceRange> ranges;
  for (const auto& [name, limits] : object.items()) {
    const bool is_pair =
        limits.is_array() && limits.size() == 2 && limits[0].is_number() && limits[1].is_number();
    if (!is_pair) throw Fault("\"range\": " + printable(name) + " has to be [low, high]");
    ranges.push_back({name, limits[0].get<double>(), limits[1].get<double>()});
  }
  return ranges;
}

}  // namespace

RangeSet range_set(const std::string& id) {
  std::string known;
  std::vector<std::string_view> names;
  for (const json& set : sets()) {
    const auto& name = set.at("id").get_ref<const std::string&>();
    names.push_back(name);
    if (name != id) continue;
    return {id,
            set.at("name").at("en").get<std::string>(),
            set.at("population").get<std::string>(),
            set.at("date").get<std::string>(),
            set.at("source").get<std::string>(),
            unit_of(set.at("unit").get<std::string>()),
            ranges_of(set.at("ranges"))};
  }
  std::string text = "there are no ranges named \"" + printable(id) + '"';
  const std::string_view near = nearest(id, names);
  if (!near.empty()) text += "; did you mean " + std::string(near) + '?';
  throw Fault(text + " (leukolens differential --ranges lists them)");
}

RangeSet own_range_set(const json& object) {
  for (const auto& [name, value] : object.items()) {
    constexpr std::string_view kMembers[] = {"name",   "title", "population", "date",
                                             "source", "unit",  "ranges"};
    if (std::ranges::find(kMembers, name) == std::end(kMembers)) {
      throw Fault("\"range\" has an unknown member \"" + printable(name) + '"');
    }
    if (name != "ranges" && !value.is_string()) {
      throw Fault("\"range\": \"" + printable(name) + "\" has to be text");
    }
  }
  if (!object.contains("ranges")) throw Fault("\"range\" lacks \"ranges\"");
  const auto text = [&](const char* name) { return object.value(name, std::string()); };
  return {text("name"),
          text("title"),
          text("population"),
          text("date"),
          text("source"),
          unit_of(object.value("unit", std::string("10*9/L"))),
          ranges_of(object.at("ranges"))};
}

std::string range_set_list() {
  std::string text;
  for (const json& set : sets()) {
    text +=
        padded(set.at("id").get<std::string>(), 24) + padded(set.at("unit").get<std::string>(), 8) +
        set.at("name").at("en").get<std::string>() + " (" +
        set.at("population").get<std::string>() + "; " + set.at("date").get<std::string>() + ")\n";
  }
  return text;
}

}  // namespace leukolens::tool
