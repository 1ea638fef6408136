// Huffman codes as JPEG packs them, read to be counted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/picture/bytes.h"

namespace leukolens {

struct HuffmanTable {
  std::array<std::uint32_t, 17> end{};  // where codes of each length end, in the upper bits of 16
  std::array<int, 17> offset{};         // code of a length + offset = index of its value
  std::array<std::uint8_t, 256> values{};
};

// `counts`: 16 bytes, how many codes of each length; `values`: as many as they sum up to, at most
// 256. False if there are more codes of a length than it has room for.
bool make_table(Bytes counts, Bytes values, HuffmanTable& table);

// The bits of a scan up to the next marker; a zero behind FF is stuffing, not data.
class BitReader {
 public:
  explicit BitReader(Bytes data) : data_(data) {}

  int code(const HuffmanTable& table);  // the next value, or -1 if no code fits
  std::uint32_t bits(int count);        // 0..16 of them
  // More bits were asked for than are there; those missing read as zero.
  bool ran_out() const { return ran_out_; }
  // Goes on behind restart mark `number` (0..7), which has to be the next marker, after at most as
  // many spare bytes as the decoder forgives.
  bool pass_mark(int number);

 private:
  void fill();
  void skip(int count);

  Bytes data_;
  std::size_t at_ = 0;
  std::uint64_t buffer_ = 0;  // from the top
  int count_ = 0;
  bool ran_out_ = false;
};

}  // namespace leukolens
