// A CSV file with a header line, such as the index of a data set.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace leukolens::tool {

class CsvTable {
 public:
  // RFC 4180; LF or CR LF. `name` is for messages. Throws Fault: a row with too few or too many
  // fields, an open quote.
  CsvTable(const std::string& text, std::string name);

  std::size_t rows() const { return rows_.size(); }
  // Throws Fault if there is no such column.
  std::size_t column(std::string_view name) const;
  const std::string& at(std::size_t row, std::size_t column) const { return rows_[row][column]; }

 private:
  std::string name_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace leukolens::tool
