#include "tools/leukolens/csv_table.h"

#include <algorithm>
#include <utility>

#include "tools/leukolens/faults.h"

namespace leukolens::tool {
namespace {

// One field from `at` on; leaves `at` on the separator behind it.
std::string read_field(const std::string& text, std::size_t& at, const std::string& name) {
  if (at >= text.size() || text[at] != '"') {
    const std::size_t end = std::min(text.find_first_of(",\r\n", at), text.size());
    std::string field = text.substr(at, end - at);
    at = end;
    return field;
  }
  std::string field;
  for (++at; at < text.size(); ++at) {
    if (text[at] != '"') {
      field += text[at];
    } else if (at + 1 < text.size() && text[at + 1] == '"') {
      field += text[at++];
    } else {
      ++at;
      return field;
    }
  }
  throw Fault(name + ": a quote is never closed");
}

}  // namespace

CsvTable::CsvTable(const std::string& text, std::string name) : name_(std::move(name)) {
  for (std::size_t at = 0; at < text.size();) {
    std::vector<std::string> row{read_field(text, at, name_)};
    while (at < text.size() && text[at] == ',') row.push_back(read_field(text, ++at, name_));
    if (at < text.size() && text[at] == '\r') ++at;
    if (at < text.size() && text[at] == '\n') ++at;
    if (header_.empty()) {
      header_ = std::move(row);
      continue;
    }
    if (row.size() != header_.size()) {
      throw Fault(name_ + ": row " + std::to_string(rows_.size() + 2) + " has " +
                  std::to_string(row.size()) + " fields, the header " +
                  std::to_string(header_.size()));
    }
    rows_.push_back(std::move(row));
  }
}

std::size_t CsvTable::column(std::string_view name) const {
  const auto found = std::ranges::find(header_, name);
  if (found == header_.end()) throw Fault(name_ + " has no column \"" + std::string(name) + '"');
  return static_cast<std::size_t>(found - header_.begin());
}

}  // namespace leukolens::tool
