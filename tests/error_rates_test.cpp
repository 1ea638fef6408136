// The classifier's error rates as a model card has them.
#include "tools/leukolens/error_rates.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "doctest.h"
#include "tests/temporary_folder.h"
#include "tools/leukolens/faults.h"

using namespace leukolens;
using namespace leukolens::tool;
using nlohmann::ordered_json;

namespace {

ordered_json confusion(int scale) {
  return {{"basophil", {{"basophil", 9 * scale}, {"monocyte", 1 * scale}, {"no_cell_found", 3}}},
          {"monocyte", {{"basophil", 0}, {"monocyte", 10 * scale}, {"no_cell_found", 0}}}};
}

// "few" has ten cells a kind, "many" twenty and more, and there also per original.
ordered_json a_card() {
  const auto set = [](const char* name, int scale) {
    ordered_json one{{"name", name}, {"title", std::string("The ") + name}};
    one["views"] = {{{"name", "all"}, {"per_picture", {{"confusion", confusion(scale)}}}}};
    return one;
  };
  ordered_json card{{"schema", "leukolens-card/1"},
                    {"model", {{"name", "cells"}, {"version", "2.0"}}},
                    {"sets", {set("few", 1), set("many", 2)}}};
  card["sets"][1]["views"][0]["per_original"] = {{"confusion", confusion(3)}};
  return card;
}

AnswerTable rates(const ordered_json& card, const std::string& name = "") {
  const TemporaryFolder folder;
  return error_rates(folder.write("card.json", card.dump()), name);
}

std::string fault_of(const std::string& text, const std::string& name = "") {
  const TemporaryFolder folder;
  const std::string path = folder.write("card.json", text);
  try {
    error_rates(path, name);
  } catch (const Fault& fault) {
    const std::string said = fault.what();
    CHECK(said.starts_with(path + ": "));
    return said.substr(path.size() + 2);
  }
  return "none";
}

}  // namespace

TEST_CASE("error rates count originals where the card does, and never what was not found") {
  const AnswerTable table = rates(a_card());
  CHECK(table.source == "cells 2.0, The many, per original");
  CHECK(table.kinds == std::vector<std::string>{"basophil", "monocyte"});
  CHECK(table.answers == std::vector<std::string>{"basophil", "monocyte"});
  CHECK(table.counts == std::vector<std::vector<double>>{{27, 3}, {0, 30}});
}

TEST_CASE("error rates come from the set that is named, else from the first with 20 of each kind") {
  CHECK(rates(a_card(), "few").source == "cells 2.0, The few, per picture");
  ordered_json card = a_card();
  card["sets"].erase(1);
  CHECK(rates(card).source == "cells 2.0, The few, per picture");
}

TEST_CASE("a card without error rates says so") {
  CHECK(fault_of("{\"schema\"") == "this is no JSON (byte 10)");
  CHECK(fault_of("{}") == "this is no model card (leukolens-card/1)");
  ordered_json card = a_card();
  CHECK(fault_of(card.dump(), "most") == "the card has no set \"most\", but few, many");
  card["sets"] = ordered_json::array();
  CHECK(fault_of(card.dump()) == "the card has no sets");
  card = a_card();
  card["sets"][0].erase("views");
  CHECK(fault_of(card.dump()) == "this is no model card (leukolens-card/1)");
}
