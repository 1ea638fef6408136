#include "core/picture/huffman.h"

namespace leukolens {

bool make_table(Bytes counts, Bytes values, HuffmanTable& table) {
  std::uint32_t code = 0;
  int index = 0;
  for (int length = 1; length <= 16; ++length) {
    const std::uint32_t count = byte_at(counts, std::size_t(length) - 1);
    table.offset[std::size_t(length)] = index - int(code);
    code += count;
    index += int(count);
    if (code > 1u << length) return false;
    table.end[std::size_t(length)] = code << (16 - length);
    code <<= 1;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    table.values[i] = static_cast<std::uint8_t>(byte_at(values, i));
  }
  return true;
}

void BitReader::fill() {
  while (count_ <= 56 && at_ < data_.size()) {
    const std::uint32_t byte = byte_at(data_, at_);
    if (byte == 0xFF) {
      if (!holds(data_, at_, 2) || byte_at(data_, at_ + 1) != 0) return;
      ++at_;
    }
    ++at_;
    buffer_ |= std::uint64_t{byte} << (56 - count_);
    count_ += 8;
  }
}

void BitReader::skip(int count) {
  if (count > count_) {
    ran_out_ = true;
    buffer_ = 0;
    count_ = 0;
  } else {
    buffer_ <<= count;
    count_ -= count;
  }
}

int BitReader::code(const HuffmanTable& table) {
  if (count_ < 16) fill();
  const std::uint32_t next = static_cast<std::uint32_t>(buffer_ >> 48);
  for (std::size_t length = 1; length <= 16; ++length) {
    if (next >= table.end[length]) continue;
    skip(int(length));
    return table.values[std::size_t(int(next >> (16 - length)) + table.offset[length])];
  }
  return -1;
}

std::uint32_t BitReader::bits(int count) {
  if (count_ < count) fill();
  const std::uint32_t value = count ? static_cast<std::uint32_t>(buffer_ >> (64 - count)) : 0;
  skip(count);
  return value;
}

bool BitReader::pass_mark(int number) {
  constexpr int kForgiven = 2;
  fill();
  if (count_ >= 8 * (kForgiven + 1)) return false;
  while (holds(data_, at_, 2) && byte_at(data_, at_) == 0xFF && byte_at(data_, at_ + 1) == 0xFF) {
    ++at_;
  }
  if (!holds(data_, at_, 2) || big16(data_, at_) != 0xFFD0u + std::uint32_t(number)) return false;
  at_ += 2;
  buffer_ = 0;
  count_ = 0;
  return true;
}

}  // namespace leukolens
