#include "tools/trainer/field_sources.h"

#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "tools/boxes/boxes.h"
#include "tools/trainer/csv_index.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;

const std::string kBccd = "bccd:";  // before the name of a picture, in TXL's columns

std::string stem(const std::string& file) { return fs::path(file).stem().string(); }

// Pictures of BCCD that are looked at for choosing or for the release, with all that overlap them.
std::set<std::string> closed_of_bccd(const CsvIndex& index) {
  std::set<std::string> groups, names;
  for (std::size_t row = 0; row < index.size(); ++row) {
    const std::string& split = index.of(row, "box_split");
    const bool closed =
        split == "val" || split == "test" || index.of(row, "kaggle_split") == "test";
    if (closed) groups.insert(index.of(row, "group"));
  }
  for (std::size_t row = 0; row < index.size(); ++row) {
    if (groups.count(index.of(row, "group"))) names.insert(stem(index.of(row, "file")));
  }
  return names;
}

// The same for TXL, by group.
std::set<std::string> closed_of_txl(const CsvIndex& index, const std::set<std::string>& bccd) {
  std::set<std::string> groups;
  for (std::size_t row = 0; row < index.size(); ++row) {
    if (index.of(row, "split") != "train") groups.insert(index.of(row, "group"));
  }
  for (const std::string& name : bccd) groups.insert(kBccd + name);
  return groups;
}

std::vector<FieldBox> relative_boxes(const fs::path& file) {
  std::vector<FieldBox> all;
  for (const boxes::RelativeBox& box : boxes::read_yolo(file)) {
    if (box.kind < 0 || box.kind > 2) {
      throw std::runtime_error(file.string() + ": there is no kind " + std::to_string(box.kind));
    }
    all.push_back({static_cast<Kind>(box.kind), box.x, box.y, box.width, box.height});
  }
  return all;
}

// Nothing if one of the boxes has a name that says nothing ("dog", "P": slips of the labellers),
// for then the picture isn't labelled whole.
std::optional<std::vector<FieldBox>> boxes_of_voc(const fs::path& file) {
  static const std::map<std::string, Kind> kinds = {
      {"WBC", Kind::kWhiteCell},
      {"RBC", Kind::kRedCell},
      {"Platelets", Kind::kPlatelet},
      {"Platlets", Kind::kPlatelet}};  // as Bio-net writes it
  std::vector<FieldBox> all;
  for (const boxes::NamedBox& named : boxes::read_voc(file)) {
    const auto kind = kinds.find(named.name);
    if (kind == kinds.end()) return std::nullopt;
    const Box& box = named.box;
    all.push_back(
        {kind->second, double(box.x), double(box.y), double(box.width), double(box.height)});
  }
  return all;
}

void append_labelled(FieldPicture field, const fs::path& voc, std::vector<FieldPicture>& fields) {
  auto boxes = boxes_of_voc(voc);
  if (!boxes) return;
  field.boxes = std::move(*boxes);
  fields.push_back(std::move(field));
}

// Where a picture lies that TXL has a copy of, relative to the data folder.
std::map<std::string, std::string> files_by_name(const fs::path& data, const std::string& set) {
  std::map<std::string, std::string> files;
  const CsvIndex index(data / set);
  for (std::size_t row = 0; row < index.size(); ++row) {
    files[set + ":" + stem(index.of(row, "file"))] = set + "/" + index.of(row, "file");
  }
  return files;
}

void append_txl(const fs::path& data, std::vector<FieldPicture>& fields) {
  const CsvIndex index(data / "txl");
  const std::set<std::string> closed =
      closed_of_txl(index, closed_of_bccd(CsvIndex(data / "bccd")));
  auto copies = files_by_name(data, "bccd");
  copies.merge(files_by_name(data, "pbc"));
  for (std::size_t row = 0; row < index.size(); ++row) {
    if (index.of(row, "split") != "train" || closed.count(index.of(row, "group"))) continue;
    FieldPicture field;
    field.set = "txl";
    field.origin = index.of(row, "origin");
    const std::string& name = index.of(row, "file");
    field.file = "txl/" + name;
    if (index.of(row, "packed") != "1") {
      const auto copy = copies.find(index.of(row, "copy_of"));
      if (copy == copies.end()) continue;
      field.file = copy->second;
    }
    field.boxes = relative_boxes(data / "txl/labels/train" / (stem(name) + ".txt"));
    fields.push_back(std::move(field));
  }
}

// Those of the training part that TXL, when it was read before, has not labelled. BCCD's own boxes
// leave out many red cells and platelets.
void append_bccd(const fs::path& data, std::vector<FieldPicture>& fields) {
  const CsvIndex index(data / "bccd"), txl(data / "txl");
  const std::set<std::string> bccd = closed_of_bccd(index), closed = closed_of_txl(txl, bccd);
  std::set<fs::path> known;
  for (const FieldPicture& field : fields) known.insert(field.file);
  for (std::size_t row = 0; row < index.size(); ++row) {
    const std::string name = stem(index.of(row, "file"));
    if (index.of(row, "boxes") != "1" || closed.count(kBccd + name)) continue;
    FieldPicture field;
    field.set = field.origin = "bccd";
    field.file = "bccd/" + index.of(row, "file");
    if (known.count(field.file)) continue;
    field.complete = {true, false, false};
    append_labelled(std::move(field), data / "bccd/voc" / (name + ".xml"), fields);
  }
}

// Few of its platelets have a box.
void append_bionet(const fs::path& data, std::vector<FieldPicture>& fields) {
  const CsvIndex index(data / "bionet");
  for (std::size_t row = 0; row < index.size(); ++row) {
    if (index.of(row, "kind") != "field" || index.of(row, "split") != "train") continue;
    FieldPicture field;
    field.set = field.origin = "bionet";
    field.file = "bionet/" + index.of(row, "file");
    field.complete = {true, true, false};
    append_labelled(std::move(field), data / "bionet/voc" / (stem(index.of(row, "file")) + ".xml"),
                    fields);
  }
}

// Cells with what lies around them, of which only the one in the middle is labelled.
void append_chula(const fs::path& data, std::vector<FieldPicture>& fields) {
  const CsvIndex index(data / "chula");
  for (std::size_t row = 0; row < index.size(); ++row) {
    if (index.of(row, "kind") != "cell" || index.of(row, "fold") == "1") continue;
    FieldPicture field;
    field.set = field.origin = "chula";
    field.file = "chula/" + index.of(row, "file");
    field.complete = {false, false, false};
    FieldBox box;
    std::istringstream words(index.of(row, "box"));
    if (!(words >> box.x >> box.y >> box.width >> box.height)) {
      throw std::runtime_error(field.file.string() + " has no box");
    }
    constexpr double kSmallest = 16;  // px; below: a slip of the mouse
    if (std::min(box.width, box.height) < kSmallest) continue;
    field.boxes = {box};
    fields.push_back(std::move(field));
  }
}

void append_nosmear(const fs::path& data, std::vector<FieldPicture>& fields) {
  const CsvIndex index(data / "nosmear");
  for (std::size_t row = 0; row < index.size(); ++row) {
    if (index.of(row, "split") != "train") continue;
    FieldPicture field;
    field.set = field.origin = "nosmear";
    field.file = "nosmear/" + index.of(row, "file");
    fields.push_back(std::move(field));
  }
}

void append_txl_validation(const fs::path& data, std::vector<FieldPicture>& fields) {
  const CsvIndex index(data / "txl");
  std::set<std::string> trained;
  for (std::size_t row = 0; row < index.size(); ++row) {
    if (index.of(row, "split") == "train") trained.insert(index.of(row, "group"));
  }
  for (std::size_t row = 0; row < index.size(); ++row) {
    const bool wanted = index.of(row, "split") == "val" && index.of(row, "packed") == "1" &&
                        index.of(row, "origin") != "bccd";
    if (!wanted || trained.count(index.of(row, "group"))) continue;
    FieldPicture field;
    field.set = "txl";
    field.origin = index.of(row, "origin");
    field.file = "txl/" + index.of(row, "file");
    field.boxes = relative_boxes(data / "txl/labels/val" / (stem(index.of(row, "file")) + ".txt"));
    fields.push_back(std::move(field));
  }
}

void append_bccd_validation(const fs::path& data, std::vector<FieldPicture>& fields) {
  const CsvIndex index(data / "bccd");
  for (std::size_t row = 0; row < index.size(); ++row) {
    if (index.of(row, "box_split") != "val") continue;
    FieldPicture field;
    field.set = field.origin = "bccd";
    field.file = "bccd/" + index.of(row, "file");
    append_labelled(std::move(field), data / "bccd/voc" / (stem(index.of(row, "file")) + ".xml"),
                    fields);
  }
}

}  // namespace

void append_validation(const std::string& set, const fs::path& data,
                       std::vector<FieldPicture>& fields) {
  if (set == "txl") return append_txl_validation(data, fields);
  append_bccd_validation(data, fields);
}

bool has_relative_boxes(const FieldPicture& field) { return field.set == "txl"; }

void append_fields(const std::string& set, const fs::path& data,
                   std::vector<FieldPicture>& fields) {
  using Source = std::function<void(const fs::path&, std::vector<FieldPicture>&)>;
  static const std::map<std::string, Source> sources = {{"txl", append_txl},
                                                        {"bccd", append_bccd},
                                                        {"bionet", append_bionet},
                                                        {"chula", append_chula},
                                                        {"nosmear", append_nosmear}};
  const auto found = sources.find(set);
  if (found == sources.end()) {
    throw std::runtime_error("unknown data set \"" + set +
                             "\" for a finder; known are txl, bccd, bionet, chula, nosmear");
  }
  found->second(data, fields);
}

}  // namespace leukolens::trainer
