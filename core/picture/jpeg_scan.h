// Whether a JPEG's data hold all its blocks. The decoder fills what is missing with one grey and
// calls it a success, so the codes are counted before it is asked.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/picture/huffman.h"
#include "core/result.h"

namespace leukolens {

// Is told of a file's segments (without marker and length) in their order. Errors:
// truncated_picture, broken_picture.
class JpegScans {
 public:
  Result<Done> start_frame(Bytes segment, bool progressive);
  Result<Done> read_tables(Bytes segment);
  Result<Done> read_restart_interval(Bytes segment);
  // `data`: what follows the scan's header, up to the next marker that is no restart mark.
  // Refinements of AC coefficients are not followed: a loss there costs sharpness, not a part of
  // the picture.
  Result<Done> check_scan(Bytes segment, Bytes data);
  // At the end of the picture: each component has had its scan.
  Result<Done> finish() const;

 private:
  static constexpr std::size_t kMostComponents = 4;  // CMYK
  struct Component {
    std::uint32_t id = 0, wide = 0, high = 0;  // sampling factors
    bool seen = false;
  };
  struct Part {          // of one MCU
    std::size_t dc, ac;  // tables
    std::uint32_t blocks;
  };
  struct Scan {
    std::array<Part, kMostComponents> parts;
    std::size_t count;  // of parts
    std::uint64_t mcus_wide, mcus_high;
    std::uint32_t row_px;        // height of a row of MCUs
    int first, last, high, low;  // coefficients and bits, as a progressive scan limits them
  };
  enum class Outcome { kWhole, kMissing, kBroken };

  Result<Scan> read_scan(Bytes segment);
  void set_size(Scan& scan, const Component& alone) const;
  bool block(BitReader& bits, const Scan& scan, const Part& part, std::uint64_t& empty) const;
  Outcome interval(BitReader& bits, const Scan& scan, std::uint64_t& mcu, std::uint64_t end) const;
  Error missing(const Scan& scan, std::uint64_t mcu) const;

  std::uint64_t width_ = 0, height_ = 0;
  std::uint32_t most_wide_ = 1, most_high_ = 1;
  bool progressive_ = false;
  std::uint64_t restart_interval_ = 0;  // in MCUs; 0: none
  std::array<Component, kMostComponents> components_;
  std::size_t count_ = 0;               // of components
  std::array<HuffmanTable, 8> tables_;  // DC 0..3, AC 4..7
};

}  // namespace leukolens
