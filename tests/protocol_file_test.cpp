// Protocols as files: what is read, and that no mistake in one is overlooked.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "doctest.h"
#include "tests/temporary_folder.h"
#include "tools/leukolens/faults.h"
#include "tools/leukolens/protocol.h"

using namespace leukolens::tool;
using nlohmann::json;

namespace {

json a_set(const std::string& name) {
  return {{"name", name},
          {"title", "The set"},
          {"index", "a/index.csv"},
          {"label_column", "class"},
          {"unit_column", "original"},
          {"group_column", "group"},
          {"net", "shipped"}};
}

json a_protocol() {
  return {{"schema", "leukolens-protocol/1"}, {"title", "A trial"}, {"sets", {a_set("one")}}};
}

Protocol read(const json& protocol, const std::string& only = "") {
  const TemporaryFolder folder;
  return read_protocol(folder.write("p.json", protocol.dump()), only);
}

// The message without the file's path, which differs from run to run.
std::string fault_of_text(const std::string& text, const std::string& only = "") {
  const TemporaryFolder folder;
  const std::string path = folder.write("p.json", text);
  try {
    read_protocol(path, only);
  } catch (const Fault& fault) {
    const std::string what = fault.what();
    if (!what.starts_with(path + ": ")) return what;
    return what.substr(path.size() + 2);
  }
  return "none";
}

std::string fault_of(const json& protocol, const std::string& only = "") {
  return fault_of_text(protocol.dump(), only);
}

json with(json protocol, const char* member, const json& value) {
  protocol[member] = value;
  return protocol;
}

json with_set(const char* member, const json& value) {
  json protocol = a_protocol();
  protocol["sets"][0][member] = value;
  return protocol;
}

json without_of_set(const char* member) {
  json protocol = a_protocol();
  protocol["sets"][0].erase(member);
  return protocol;
}

}  // namespace

TEST_CASE("a protocol is read with every member, and what is left out has its default") {
  const Protocol plain = read(a_protocol());
  CHECK(plain.title == "A trial");
  CHECK(plain.resamples == 2000);
  CHECK(plain.seed == 1);
  CHECK(plain.int8_model.empty());
  REQUIRE(plain.sets.size() == 1);
  CHECK(plain.sets[0].net == "shipped");
  CHECK(plain.sets[0].box_column.empty());
  CHECK(plain.sets[0].subsets.empty());

  json full = a_protocol();
  full["resamples"] = 50;
  full["seed"] = 7;
  full["finder"] = "rule";
  full["data"] = {"first", "second"};
  full["sets"][0]["where"] = {{"split", {"test", "val"}}};
  full["sets"][0]["where_not"] = {{"leaked", {"1"}}};
  full["sets"][0]["box_column"] = "box";
  full["sets"][0]["net"] = "fold{fold}";
  full["sets"][0]["subsets"] = {
      {{"name", "clean"},
       {"title", "Clean"},
       {"where_not", {{"leaked", {"1"}}}},
       {"not_listed",
        {{"index", "b.csv"}, {"column", "original"}, {"where", {{"split", {"train"}}}}}},
       {"not_contradicted_by", {{"set", "one"}, {"above", 0.75}}}}};
  const Protocol read_back = read(full);
  CHECK(read_back.resamples == 50);
  CHECK(read_back.seed == 7);
  CHECK(read_back.finder == "rule");
  CHECK(read_back.data == std::vector<std::string>{"first", "second"});
  const ProtocolSet& set = read_back.sets[0];
  CHECK(set.where.at("split") == std::vector<std::string>{"test", "val"});
  CHECK(set.where_not.at("leaked") == std::vector<std::string>{"1"});
  CHECK(set.box_column == "box");
  CHECK(set.net == "fold{fold}");
  REQUIRE(set.subsets.size() == 1);
  const ProtocolSubset& subset = set.subsets[0];
  CHECK(subset.name == "clean");
  CHECK(subset.title == "Clean");
  CHECK(subset.where_not.at("leaked") == std::vector<std::string>{"1"});
  CHECK(subset.listed_index == "b.csv");
  CHECK(subset.listed_column == "original");
  CHECK(subset.listed_where.at("split") == std::vector<std::string>{"train"});
  CHECK(subset.contradicted_by == "one");
  CHECK(subset.contradicted_above == doctest::Approx(0.75));
}

TEST_CASE("a set for the warnings needs neither labels nor groups") {
  json protocol = a_protocol();
  protocol["sets"][0] = {{"name", "sound"},    {"title", "Sound"}, {"index", "a.csv"},
                         {"net", "without-a"}, {"quality", true},  {"foreign", true}};
  const ProtocolSet set = read(protocol).sets[0];
  CHECK(set.quality);
  CHECK(set.foreign);
  CHECK(set.net == "without-a");
}

TEST_CASE("a path in a protocol is meant from where the protocol lies") {
  const TemporaryFolder folder;
  const json protocol = with(a_protocol(), "int8_model", "../net_int8.tflite");
  const std::string path = folder.write("protocols/p.json", protocol.dump());
  CHECK(read_protocol(path, "").int8_model == folder.path("net_int8.tflite"));
}

TEST_CASE("a misspelt or missing member of a protocol is named with its place") {
  CHECK(fault_of_text("{").find("parse error") != std::string::npos);
  CHECK(fault_of(with(a_protocol(), "schema", "leukolens-protocol/2")) ==
        "\"schema\" must be \"leukolens-protocol/1\"");
  CHECK(fault_of(with(a_protocol(), "resample", 3)) ==
        "the protocol has an unknown member \"resample\"");
  CHECK(fault_of(with(a_protocol(), "title", "")) == "the protocol lacks \"title\"");
  CHECK(fault_of(with_set("were", json::object())) ==
        "the set \"one\" has an unknown member \"were\"");
  for (const char* member :
       {"title", "index", "label_column", "unit_column", "group_column", "net"}) {
    CHECK(fault_of(without_of_set(member)) ==
          "the set \"one\" lacks \"" + std::string(member) + '"');
  }
  CHECK(fault_of(without_of_set("name")) == "the set \"\" lacks \"name\"");
  CHECK(fault_of(with_set("where", {{"split", "test"}})).find("type must be array") !=
        std::string::npos);
  CHECK(fault_of(with_set("subsets", {{{"name", "x"}, {"title", "X"}, {"when", 1}}})) ==
        "the set \"one\" has an unknown member \"when\"");
  CHECK(fault_of(with_set("subsets", {{{"name", "x"}}})) == "the set \"one\" lacks \"title\"");
  CHECK(fault_of(with_set("boxes", "coco")) ==
        "the set \"one\": boxes are yolo or voc, not \"coco\"");
}

TEST_CASE("a set of fields needs boxes and sizes that can be shown, and no classes") {
  json protocol = a_protocol();
  protocol["sets"][0] = {{"name", "fields"},        {"title", "Fields"}, {"index", "i.csv"},
                         {"group_column", "group"}, {"boxes", "voc"},    {"sizes", {0.4, 2.2}}};
  const Protocol fields = read(protocol);
  CHECK(fields.sets[0].boxes == "voc");
  CHECK(fields.sets[0].sizes == std::vector<double>{0.4, 2.2});
  for (const double size : {0.05, 4.5, -1.0}) {
    protocol["sets"][0]["sizes"] = {size};
    CHECK(fault_of(protocol) == "the set \"fields\": sizes are from 0.1 to 4");
  }
}

TEST_CASE("only the sets that are asked for are run, in the order asked") {
  json protocol = a_protocol();
  protocol["sets"] = {a_set("one"), a_set("two"), a_set("three")};
  const Protocol some = read(protocol, "three,one");
  REQUIRE(some.sets.size() == 2);
  CHECK(some.sets[0].name == "three");
  CHECK(some.sets[1].name == "one");
  CHECK(fault_of(protocol, "one,for") == "the protocol has no set \"for\"");
  CHECK(fault_of(protocol, "one,") == "the protocol has no set \"\"");
}

TEST_CASE("an aim has one bound and a way to combine") {
  const json gate = {
      {"title", "Sure"}, {"measure", "accuracy"}, {"of", {"one"}}, {"at_least", 0.9}};
  const Protocol protocol = read(with(a_protocol(), "gates", json::array({gate})));
  REQUIRE(protocol.gates.size() == 1);
  CHECK(protocol.gates[0].at_least == doctest::Approx(0.9));
  CHECK(protocol.gates[0].combine == "worst");
  CHECK(fault_of(with(a_protocol(), "gates", json::array({with(gate, "at_most", 1)}))) ==
        "the gate \"Sure\" needs either at_least or at_most");
  json without_bound = gate;
  without_bound.erase("at_least");
  CHECK(fault_of(with(a_protocol(), "gates", json::array({without_bound}))) ==
        "the gate \"Sure\" needs either at_least or at_most");
  CHECK(fault_of(with(a_protocol(), "gates", json::array({with(gate, "combine", "best")}))) ==
        "the gate \"Sure\": combine is worst or mean, not \"best\"");
}

TEST_CASE("every protocol that is shipped can be read") {
  int read_count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/model/protocols")) {
    CAPTURE(entry.path().string());
    const Protocol protocol = read_protocol(entry.path().string(), "");
    CHECK(!protocol.sets.empty());
    CHECK(protocol.resamples >= 200);
    ++read_count;
  }
  CHECK(read_count >= 3);
  CHECK(!read_protocol(SOURCE_DIR "/tests/data/sample.json", "").sets.empty());
}
