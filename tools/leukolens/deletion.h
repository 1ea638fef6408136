// The deletion test of the evidence: what it marks, taken away, must lower the class more than as
// much taken away elsewhere.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/report/json.h"
#include "tools/leukolens/figures.h"
#include "tools/leukolens/model_file.h"

namespace leukolens::tool {

struct Sample;

struct DeletionCard {
  std::string name, title;  // of the set the cells come from
  double area = 0;          // share of the square taken away, 0..1
  std::size_t cells = 0;    // with a cell found and an evidence map
  double marked = 0;        // logits the class loses against the others, mean over the cells
  double elsewhere = 0;     // likewise; other places inside the cell's box, mean of several draws
  Estimate marked_loses_more;  // share of cells; Clopper-Pearson
};

// Every sample by one net: `files` as for create_engines. Throws Fault: a picture that can't be
// read, no cell in any.
DeletionCard deletion_card(const std::vector<Sample>& samples, const NetFiles& files);

std::string deletion_markdown(const DeletionCard& card);
void write_deletion(JsonWriter& json, const DeletionCard& card);

}  // namespace leukolens::tool
