#include "core/picture/icc.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/picture/bytes.h"

namespace leukolens {
namespace {

// X, Y, Z of the primaries of sRGB, adapted to D50 as profiles state them (IEC 61966-2-1).
struct Primary {
  std::string_view tag;
  float xyz[3];
};
constexpr Primary kSrgb[] = {{"rXYZ", {.4360f, .2225f, .0139f}},
                             {"gXYZ", {.3851f, .7169f, .0971f}},
                             {"bXYZ", {.1431f, .0606f, .7141f}}};
// Profiles that are sRGB by another name differ by less, Display P3 by 0.08, Adobe RGB by 0.17.
constexpr float kTolerance = 0.03f;
constexpr std::size_t kHeader = 128, kTagRow = 12, kMostTags = 100;

// The data of a tag; nothing if there is none or it lies outside.
std::optional<Bytes> tag_data(Bytes profile, std::string_view tag) {
  if (!holds(profile, kHeader, 4)) return std::nullopt;
  const std::size_t count = big32(profile, kHeader);
  for (std::size_t i = 0; i < count && i < kMostTags; ++i) {
    const std::size_t row = kHeader + 4 + i * kTagRow;
    if (!holds(profile, row, kTagRow)) return std::nullopt;
    if (text_of(profile.subspan(row, 4)) != tag) continue;
    const std::size_t at = big32(profile, row + 4), size = big32(profile, row + 8);
    if (!holds(profile, at, size)) return std::nullopt;
    return profile.subspan(at, size);
  }
  return std::nullopt;
}

}  // namespace

bool differs_from_srgb(Bytes profile) {
  bool differs = false;
  for (const Primary& primary : kSrgb) {
    const auto data = tag_data(profile, primary.tag);
    constexpr std::size_t kValues = 8;  // behind the type's name and a gap
    if (!data || data->size() < kValues + 12) return false;
    for (std::size_t i = 0; i < 3; ++i) {
      const auto fixed = static_cast<std::int32_t>(big32(*data, kValues + 4 * i));
      const float value = static_cast<float>(fixed) / 65536;
      differs = differs || std::fabs(value - primary.xyz[i]) > kTolerance;
    }
  }
  return differs;
}

}  // namespace leukolens
