#include "core/picture/decode.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <string>

#include "core/picture/bytes.h"
#include "core/picture/layout.h"
#include "core/picture/pixels.h"
#include "core/picture/size.h"
#include "core/picture/sniff.h"
#include "core/picture/stb_config.h"

namespace leukolens {
namespace {

Error unknown_format(Bytes file) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string shown;
  for (std::byte byte : file.first(std::min<std::size_t>(file.size(), 8))) {
    if (!shown.empty()) shown += ' ';
    shown += {kDigits[int(byte) >> 4], kDigits[int(byte) & 15]};
  }
  return {ErrorCode::kUnknownFormat, shown};
}

Result<Picture> decode_pnm(Bytes file, const Layout& layout) {
  const std::size_t channels = byte_at(file, 1) == '6' ? 3 : 1;
  const std::size_t pixels = layout.width * layout.height;
  std::vector<std::uint8_t> rgb(pixels * 3);
  for (std::size_t i = 0; i < pixels * channels; ++i) {
    const std::uint32_t sample = layout.sixteen_bit ? big16(file, layout.data_at + i * 2)
                                                    : byte_at(file, layout.data_at + i);
    const std::uint32_t value =
        (std::min(sample, layout.maximum) * 255 + layout.maximum / 2) / layout.maximum;
    for (std::size_t c = 0; c < 3 / channels; ++c) {
      rgb[i * (3 / channels) + c] = static_cast<std::uint8_t>(value);
    }
  }
  return to_picture({rgb.data(), int(layout.width), int(layout.height), 3}, 1, PictureFormat::kPnm);
}

struct FreeStb {
  void operator()(stbi_uc* pixels) const { stbi_image_free(pixels); }
};

// No sound file needs more in one block: 16-bit RGBA with filter bytes, rounded up to a power of
// two as the unpacker does, or the file's own compressed bytes likewise.
std::size_t largest_block(Bytes file, const Layout& layout) {
  constexpr std::size_t kTables = 256 << 10;
  const std::uint64_t pixels = (layout.width + 16) * (layout.height + 16);
  const std::uint64_t bytes = std::max<std::uint64_t>(pixels * 16, file.size() * 2) + kTables;
  return static_cast<std::size_t>(std::min<std::uint64_t>(bytes, SIZE_MAX));
}

Error stb_error(const StbMemoryBound& bound, const Layout& layout) {
  if (bound.exceeded()) {
    return {ErrorCode::kBrokenPicture, "it unpacks to more than its pixels need"};
  }
  const char* reason = stbi_failure_reason();
  const std::string_view shown = reason ? reason : "no reason given";
  if (shown != "Out of memory") return {ErrorCode::kBrokenPicture, std::string(shown)};
  return {ErrorCode::kOutOfMemory, "unpacking " + std::to_string(layout.width) + " x " +
                                       std::to_string(layout.height) + " pixels"};
}

Result<Picture> decode_by_stb(Bytes file, const Layout& layout, PictureFormat format) {
  const auto* bytes = reinterpret_cast<const stbi_uc*>(file.data());
  const int size = static_cast<int>(file.size());
  Samples samples;
  int stored_channels = 0;
  // How much memory is taken follows from its own reading of the header: that must be the one the
  // limits were held against.
  if (!stbi_info_from_memory(bytes, size, &samples.width, &samples.height, &stored_channels)) {
    return Error{ErrorCode::kBrokenPicture, "its header makes no sense"};
  }
  // A BMP stored from the top down has a negative height.
  if (samples.width != int(layout.width) || std::abs(samples.height) != int(layout.height)) {
    return Error{ErrorCode::kBrokenPicture, "two sizes in its header"};
  }
  const StbMemoryBound bound(largest_block(file, layout));
  samples.channels = layout.may_be_transparent ? 4 : 3;
  const std::unique_ptr<stbi_uc, FreeStb> pixels(stbi_load_from_memory(
      bytes, size, &samples.width, &samples.height, &stored_channels, samples.channels));
  if (!pixels) return stb_error(bound, layout);
  samples.values = pixels.get();
  return to_picture(samples, layout.orientation, format);
}

}  // namespace

std::string_view decoder_name(PictureFormat format) {
  if (format == PictureFormat::kPnm) return "leukolens";
  if (format == PictureFormat::kTiff) return "libtiff";
  return format > PictureFormat::kTiff ? "browser" : "stb_image";
}

Result<Picture> decode(std::span<const std::byte> file, const Limits& limits) {
  if (file.empty()) return Error{ErrorCode::kEmptyFile, ""};
  if (file.size() > limits.max_bytes || file.size() > std::numeric_limits<int>::max()) {
    return Error{ErrorCode::kTooManyBytes, std::to_string(file.size()) + " bytes; the limit is " +
                                               std::to_string(limits.max_bytes)};
  }
  const Sniffed sniffed = sniff(file);
  if (!sniffed.foreign.empty()) return Error{ErrorCode::kForeignFormat, sniffed.foreign};
  if (!sniffed.format) return unknown_format(file);

  const PictureFormat format = *sniffed.format;
  if (format == PictureFormat::kTiff) return Error{ErrorCode::kTiffFile, ""};
  const Result<Layout> layout = read_layout(format, file);
  if (!layout) return layout.error();
  if (auto checked = check_size(layout->width, layout->height, limits); !checked)
    return checked.error();

  Result<Picture> picture = format == PictureFormat::kPnm ? decode_pnm(file, *layout)
                                                          : decode_by_stb(file, *layout, format);
  if (!picture) return picture;
  if (layout->sixteen_bit) picture->warnings.push_back(Warning::kSixteenBit);
  if (layout->animated) picture->warnings.push_back(Warning::kAnimation);
  if (layout->other_colours) picture->warnings.push_back(Warning::kColourProfile);
  return picture;
}

Result<Picture> take_decoded(std::span<const std::byte> start, std::span<const std::byte> pixels,
                             int width, int height, const Limits& limits) {
  const std::uint64_t area = std::uint64_t(std::max(width, 0)) * std::uint64_t(std::max(height, 0));
  if (auto checked = check_size(area ? width : 0, height, limits); !checked) return checked.error();
  if (pixels.size() != area * 3 && pixels.size() != area * 4) {
    return Error{ErrorCode::kBrokenPicture, "its size and its pixels don't fit together"};
  }
  const Samples samples{reinterpret_cast<const std::uint8_t*>(pixels.data()), width, height,
                        int(pixels.size() / area)};
  return to_picture(samples, 1, sniff(start).format.value_or(PictureFormat::kOther));
}

}  // namespace leukolens
