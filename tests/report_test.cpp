// What leaves the program: JSON lines and CSV.
#include "core/report/report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/report/csv.h"
#include "core/report/json.h"
#include "doctest.h"

namespace leukolens {
namespace {

ModelIdentity some_model() {
  return {"four", "1.0.0", std::string(64, 'a'), {"eosinophil", "neutrophil"}};
}

Reading some_reading() {
  Reading reading;
  reading.width = 320;
  reading.height = 240;
  reading.format = PictureFormat::kJpeg;
  reading.warnings = {Warning::kGrey};
  reading.cells.push_back({{-2, 3, 40, 50}, 1, Verdict::kClassified, {0.25f, 0.75f}});
  reading.times = {1.5, 0.5, 0.25};
  return reading;
}

std::vector<std::string> keys_of(const nlohmann::ordered_json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST_CASE("a reading as JSON has the promised members, in order") {
  const auto json = nlohmann::ordered_json::parse(to_json("a.jpg", some_reading(), some_model()));
  CHECK(keys_of(json) == std::vector<std::string>{"schema", "file", "model", "image", "cells",
                                                  "time_ms", "intended_use"});
  CHECK(json["schema"] == "leukolens/1");
  CHECK(keys_of(json["model"]) == std::vector<std::string>{"name", "version", "sha256"});
  CHECK(json["image"]["format"] == "JPEG");
  CHECK(json["image"]["decoder"] == "stb_image");
  CHECK(json["image"]["warnings"] == nlohmann::json{"grey_picture"});
  const auto& cell = json["cells"][0];
  CHECK(cell["box"] == nlohmann::json{-2, 3, 40, 50});
  CHECK(cell["class"] == "neutrophil");
  CHECK(cell["verdict"] == "classified");
  CHECK(cell["probabilities"]["eosinophil"] == 0.25);
  CHECK(cell["probabilities"]["neutrophil"] == 0.75);
  CHECK(keys_of(json["time_ms"]) == std::vector<std::string>{"decode", "find", "classify"});
  CHECK(json["intended_use"] == std::string(kIntendedUse));
}

TEST_CASE("a net that can refuse says how near each cell came to it, in JSON and CSV") {
  ModelIdentity model = some_model();
  model.sides = {"other_or_abnormal", "not_a_white_cell"};
  Reading reading = some_reading();
  reading.cells[0].sides = {0.125f, 0.5f};
  const auto json = nlohmann::ordered_json::parse(to_json("a.jpg", reading, model));
  CHECK(keys_of(json["cells"][0]).back() == "refusal");
  CHECK(json["cells"][0]["refusal"]["other_or_abnormal"] == 0.125);
  CHECK(json["cells"][0]["refusal"]["not_a_white_cell"] == 0.5);
  const auto commas = [](const std::string& line) {
    return std::count(line.begin(), line.end(), ',');
  };
  const std::string head = csv_header(model), row = csv_rows("a.jpg", reading, model);
  CHECK(head.find("p_neutrophil,p_other_or_abnormal,p_not_a_white_cell,decode_ms") != head.npos);
  CHECK(row.find("0.75,0.125,0.5,") != row.npos);
  reading.cells.clear();
  CHECK(commas(csv_rows("a.jpg", reading, model)) == commas(row));
}

TEST_CASE("an error as JSON names code and message") {
  const Error error{ErrorCode::kForeignFormat, "a TIFF file"};
  const auto json = nlohmann::json::parse(to_json("scan \"1\".tif", error));
  CHECK(json["file"] == "scan \"1\".tif");
  CHECK(json["error"]["code"] == "foreign_format");
  CHECK(json["error"]["message"] == "this is a TIFF file; save it as PNG or JPEG and try again");
}

TEST_CASE("file names of any bytes give valid JSON") {
  std::string name = "tab\t quote\" back\\slash \x01 \xff \xc3\xa9 \xed\xa0\x80";
  const auto json = nlohmann::json::parse(to_json(name, "code", "message"));
  CHECK(json["file"] ==
        "tab\t quote\" back\\slash \x01 \xef\xbf\xbd \xc3\xa9 "
        "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("numbers in JSON read back as the same numbers") {
  for (const float value : {0.1f, 1.0f / 3, 1e-20f, 0.99999994f}) {
    CHECK(nlohmann::json::parse(json_number(value)).get<float>() == value);
  }
  CHECK(json_number(1.0 / 0.0) == "null");
}

TEST_CASE("CSV fields are quoted where needed and never a formula") {
  CHECK(csv_text("plain.png") == "plain.png");
  CHECK(csv_text("a,b \"c\"") == "\"a,b \"\"c\"\"\"");
  for (const std::string start : {"=", "+", "-", "@"}) {
    CHECK(csv_text(start + "1") == "'" + start + "1");
  }
}

TEST_CASE("every CSV line has as many fields as the header") {
  const ModelIdentity model = some_model();
  const auto fields = [](const std::string& line) {
    std::size_t n = 1;
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') quoted = !quoted;
      if (c == ',' && !quoted) ++n;
    }
    return n;
  };
  const std::size_t wanted = fields(csv_header(model));
  CHECK(wanted > 15);
  CHECK(fields(csv_rows("a,b.jpg", some_reading(), model)) == wanted);
  Reading empty = some_reading();
  empty.cells.clear();
  CHECK(fields(csv_rows("a.jpg", empty, model)) == wanted);
  CHECK(fields(csv_row("a.jpg", "code", "a, b", model)) == wanted);
  CHECK(csv_rows("a.jpg", some_reading(), model).ends_with("\r\n"));
}

}  // namespace
}  // namespace leukolens
