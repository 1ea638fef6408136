#include "core/picture/jpeg_scan.h"

#include <algorithm>
#include <string>

namespace leukolens {
namespace {

constexpr std::size_t kAcTables = 4;

Error broken(const char* what) { return {ErrorCode::kBrokenPicture, what}; }

std::uint64_t divided_up(std::uint64_t value, std::uint64_t by) { return (value + by - 1) / by; }

}  // namespace

Result<Done> JpegScans::start_frame(Bytes segment, bool progressive) {
  progressive_ = progressive;
  height_ = big16(segment, 1);
  width_ = big16(segment, 3);
  count_ = byte_at(segment, 5);
  if (count_ > kMostComponents) return broken("too many colours");
  if (!holds(segment, 6, count_ * 3)) return broken("frame header too short");
  for (std::size_t i = 0; i < count_; ++i) {
    const std::uint32_t factors = byte_at(segment, 6 + i * 3 + 1);
    const Component one{byte_at(segment, 6 + i * 3), factors >> 4, factors & 15};
    if (one.wide - 1 > 3 || one.high - 1 > 3) return broken("impossible sampling factors");
    most_wide_ = std::max(most_wide_, one.wide);
    most_high_ = std::max(most_high_, one.high);
    components_[i] = one;
  }
  return Done{};
}

Result<Done> JpegScans::read_tables(Bytes segment) {
  for (std::size_t at = 0; at < segment.size();) {
    if (!holds(segment, at, 17)) return broken("Huffman table too short");
    const std::uint32_t place = byte_at(segment, at);
    if ((place & ~0x13u) != 0) return broken("unknown Huffman table");
    const Bytes counts = segment.subspan(at + 1, 16);
    std::size_t values = 0;
    for (std::byte count : counts) values += std::size_t(count);
    at += 17;
    HuffmanTable& table = tables_[(place & 3) + (place >> 4) * kAcTables];
    if (values > 256 || !holds(segment, at, values) ||
        !make_table(counts, segment.subspan(at, values), table)) {
      return broken("impossible Huffman table");
    }
    at += values;
  }
  return Done{};
}

Result<Done> JpegScans::read_restart_interval(Bytes segment) {
  if (segment.size() != 2) return broken("restart interval of another size");
  restart_interval_ = big16(segment, 0);
  return Done{};
}

// In a scan of one component the MCU is a block, and those that only fill up are left out.
void JpegScans::set_size(Scan& scan, const Component& alone) const {
  if (scan.count > 1) {
    scan.row_px = most_high_ * 8;
    scan.mcus_wide = divided_up(width_, most_wide_ * 8);
    scan.mcus_high = divided_up(height_, most_high_ * 8);
  } else {
    scan.parts[0].blocks = 1;
    scan.row_px = most_high_ * 8 / alone.high;
    scan.mcus_wide = divided_up(divided_up(width_ * alone.wide, most_wide_), 8);
    scan.mcus_high = divided_up(divided_up(height_ * alone.high, most_high_), 8);
  }
}

Result<JpegScans::Scan> JpegScans::read_scan(Bytes segment) {
  const std::size_t count = segment.empty() ? 0 : byte_at(segment, 0);
  if (count == 0 || count > count_ || segment.size() != count * 2 + 4) {
    return broken("scan header of another size");
  }
  Scan scan{};
  scan.count = count;
  scan.first = int(byte_at(segment, count * 2 + 1));
  scan.last = int(byte_at(segment, count * 2 + 2));
  scan.high = int(byte_at(segment, count * 2 + 3) >> 4);
  scan.low = int(byte_at(segment, count * 2 + 3) & 15);
  if (progressive_ && (scan.last > 63 || scan.first > scan.last)) {
    return broken("impossible scan header");
  }
  const Component* last = nullptr;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t id = byte_at(segment, 1 + i * 2);
    const std::uint32_t tables = byte_at(segment, 2 + i * 2);
    std::size_t at = 0;
    while (at < count_ && components_[at].id != id) ++at;
    if (at == count_) return broken("scan of an unknown component");
    Component& found = components_[at];
    if (scan.first == 0 && scan.high == 0) found.seen = true;
    if ((tables & ~0x33u) != 0) return broken("unknown Huffman table");
    scan.parts[i] = {tables >> 4, kAcTables + (tables & 3), found.wide * found.high};
    last = &found;
  }
  if (progressive_ && scan.first > 0 && count > 1) return broken("impossible scan header");
  set_size(scan, *last);
  return scan;
}

// Passes over one block; `empty`: how many after it have no coefficients in this scan. False where
// no code fits.
bool JpegScans::block(BitReader& bits, const Scan& scan, const Part& part,
                      std::uint64_t& empty) const {
  int k = scan.first;
  if (k == 0) {
    if (scan.high > 0) {
      bits.bits(1);
      return true;
    }
    const int size = bits.code(tables_[part.dc]);
    if (size < 0 || size > 15) return false;
    bits.bits(size);
    k = 1;
  }
  for (const int last = progressive_ ? scan.last : 63; k <= last;) {
    const int code = bits.code(tables_[part.ac]);
    if (code < 0) return false;
    const int run = code >> 4, size = code & 15;
    if (size == 0 && run < 15) {
      if (progressive_) empty = (std::uint64_t{1} << run) - 1 + bits.bits(run);
      return true;
    }
    bits.bits(size);
    k += run + 1;
  }
  return true;
}

// Passes over MCUs up to `end`; `mcu` is left where something is amiss.
JpegScans::Outcome JpegScans::interval(BitReader& bits, const Scan& scan, std::uint64_t& mcu,
                                       std::uint64_t end) const {
  for (std::uint64_t empty = 0; mcu < end; ++mcu) {
    for (std::size_t p = 0; p < scan.count; ++p) {
      for (std::uint32_t i = 0; i < scan.parts[p].blocks; ++i) {
        const bool fits = block(bits, scan, scan.parts[p], empty);
        if (bits.ran_out()) return Outcome::kMissing;
        if (!fits) return Outcome::kBroken;
      }
    }
    const std::uint64_t passed = std::min(empty, end - 1 - mcu);
    mcu += passed;
    empty = 0;
  }
  return Outcome::kWhole;
}

Error JpegScans::missing(const Scan& scan, std::uint64_t mcu) const {
  const std::uint64_t row = std::min(mcu / scan.mcus_wide * scan.row_px, height_ - 1);
  return {ErrorCode::kTruncatedPicture, "data are missing from row " + std::to_string(row) +
                                            " of " + std::to_string(height_) + " on"};
}

Result<Done> JpegScans::check_scan(Bytes segment, Bytes data) {
  const Result<Scan> scan = read_scan(segment);
  if (!scan) return scan.error();
  if (progressive_ && scan->first > 0 && scan->high > 0) return Done{};
  BitReader bits(data);
  const std::uint64_t mcus = scan->mcus_wide * scan->mcus_high;
  const std::uint64_t step = restart_interval_ ? restart_interval_ : mcus;
  int mark = 0;
  for (std::uint64_t mcu = 0; mcu < mcus;) {
    if (mcu > 0 && !bits.pass_mark(mark++ & 7)) return missing(*scan, mcu);
    const Outcome outcome = interval(bits, *scan, mcu, std::min(mcu + step, mcus));
    if (outcome == Outcome::kMissing) return missing(*scan, mcu);
    if (outcome == Outcome::kBroken) return broken("a code that is in none of its tables");
  }
  return Done{};
}

Result<Done> JpegScans::finish() const {
  for (std::size_t i = 0; i < count_; ++i) {
    if (components_[i].seen) continue;
    return Error{ErrorCode::kTruncatedPicture, "the data of one of its colours are missing"};
  }
  return Done{};
}

}  // namespace leukolens
