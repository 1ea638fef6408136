#include "tools/leukolens/error_rates.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "tools/leukolens/faults.h"
#include "tools/leukolens/files.h"
#include "tools/leukolens/words.h"

namespace leukolens::tool {
namespace {

using nlohmann::json;

// What was not found is in no count of a smear.
constexpr std::string_view kNotFound = "no_cell_found";

AnswerTable table_of(const json& set, const std::string& model) {
  const json& view = set.at("views").at(0);
  const bool by_original = view.contains("per_original");
  const json& confusion = view.at(by_original ? "per_original" : "per_picture").at("confusion");
  AnswerTable table;
  table.source = model + ", " + set.at("title").get<std::string>() +
                 (by_original ? ", per original" : ", per picture");
  for (const auto& [kind, answers] : confusion.items()) {
    table.kinds.push_back(kind);
    if (table.answers.empty()) {
      for (const auto& [answer, cells] : answers.items()) {
        if (answer != kNotFound) table.answers.push_back(answer);
      }
    }
    std::vector<double>& row = table.counts.emplace_back();
    for (const std::string& answer : table.answers) {
      row.push_back(answers.at(answer).get<double>());
    }
  }
  return table;
}

bool is_well_checked(const AnswerTable& table) {
  constexpr double kEnough = 20;
  return std::ranges::all_of(table.counts, [](const std::vector<double>& row) {
    return std::accumulate(row.begin(), row.end(), 0.0) >= kEnough;
  });
}

AnswerTable choose(const json& card, const std::string& name) {
  if (card.value("schema", std::string()) != "leukolens-card/1") {
    throw Fault("this is no model card (leukolens-card/1)");
  }
  const json& identity = card.at("model");
  const std::string model =
      identity.at("name").get<std::string>() + ' ' + identity.at("version").get<std::string>();
  std::string names;
  for (const json& set : card.at("sets")) {
    const AnswerTable table = table_of(set, model);
    const auto own_name = set.at("name").get<std::string>();
    if (name.empty() ? is_well_checked(table) : name == own_name) return table;
    names += (names.empty() ? "" : ", ") + own_name;
  }
  if (names.empty()) throw Fault("the card has no sets");
  if (name.empty()) return table_of(card.at("sets").at(0), model);
  throw Fault("the card has no set \"" + printable(name) + "\", but " + names);
}

}  // namespace

AnswerTable error_rates(const std::string& path, const std::string& name) {
  const std::string text = read_text(path);
  try {
    return choose(json::parse(text), name);
  } catch (const json::parse_error& error) {
    throw Fault(printable(path) + ": this is no JSON (byte " + std::to_string(error.byte) + ")");
  } catch (const json::exception&) {
    throw Fault(printable(path) + ": this is no model card (leukolens-card/1)");
  } catch (const Fault& fault) {
    throw Fault(printable(path) + ": " + fault.what());
  }
}

}  // namespace leukolens::tool
