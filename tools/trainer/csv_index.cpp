#include "tools/trainer/csv_index.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace leukolens::trainer {
namespace {

std::vector<std::string> cells(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  std::vector<std::string> row;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) row.push_back(cell);
  if (!line.empty() && line.back() == ',') row.emplace_back();
  return row;
}

}  // namespace

CsvIndex::CsvIndex(const std::filesystem::path& folder) : file_(folder / "index.csv") {
  const std::string set = folder.filename().string();
  if (!std::filesystem::is_directory(folder)) {
    throw std::runtime_error("the folder " + folder.string() + " is missing; unpack " + set +
                             ".zip there or name another with --data");
  }
  std::ifstream in(file_);
  if (!in) throw std::runtime_error(file_.string() + " can't be opened");
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> heads = cells(line);
  for (std::size_t i = 0; i < heads.size(); ++i) at_[heads[i]] = i;
  while (std::getline(in, line)) rows_.push_back(cells(line));
}

const std::string& CsvIndex::of(std::size_t row, const std::string& column) const {
  const auto found = at_.find(column);
  if (found == at_.end()) {
    throw std::runtime_error(file_.string() + ": the column \"" + column + "\" is missing");
  }
  if (found->second >= rows_[row].size()) {
    throw std::runtime_error(file_.string() + ":" + std::to_string(row + 2) + ": the row is short");
  }
  return rows_[row][found->second];
}

}  // namespace leukolens::trainer
