#include "tools/trainer/cell_list.h"

#include <algorithm>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>

#include "core/net/sha256.h"
#include "tools/trainer/cell_sources.h"

namespace leukolens::trainer {
namespace {

namespace fs = std::filesystem;

bool left_out(const Cell& cell, const LeftOut& out) {
  if (!out.site.empty()) return cell.set == out.site;
  return !cell.train || (out.fold >= 0 && cell.fold == out.fold) ||
         (!out.kind.empty() && cell.kind == out.kind);
}

void check_groups(const std::vector<Cell>& cells, const CellSides& sides, const LeftOut& out) {
  std::set<std::string> groups;
  for (int i : sides.train) groups.insert(cells[i].set + " " + cells[i].group);
  for (int i : sides.look) {
    if (!out.kind.empty() && cells[i].kind == out.kind) continue;
    if (!groups.count(cells[i].set + " " + cells[i].group)) continue;
    throw std::runtime_error("the group " + cells[i].group + " of " + cells[i].set +
                             " stands on both sides of " + run_name(out));
  }
}

}  // namespace

std::string run_name(const LeftOut& out) {
  if (!out.site.empty()) return "without-" + out.site;
  if (!out.kind.empty()) return "without-" + out.kind;
  return out.fold >= 0 ? "holdout" + std::to_string(out.fold) : "shipped";
}

std::vector<Cell> read_cells(const Recipe& recipe, const fs::path& data) {
  std::vector<Cell> cells;
  std::istringstream sets(recipe.data);
  for (std::string set; sets >> set;) append_cells(set, data / set, recipe, cells);
  for (const Cell& cell : cells) {
    const fs::path file = data / cell.set / cell.file;
    if (!fs::exists(file)) {
      throw std::runtime_error(file.string() + " is missing; unpack " + cell.set + ".zip again");
    }
  }
  return cells;
}

CellSides split(const std::vector<Cell>& cells, const Recipe& recipe, const LeftOut& out) {
  CellSides sides;
  std::vector<int> counts(recipe.classes.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool out_of_it = left_out(cells[i], out);
    if (out_of_it) {
      sides.look.push_back(static_cast<int>(i));
    } else if (cells[i].train) {
      sides.train.push_back(static_cast<int>(i));
      if (cells[i].label >= 0) ++counts[cells[i].label];
    }
  }
  for (std::size_t c = 0; c < counts.size(); ++c) {
    if (counts[c] > 0) continue;
    throw std::runtime_error("the class \"" + recipe.classes[c] + "\" has no cell to train on (" +
                             run_name(out) + ")");
  }
  check_groups(cells, sides, out);
  return sides;
}

std::string training_identity(const std::vector<Cell>& cells, const CellSides& sides) {
  std::vector<std::string> lines;
  std::set<std::string> sets;
  for (int i : sides.train) {
    const Cell& cell = cells[i];
    sets.insert(cell.set);
    lines.push_back(cell.set + "/" + cell.file + " " + cell.kind + " " +
                    std::to_string(cell.box.x) + " " + std::to_string(cell.box.y));
  }
  std::sort(lines.begin(), lines.end());
  std::string text, names;
  for (const std::string& line : lines) text += line + "\n";
  for (const std::string& set : sets) names += set + " ";
  return names + "(" + std::to_string(lines.size()) + " cells), sha256 " +
         sha256_hex(std::as_bytes(std::span(text)));
}

}  // namespace leukolens::trainer
