#include "tools/trainer/cell_sources.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

#include "tools/boxes/boxes.h"
#include "tools/trainer/csv_index.h"
#include "tools/trainer/random.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;

constexpr int kRedPerField = 3, kBackgroundPerField = 1, kScrapsPerScene = 8;
constexpr int kTries = 20;
constexpr int kSmallestCell = 16;  // px

int label_of(const Recipe& recipe, const std::string& name) {
  const auto found = std::find(recipe.classes.begin(), recipe.classes.end(), name);
  return found == recipe.classes.end() ? -1 : static_cast<int>(found - recipe.classes.begin());
}

int number_or(const std::string& text, int other) { return text.empty() ? other : std::stoi(text); }

Box box_from(const std::string& text) {
  double x = 0, y = 0, width = 0, height = 0;
  std::istringstream in(text);
  if (!(in >> x >> y >> width >> height)) {
    throw std::runtime_error("\"" + text + "\" is no box: expected x y width height");
  }
  const auto whole = [](double v) { return static_cast<int>(std::lround(v)); };
  return {whole(x), whole(y), whole(width), whole(height)};
}

bool overlap(const Box& a, const Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

// Red cells and places without a white cell in a field of known size, picked by the file's name.
void append_negatives(const Cell& like, const fs::path& voc, int width, int height,
                      std::vector<Cell>& cells) {
  std::vector<Box> white, red;
  for (const boxes::NamedBox& named : boxes::read_voc(voc)) {
    if (named.name == "WBC") white.push_back(named.box);
    if (named.name == "RBC") red.push_back(named.box);
  }
  const auto clear = [&](const Box& box) {
    return std::none_of(white.begin(), white.end(), [&](const Box& b) { return overlap(box, b); });
  };
  Random random(text_number(like.file));
  const auto add = [&](const char* kind, const Box& box) {
    Cell cell = like;
    cell.kind = kind;
    cell.label = -1;
    cell.side = SideKind::kNotAWhiteCell;
    cell.box = box;
    cells.push_back(cell);
  };
  for (int i = 0; i < kRedPerField && !red.empty(); ++i) {
    const Box& b = red[random.below(red.size())];
    if (clear(b)) add("red_cell", b);
  }
  int placed = 0;
  for (int i = 0; i < kTries && placed < kBackgroundPerField; ++i) {
    const int side = static_cast<int>(height * random.between(0.15, 0.4));
    const Box box{static_cast<int>(random.below(width - side)),
                  static_cast<int>(random.below(height - side)), side, side};
    if (!clear(box)) continue;
    add("background", box);
    ++placed;
  }
}

void append_bccd(const fs::path& folder, const Recipe& recipe, std::vector<Cell>& cells) {
  const CsvIndex index(folder);
  for (std::size_t row = 0; row < index.size(); ++row) {
    const std::string& kind = index.of(row, "class");
    const std::string& split = index.of(row, "kaggle_split");
    if (label_of(recipe, kind) < 0 || split == "test" || index.of(row, "leaked") == "1") continue;
    if (split.empty() && kind != "basophil") continue;
    Cell cell;
    cell.set = "bccd";
    cell.file = index.of(row, "file");
    cell.kind = kind;
    cell.label = label_of(recipe, kind);
    cell.group = index.of(row, "group");
    cell.fold = number_or(index.of(row, "fold"), -1);
    cells.push_back(cell);
    if (index.of(row, "boxes") != "1" || index.of(row, "box_split") != "train") continue;
    const fs::path voc = folder / "voc" / fs::path(cell.file).filename().replace_extension(".xml");
    append_negatives(cell, voc, 640, 480, cells);
  }
}

void append_pbc(const fs::path& folder, const Recipe& recipe, std::vector<Cell>& cells) {
  const CsvIndex index(folder);
  for (std::size_t row = 0; row < index.size(); ++row) {
    const std::string& split = index.of(row, "split");
    if (split == "test" || !index.of(row, "twin").empty()) continue;
    Cell cell;
    cell.set = "pbc";
    cell.file = index.of(row, "file");
    cell.kind = index.of(row, "class");
    cell.label = label_of(recipe, cell.kind);
    cell.group = cell.file;
    cell.train = split == "train";
    if (cell.kind == "platelet") {
      cell.side = SideKind::kNotAWhiteCell;
    } else if (cell.label < 0) {
      cell.side = SideKind::kOtherOrAbnormal;
    }
    cells.push_back(cell);
  }
}

void append_chula(const fs::path& folder, const Recipe& recipe, std::vector<Cell>& cells) {
  const CsvIndex index(folder);
  for (std::size_t row = 0; row < index.size(); ++row) {
    if (index.of(row, "kind") != "cell") continue;
    Cell cell;
    cell.set = "chula";
    cell.file = index.of(row, "file");
    cell.kind = index.of(row, "class");
    cell.label = label_of(recipe, cell.kind);
    cell.group = index.of(row, "slide");
    cell.fold = std::stoi(index.of(row, "fold"));
    cell.box = box_from(index.of(row, "box"));
    if (std::min(cell.box.width, cell.box.height) < kSmallestCell) continue;  // a slip of the mouse
    cells.push_back(cell);
  }
}

void append_bionet(const fs::path& folder, const Recipe& recipe, std::vector<Cell>& cells) {
  const CsvIndex index(folder);
  for (std::size_t row = 0; row < index.size(); ++row) {
    Cell cell;
    cell.set = "bionet";
    cell.file = index.of(row, "file");
    if (index.of(row, "kind") == "class") {
      cell.kind = index.of(row, "class");
      cell.label = label_of(recipe, cell.kind);
      cell.group = index.of(row, "group");
      cell.fold = std::stoi(index.of(row, "fold"));
      cells.push_back(cell);
    } else {
      cell.group = cell.file;
      cell.train = index.of(row, "split") == "train";
      const fs::path voc =
          folder / "voc" / fs::path(cell.file).filename().replace_extension(".xml");
      append_negatives(cell, voc, 640, 480, cells);
    }
  }
}

// Several squares of each scene; the crop's own scale makes them larger.
void append_nosmear(const fs::path& folder, const Recipe&, std::vector<Cell>& cells) {
  const CsvIndex index(folder);
  for (std::size_t row = 0; row < index.size(); ++row) {
    Cell cell;
    cell.set = "nosmear";
    cell.file = index.of(row, "file");
    cell.kind = "no_smear";
    cell.side = SideKind::kNotAWhiteCell;
    cell.group = index.of(row, "from");
    cell.train = index.of(row, "split") == "train";
    Random random(text_number(cell.file));
    for (int i = 0; i < kScrapsPerScene; ++i) {
      const int side = static_cast<int>(random.between(40, 140));
      cell.box = {static_cast<int>(random.below(256 - side)),
                  static_cast<int>(random.below(256 - side)), side, side};
      cells.push_back(cell);
    }
  }
}

using Source = std::function<void(const fs::path&, const Recipe&, std::vector<Cell>&)>;

const std::map<std::string, Source>& sources() {
  static const std::map<std::string, Source> all = {{"bccd", append_bccd},
                                                    {"pbc", append_pbc},
                                                    {"chula", append_chula},
                                                    {"bionet", append_bionet},
                                                    {"nosmear", append_nosmear}};
  return all;
}

}  // namespace

void append_cells(const std::string& set, const fs::path& folder, const Recipe& recipe,
                  std::vector<Cell>& cells) {
  const auto found = sources().find(set);
  if (found == sources().end()) {
    throw std::runtime_error("unknown data set \"" + set +
                             "\"; known are bccd, pbc, chula, bionet, "
                             "nosmear");
  }
  found->second(folder, recipe, cells);
}

}  // namespace leukolens::trainer
