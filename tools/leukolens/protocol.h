// Evaluation protocols: which pictures of which data sets, read by which net, counted how. A
// protocol is a small JSON file of model/protocols/; its members are named like those below.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tools/leukolens/card.h"

namespace leukolens::tool {

// Rows whose column holds one of the values, for each column named.
using Where = std::map<std::string, std::vector<std::string>>;

// A part of a set, reported beside the whole.
struct ProtocolSubset {
  std::string name, title;
  Where where_not;  // rows left out; empty: none
  // Rows of another index whose unit (the file's name without folder and ending) is left out.
  std::string listed_index, listed_column;
  Where listed_where;
  // Units that the nets of another set answer otherwise than labelled, above this probability.
  std::string contradicted_by;
  double contradicted_above = 0.9;
};

struct ProtocolSet {
  std::string name, title, about;
  std::string index, path_prefix;  // below the data folder
  Where where, where_not;
  std::string label_column, unit_column, group_column;
  std::string box_column;  // empty: cells are found; else x y width height of each
  // "shipped", or the name of one of the nets without its ending; a column's name in braces stands
  // for the row's value: "fold{fold}".
  std::string net = "shipped";
  std::vector<ProtocolSubset> subsets;
  // A set of what is to be refused: compared with the white cells of this set; its pictures are of
  // one kind, or of that which the label column says.
  std::string white_set, kind;
  bool unseen = false;    // its net hasn't seen the kind, and reads the white cells too
  bool deletion = false;  // its cells by the shipped net are put to the evidence's deletion test
  bool empty_places = false;  // ... and of each field a place without a white cell is shown
  // A set of sound pictures by which the warnings are judged; only the members up to where_not, net
  // and foreign count then.
  bool quality = false;
  bool foreign = false;  // of a laboratory the net hasn't seen: its stain is rightly warned of
  // A set of fields for the finder: how its boxes are written, "yolo" or "voc"; empty: cells. Only
  // the members up to where_not, group_column and these count then.
  std::string boxes;
  Where not_grouped_with;     // rows whose groups are left out
  std::vector<double> sizes;  // at which the fields are shown as well
};

struct Protocol {
  std::string title, int8_model;  // path of the int8 twin of the shipped net; may be empty
  std::string finder;             // as NetFiles::finder
  std::size_t resamples = 2000;
  std::uint64_t seed = 1;
  std::vector<std::string> data, limits;  // paragraphs for the card
  std::vector<ProtocolSet> sets;
  std::vector<Gate> gates;
  std::string ablation;  // path of what leukolens-train --trials has written; may be empty
};

// `only`: names of sets with commas between, or empty for all. Throws Fault.
Protocol read_protocol(const std::string& path, const std::string& only);

struct ProtocolRun {
  std::string data, nets, model;  // nets may be empty: sets with folds are left out
  std::size_t jobs = 1;
  bool quiet = false;
};

// Throws Fault: a picture, index or net that is missing or can't be read.
CardData run_protocol(const Protocol& protocol, const ProtocolRun& run);

}  // namespace leukolens::tool
