#include "tools/leukolens/spoil.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace leukolens::tool {
namespace {

std::uint8_t rounded(double value) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

std::vector<double> gaussian(double sigma) {
  const int radius = static_cast<int>(std::ceil(3 * sigma));
  std::vector<double> weights;
  double sum = 0;
  for (int d = -radius; d <= radius; ++d) {
    weights.push_back(std::exp(-d * d / (2 * sigma * sigma)));
    sum += weights.back();
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

// Along rows (dx 1) or columns (dy 1); beyond the edge the edge pixel is repeated.
Picture smeared(const Picture& from, const std::vector<double>& weights, int dx, int dy) {
  const int radius = static_cast<int>(weights.size()) / 2;
  Picture to = from;
  for (int y = 0; y < from.height; ++y) {
    for (int x = 0; x < from.width; ++x) {
      double sum[3] = {0, 0, 0};
      for (int d = -radius; d <= radius; ++d) {
        const int at_x = std::clamp(x + d * dx, 0, from.width - 1);
        const int at_y = std::clamp(y + d * dy, 0, from.height - 1);
        const std::uint8_t* rgb = &from.rgb[(std::size_t(at_y) * from.width + at_x) * 3];
        for (int c = 0; c < 3; ++c) sum[c] += weights[std::size_t(d + radius)] * rgb[c];
      }
      for (int c = 0; c < 3; ++c) {
        to.rgb[(std::size_t(y) * from.width + x) * 3 + std::size_t(c)] = rounded(sum[c]);
      }
    }
  }
  return to;
}

Spoil blur(const std::string& name, double share_of_cell) {
  return {name, Warning::kBlurred, [share_of_cell](const Picture& sound, double cell_px) {
            const std::vector<double> weights = gaussian(share_of_cell * cell_px);
            return smeared(smeared(sound, weights, 1, 0), weights, 0, 1);
          }};
}

Spoil light(const std::string& name, double factor) {
  return {name, Warning::kOverexposed, [factor](const Picture& sound, double) {
            Picture bright = sound;
            for (std::uint8_t& value : bright.rgb) value = rounded(value * factor);
            return bright;
          }};
}

// Densities of R, G, B against white become mixtures of each other: rows of `mix`.
Spoil stain(const std::string& name, const double (&mix)[3][3]) {
  std::vector<double> rows(&mix[0][0], &mix[0][0] + 9);
  return {name, Warning::kUnfamiliarStain, [rows](const Picture& sound, double) {
            Picture stained = sound;
            for (std::size_t i = 0; i < stained.rgb.size(); i += 3) {
              double density[3];
              for (std::size_t c = 0; c < 3; ++c) {
                density[c] = std::log(256.0 / (sound.rgb[i + c] + 1.0));
              }
              for (std::size_t c = 0; c < 3; ++c) {
                double sum = 0;
                for (std::size_t k = 0; k < 3; ++k) sum += rows[c * 3 + k] * density[k];
                stained.rgb[i + c] = rounded(256 * std::exp(-sum) - 1);
              }
            }
            return stained;
          }};
}

void append(std::vector<std::byte>& bytes, std::uint32_t value, int count) {
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::byte>(value >> shift));
  }
}
void append(std::vector<std::byte>& bytes, std::string_view text) {
  for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
}

constexpr Primaries kAdobeRgb = {
    {0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}};

}  // namespace

// Header, table of three tags, their values (ICC.1:2010, 7 and 10.31).
std::vector<std::byte> colour_profile(const Primaries& xyz) {
  constexpr std::string_view kTags[] = {"rXYZ", "gXYZ", "bXYZ"};
  constexpr std::uint32_t kHeader = 128, kTable = 4 + 3 * 12, kValue = 20;
  std::vector<std::byte> profile(kHeader);
  append(profile, 3, 4);
  for (std::uint32_t i = 0; i < 3; ++i) {
    append(profile, kTags[i]);
    append(profile, kHeader + kTable + i * kValue, 4);
    append(profile, kValue, 4);
  }
  for (const auto& primary : xyz) {
    append(profile, std::string_view("XYZ \0\0\0\0", 8));
    for (const double value : primary) {
      append(profile, static_cast<std::uint32_t>(std::lround(value * 65536)), 4);
    }
  }
  return profile;
}

const std::vector<Spoil>& spoils() {
  constexpr double kSwapped[3][3] = {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}};
  constexpr double kMixed[3][3] = {{.5, .5, 0}, {0, .5, .5}, {.5, 0, .5}};
  static const std::vector<Spoil> all = {
      blur("blur, sigma 2 % of a cell", 0.02),   blur("blur, sigma 4 % of a cell", 0.04),
      light("30 % too much light", 1.3),         light("60 % too much light", 1.6),
      stain("red and blue exchanged", kSwapped), stain("stains of mixed hue", kMixed),
  };
  return all;
}

std::vector<std::byte> with_adobe_rgb(std::span<const std::byte> file) {
  constexpr std::size_t kStart = 2;  // the start mark
  const bool jpeg =
      file.size() > kStart && file[0] == std::byte{0xFF} && file[1] == std::byte{0xD8};
  if (!jpeg) return {};
  const std::vector<std::byte> profile = colour_profile(kAdobeRgb);
  std::vector<std::byte> changed(file.begin(), file.begin() + kStart);
  append(changed, 0xFFE2, 2);
  append(changed, static_cast<std::uint32_t>(2 + 14 + profile.size()), 2);
  append(changed, std::string_view("ICC_PROFILE\0\x01\x01", 14));
  changed.insert(changed.end(), profile.begin(), profile.end());
  changed.insert(changed.end(), file.begin() + kStart, file.end());
  return changed;
}

}  // namespace leukolens::tool
