// The data sets' index.csv files: columns by name. They hold no quotes, so a comma always ends a
// cell.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace leukolens::trainer {

class CsvIndex {
 public:
  // Errors: the folder or its index.csv missing.
  explicit CsvIndex(const std::filesystem::path& folder);

  std::size_t size() const { return rows_.size(); }
  // Errors: no such column, a short row; named with file and line.
  const std::string& of(std::size_t row, const std::string& column) const;
  const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
  std::map<std::string, std::size_t> at_;  // column name -> position
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace leukolens::trainer
