// The rows of a protocol's set as pictures, and what the nets say of them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/leukolens.h"
#include "tools/leukolens/csv_table.h"
#include "tools/leukolens/prediction.h"
#include "tools/leukolens/protocol.h"

namespace leukolens::tool {

struct Sample {
  std::string path;
  std::size_t truth = 0;          // a label, where the set is one of white cells
  std::string kind = {};          // of a set that is to be refused
  std::string unit, group, fold;  // unit: without folder and ending; empty if unknown
  std::size_t row = 0;            // of the index
  std::optional<Box> box = {};    // given by the index, else found
};

bool matches(const CsvTable& table, std::size_t row, const Where& where);
// By the set's `where` and `where_not`.
bool is_of(const ProtocolSet& set, const CsvTable& table, std::size_t row);
// "images/BloodImage_00001.jpg" -> "BloodImage_00001".
std::string unit_name(const std::string& field);

// Throws Fault: no row, a class that is none of the labels.
std::vector<Sample> select_samples(const ProtocolSet& set, const CsvTable& table,
                                   const std::string& data, const std::vector<std::string>& labels);

// One for each sample. `net_of` gives the path of the net for a fold. Throws Fault: a picture that
// can't be read, a net with other labels. Empty if Ctrl-C was pressed.
using NetOfFold = std::map<std::string, std::string>;
std::vector<Prediction> predict(const std::vector<Sample>& samples, const NetOfFold& net_of,
                                const std::vector<std::string>& labels, const std::string& finder,
                                std::size_t jobs, bool quiet);

// Answer and confidence of a prediction.
Outcome outcome_of(std::size_t truth, const Prediction& prediction);

}  // namespace leukolens::tool
