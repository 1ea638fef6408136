#include "core/picture/exif.h"

#include "core/picture/bytes.h"

namespace leukolens {

int exif_orientation(Bytes tiff) {
  if (!holds(tiff, 0, 8)) return 1;
  const std::string_view order = text_of(tiff).substr(0, 2);
  if (order != "II" && order != "MM") return 1;
  const auto read16 = order == "II" ? little16 : big16;
  const auto read32 = order == "II" ? little32 : big32;

  const std::size_t directory = read32(tiff, 4);
  if (read16(tiff, 2) != 42 || !holds(tiff, directory, 2)) return 1;
  const std::size_t entries = read16(tiff, directory);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * 12;
    if (!holds(tiff, entry, 12)) return 1;
    constexpr std::uint32_t kOrientation = 0x0112, kShort = 3;
    if (read16(tiff, entry) != kOrientation) continue;
    const std::uint32_t value = read16(tiff, entry + 8);
    const bool valid = read16(tiff, entry + 2) == kShort && value >= 1 && value <= 8;
    return valid ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace leukolens
