// Binary PGM and PPM: three numbers in words, one blank, then samples of one or two bytes.
#include <optional>

#include "core/picture/bytes.h"
#include "core/picture/layout.h"

namespace leukolens {
namespace {

bool is_blank(std::uint32_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Skips blanks and comments from `at`; at the file's end it stays there.
void skip_blanks(Bytes file, std::size_t& at) {
  while (at < file.size() && (is_blank(byte_at(file, at)) || byte_at(file, at) == '#')) {
    if (byte_at(file, at) == '#') {
      while (at < file.size() && byte_at(file, at) != '\n') ++at;
    } else {
      ++at;
    }
  }
}

// A number from 1 up; none if there is no digit or it is too large to be meant.
std::optional<std::uint32_t> read_number(Bytes file, std::size_t& at) {
  skip_blanks(file, at);
  std::uint32_t number = 0;
  while (at < file.size() && byte_at(file, at) >= '0' && byte_at(file, at) <= '9') {
    number = number * 10 + (byte_at(file, at++) - '0');
    if (number > 100'000'000) return std::nullopt;
  }
  return number ? std::optional(number) : std::nullopt;
}

}  // namespace

Result<Layout> read_pnm_layout(Bytes file) {
  std::uint32_t numbers[3] = {};
  std::size_t at = 2;
  for (std::uint32_t& number : numbers) {
    const auto read = read_number(file, at);
    if (at >= file.size()) return ends_early(file.size());
    if (!read) return Error{ErrorCode::kBrokenPicture, "no sensible size in its header"};
    number = *read;
  }
  Layout layout;
  layout.width = numbers[0];
  layout.height = numbers[1];
  layout.maximum = numbers[2];
  if (layout.maximum > 65535 || !is_blank(byte_at(file, at))) {
    return Error{ErrorCode::kBrokenPicture, "no sensible range in its header"};
  }
  layout.sixteen_bit = layout.maximum > 255;
  layout.data_at = at + 1;
  const std::uint64_t channels = byte_at(file, 1) == '6' ? 3 : 1;
  const std::uint64_t needed =
      layout.data_at + layout.width * layout.height * channels * (layout.sixteen_bit ? 2 : 1);
  if (file.size() < needed) return ends_early(file.size(), needed);
  return layout;
}

}  // namespace leukolens
