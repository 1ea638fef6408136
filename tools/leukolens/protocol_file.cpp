// Reads a protocol: JSON -> Protocol, with every mistake named.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tools/leukolens/faults.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/protocol.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

using nlohmann::json;

// A misspelt member would otherwise be overlooked, and with it a condition.
void only_members(const json& object, const std::string& place,
                  std::initializer_list<std::string_view> known) {
  if (!object.is_object()) throw Fault(place + " must be an object");
  for (const auto& [name, value] : object.items()) {
    if (std::ranges::find(known, name) == known.end()) {
      throw Fault(place + " has an unknown member \"" + name + '"');
    }
  }
}

std::string text(const json& object, const char* name) { return object.value(name, std::string()); }

std::string needed_text(const json& object, const std::string& place, const char* name) {
  if (text(object, name).empty()) throw Fault(place + " lacks \"" + name + '"');
  return text(object, name);
}

Where where(const json& object, const char* name) {
  return object.contains(name) ? object.at(name).get<Where>() : Where();
}

ProtocolSubset read_subset(const json& object, const std::string& place) {
  only_members(object, place, {"name", "title", "where_not", "not_listed", "not_contradicted_by"});
  ProtocolSubset subset;
  subset.name = needed_text(object, place, "name");
  subset.title = needed_text(object, place, "title");
  subset.where_not = where(object, "where_not");
  if (object.contains("not_listed")) {
    const json& listed = object.at("not_listed");
    only_members(listed, place + ": not_listed", {"index", "where", "column"});
    subset.listed_index = needed_text(listed, place, "index");
    subset.listed_column = needed_text(listed, place, "column");
    subset.listed_where = where(listed, "where");
  }
  if (object.contains("not_contradicted_by")) {
    const json& contradicted = object.at("not_contradicted_by");
    only_members(contradicted, place + ": not_contradicted_by", {"set", "above"});
    subset.contradicted_by = needed_text(contradicted, place, "set");
    subset.contradicted_above = contradicted.at("above").get<double>();
  }
  return subset;
}

ProtocolSet field_set(const json& object, const std::string& place, ProtocolSet set) {
  if (set.boxes != "yolo" && set.boxes != "voc") {
    throw Fault(place + ": boxes are yolo or voc, not \"" + set.boxes + '"');
  }
  set.not_grouped_with = where(object, "not_grouped_with");
  set.sizes = object.value("sizes", set.sizes);
  for (const double size : set.sizes) {
    if (!(size >= 0.1 && size <= 4)) throw Fault(place + ": sizes are from 0.1 to 4");
  }
  return set;
}

ProtocolSet read_set(const json& object) {
  const std::string place = "the set \"" + text(object, "name") + '"';
  only_members(object, place, {"name",         "title",           "about",
                               "index",        "path_prefix",     "where",
                               "where_not",    "label_column",    "unit_column",
                               "group_column", "box_column",      "net",
                               "subsets",      "boxes",           "not_grouped_with",
                               "sizes",        "refused_against", "kind",
                               "empty_places", "deletion",        "quality",
                               "foreign",      "unseen"});
  ProtocolSet set;
  set.name = needed_text(object, place, "name");
  set.title = needed_text(object, place, "title");
  set.about = text(object, "about");
  set.index = needed_text(object, place, "index");
  set.path_prefix = text(object, "path_prefix");
  set.where = where(object, "where");
  set.where_not = where(object, "where_not");
  set.quality = object.value("quality", false);
  if (set.quality) {
    set.net = object.value("net", set.net);
    set.foreign = object.value("foreign", false);
    return set;
  }
  set.group_column = needed_text(object, place, "group_column");
  set.boxes = text(object, "boxes");
  if (!set.boxes.empty()) return field_set(object, place, std::move(set));
  set.white_set = text(object, "refused_against");
  set.unseen = object.value("unseen", false);
  if (set.unseen && set.white_set.empty()) throw Fault(place + ": unseen needs refused_against");
  set.kind = text(object, "kind");
  set.deletion = object.value("deletion", false);
  set.empty_places = object.value("empty_places", false);
  if (set.kind.empty()) set.label_column = needed_text(object, place, "label_column");
  set.unit_column = needed_text(object, place, "unit_column");
  set.box_column = text(object, "box_column");
  set.net = needed_text(object, place, "net");
  for (const json& subset : object.value("subsets", json::array())) {
    set.subsets.push_back(read_subset(subset, place));
  }
  return set;
}

Gate read_gate(const json& object) {
  const std::string place = "the gate \"" + text(object, "title") + '"';
  only_members(object, place, {"title", "measure", "of", "combine", "at_least", "at_most"});
  Gate gate;
  gate.title = needed_text(object, place, "title");
  gate.measure = needed_text(object, place, "measure");
  gate.of = object.value("of", gate.of);
  gate.combine = object.value("combine", gate.combine);
  gate.at_least = object.value("at_least", gate.at_least);
  gate.at_most = object.value("at_most", gate.at_most);
  if (gate.combine != "worst" && gate.combine != "mean") {
    throw Fault(place + ": combine is worst or mean, not \"" + gate.combine + '"');
  }
  if (object.contains("at_least") == object.contains("at_most")) {
    throw Fault(place + " needs either at_least or at_most");
  }
  return gate;
}

Protocol read(const json& object, const std::filesystem::path& folder) {
  only_members(object, "the protocol",
               {"schema", "title", "int8_model", "finder", "resamples", "seed", "data", "limits",
                "sets", "gates", "ablation"});
  if (text(object, "schema") != "leukolens-protocol/1") {
    throw Fault("\"schema\" must be \"leukolens-protocol/1\"");
  }
  Protocol protocol;
  protocol.title = needed_text(object, "the protocol", "title");
  protocol.finder = text(object, "finder");
  const std::string int8 = text(object, "int8_model");
  if (!int8.empty()) protocol.int8_model = (folder / int8).lexically_normal().string();
  protocol.resamples = object.value("resamples", protocol.resamples);
  protocol.seed = object.value("seed", protocol.seed);
  protocol.data = object.value("data", protocol.data);
  protocol.limits = object.value("limits", protocol.limits);
  for (const json& set : object.at("sets")) protocol.sets.push_back(read_set(set));
  for (const json& gate : object.value("gates", json::array())) {
    protocol.gates.push_back(read_gate(gate));
  }
  const std::string ablation = text(object, "ablation");
  if (!ablation.empty()) protocol.ablation = (folder / ablation).lexically_normal().string();
  return protocol;
}

void keep_only(Protocol& protocol, const std::string& names) {
  std::vector<ProtocolSet> kept;
  for (std::size_t start = 0; start <= names.size();) {
    const std::size_t stop = std::min(names.find(',', start), names.size());
    const std::string name = names.substr(start, stop - start);
    const auto set = std::ranges::find(protocol.sets, name, &ProtocolSet::name);
    if (set == protocol.sets.end()) {
      throw Fault("the protocol has no set \"" + printable(name) + '"');
    }
    kept.push_back(*set);
    start = stop + 1;
  }
  protocol.sets = kept;
}

}  // namespace

Protocol read_protocol(const std::string& path, const std::string& only) {
  try {
    Protocol protocol =
        read(json::parse(read_text(path)), std::filesystem::path(path).parent_path());
    if (!only.empty()) keep_only(protocol, only);
    return protocol;
  } catch (const json::exception& error) {
    throw Fault(printable(path) + ": " + error.what());
  } catch (const Fault& fault) {
    const std::string text = fault.what();
    throw Fault(text.starts_with(printable(path)) ? text : printable(path) + ": " + text);
  }
}

}  // namespace leukolens::tool
