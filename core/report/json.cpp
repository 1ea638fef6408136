#include "core/report/json.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "core/report/utf8.h"

namespace leukolens {
namespace {

std::string escape_ascii(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte != 0x7F) return std::string(1, c);
  constexpr char kHex[] = "0123456789abcdef";
  return std::string("\\u00") + kHex[byte >> 4] + kHex[byte & 15];
}

template <class Float>
std::string shortest(Float value) {
  if (!std::isfinite(value)) return "null";
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  return std::string(digits, end);
}

}  // namespace

std::string json_escape(std::string_view text) {
  std::string escaped;
  for (const char c : valid_utf8(text)) escaped += escape_ascii(c);
  return escaped;
}

std::string json_number(double value) { return shortest(value); }
std::string json_number(float value) { return shortest(value); }

void JsonWriter::separate() {
  if (std::exchange(after_key_, false) || has_items_.empty()) return;
  if (has_items_.back()) text_ += ',';
  has_items_.back() = true;
  if (layout_ == Layout::kIndented) text_ += '\n' + std::string(2 * has_items_.size(), ' ');
}

void JsonWriter::close(char bracket) {
  const bool had_items = has_items_.back();
  has_items_.pop_back();
  if (had_items && layout_ == Layout::kIndented) {
    text_ += '\n' + std::string(2 * has_items_.size(), ' ');
  }
  text_ += bracket;
}

JsonWriter& JsonWriter::raw(std::string_view value) {
  separate();
  text_ += value;
  return *this;
}

JsonWriter& JsonWriter::begin_object() {
  raw("{");
  has_items_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  close('}');
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  raw("[");
  has_items_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  close(']');
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  raw('"' + json_escape(name) + (layout_ == Layout::kIndented ? "\": " : "\":"));
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) { return raw('"' + json_escape(value) + '"'); }
JsonWriter& JsonWriter::number(double value) { return raw(json_number(value)); }
JsonWriter& JsonWriter::number(float value) { return raw(json_number(value)); }
JsonWriter& JsonWriter::integer(std::int64_t value) { return raw(std::to_string(value)); }
JsonWriter& JsonWriter::boolean(bool value) { return raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::null() { return raw("null"); }

std::string JsonWriter::take() {
  has_items_.clear();
  after_key_ = false;
  return std::exchange(text_, {});
}

}  // namespace leukolens
