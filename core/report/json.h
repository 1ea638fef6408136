// Writes JSON text, piece by piece, in the order it is told. The same bytes on every machine: no
// locale, shortest digits that read back as the same number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leukolens {

// Inside quotes: control characters, quotes and backslashes escaped, each byte that is not part of
// valid UTF-8 replaced by U+FFFD.
std::string json_escape(std::string_view text);

// "0.1", "97.25", "1e-07"; what is not finite becomes "null", JSON knows no such numbers.
std::string json_number(double value);
std::string json_number(float value);

// The caller balances begin and end, and gives each value of an object its key.
class JsonWriter {
 public:
  enum class Layout { kOneLine, kIndented };
  explicit JsonWriter(Layout layout = Layout::kOneLine) : layout_(layout) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(double value);
  JsonWriter& number(float value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  // The text so far; the writer starts anew.
  std::string take();

 private:
  void separate();
  void close(char bracket);
  JsonWriter& raw(std::string_view value);

  Layout layout_;
  std::string text_;
  std::vector<bool> has_items_;  // one for each open bracket
  bool after_key_ = false;
};

}  // namespace leukolens
