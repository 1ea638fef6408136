#include "core/picture/tiff.h"

#include <tiffio.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/picture/bytes.h"
#include "core/picture/icc.h"
#include "core/picture/layout.h"
#include "core/picture/pixels.h"
#include "core/picture/size.h"
#include "core/picture/sniff.h"
#include "core/picture/tiff_stream.h"

namespace leukolens {
namespace {

// No microscope writes more into one file; a chain that goes in a circle would.
constexpr std::size_t kMostPages = 10'000;

std::string_view text_tag(TIFF* tiff, std::uint32_t tag) {
  const char* text = nullptr;
  return TIFFGetField(tiff, tag, &text) && text ? text : std::string_view();
}

// Files in a TIFF's clothes that hold no picture of ordinary size, and the way out.
std::string_view foreign_kind(TIFF* tiff) {
  const std::string_view maker = text_tag(tiff, TIFFTAG_MAKE);
  if (text_tag(tiff, TIFFTAG_IMAGEDESCRIPTION).starts_with("Aperio")) {
    return "a whole slide of an Aperio scanner (SVS); export a field from its viewer or QuPath";
  }
  if (maker.starts_with("Hamamatsu")) {
    return "a whole slide of a Hamamatsu scanner (NDPI); export a field from its viewer or QuPath";
  }
  std::uint16_t count = 0;
  const void* version = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_DNGVERSION, &version)) return "a camera raw file (DNG)";
  const void* places = nullptr;
  std::uint32_t kind = 0;
  TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &kind);
  const bool starts_small = kind & FILETYPE_REDUCEDIMAGE;
  if (starts_small && TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &places)) {
    return "a camera raw file";
  }
  return {};
}

bool is_copy_or_mask(TIFF* tiff) {
  std::uint32_t kind = 0;
  TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &kind);
  return kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK);
}

// Whether every strip or tile lies inside the file.
Result<Done> check_extent(TIFF* tiff, Bytes file) {
  const std::uint32_t parts =
      TIFFIsTiled(tiff) ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
  for (std::uint32_t part = 0; part < parts; ++part) {
    const std::uint64_t start = TIFFGetStrileOffset(tiff, part);
    const std::uint64_t count = TIFFGetStrileByteCount(tiff, part);
    if (start > file.size() || count > file.size() - start) {
      return ends_early(file.size(), start + count);
    }
  }
  return Done{};
}

bool has_other_colours(TIFF* tiff) {
  std::uint32_t size = 0;
  const void* profile = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &size, &profile) || !profile) return false;
  return differs_from_srgb({static_cast<const std::byte*>(profile), size});
}

// libtiff multiplies colours by alpha; over white, what alpha lacks is white. The pixels lie as R,
// G, B, A in memory. Returns whether any was not opaque.
bool lay_over_white(std::vector<std::uint32_t>& pixels) {
  bool opaque = true;
  for (std::uint32_t& pixel : pixels) {
    const std::uint32_t alpha = TIFFGetA(pixel);
    if (alpha == 255) continue;
    opaque = false;
    const auto over = [&](std::uint32_t value) { return std::min(value + 255 - alpha, 255u); };
    pixel = over(TIFFGetR(pixel)) | over(TIFFGetG(pixel)) << 8 | over(TIFFGetB(pixel)) << 16 |
            255u << 24;
  }
  return !opaque;
}

}  // namespace

bool is_tiff(Bytes file) { return sniff(file).format == PictureFormat::kTiff; }

struct TiffFile::State {
  State(Bytes bytes, const Limits& bounds)
      : file(bytes), limits(bounds), stream(bytes, most_memory(bounds)) {}

  // Strips or tiles as stored and unpacked: 16-bit samples of four channels and some tables.
  static std::size_t most_memory(const Limits& limits) {
    return static_cast<std::size_t>(limits.max_pixels * 8) + limits.max_bytes;
  }
  Result<Picture> broken(std::string_view otherwise) {
    const std::string complaint = stream.take_complaint();
    return Error{ErrorCode::kBrokenPicture,
                 "TIFF: " + (complaint.empty() ? std::string(otherwise) : complaint)};
  }
  Result<Picture> unpack(std::uint32_t width, std::uint32_t height);

  Bytes file;
  Limits limits;
  TiffStream stream;
  std::vector<tdir_t> directories;  // of the pages
};

Result<Picture> TiffFile::State::unpack(std::uint32_t width, std::uint32_t height) {
  char reason[1024] = "";
  TIFFRGBAImage image;
  if (!TIFFRGBAImageOK(stream.tiff(), reason) ||
      !TIFFRGBAImageBegin(&image, stream.tiff(), /*stop_on_error=*/1, reason)) {
    return broken(reason);
  }
  const std::uint16_t orientation = image.orientation, bits = image.bitspersample;
  image.orientation = image.req_orientation = ORIENTATION_TOPLEFT;  // as stored; turned below
  std::vector<std::uint32_t> pixels(std::size_t(width) * height);
  const bool done = TIFFRGBAImageGet(&image, pixels.data(), width, height);
  TIFFRGBAImageEnd(&image);
  if (!done) return broken("its pixels can't be unpacked");

  const bool transparent = lay_over_white(pixels);
  const Samples samples{reinterpret_cast<const std::uint8_t*>(pixels.data()), int(width),
                        int(height), 4};
  Picture picture = to_picture(samples, orientation, PictureFormat::kTiff);
  if (transparent) picture.warnings.push_back(Warning::kTransparency);
  if (has_other_colours(stream.tiff())) picture.warnings.push_back(Warning::kColourProfile);
  if (bits > 8) picture.warnings.push_back(Warning::kSixteenBit);
  return picture;
}

TiffFile::TiffFile() = default;
TiffFile::TiffFile(TiffFile&&) noexcept = default;
TiffFile& TiffFile::operator=(TiffFile&&) noexcept = default;
TiffFile::~TiffFile() = default;

Result<TiffFile> TiffFile::open(Bytes bytes, const Limits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return Error{ErrorCode::kTooManyBytes, std::to_string(bytes.size()) + " bytes; the limit is " +
                                               std::to_string(limits.max_bytes)};
  }
  TiffFile opened;
  opened.state_ = std::make_unique<State>(bytes, limits);
  State& state = *opened.state_;
  TIFF* tiff = state.stream.tiff();
  if (!tiff) return state.broken("it holds no picture").error();
  if (const std::string_view foreign = foreign_kind(tiff); !foreign.empty()) {
    return Error{ErrorCode::kForeignFormat, std::string(foreign)};
  }
  tdir_t directory = 0;
  bool more = true;
  for (; more && state.directories.size() < kMostPages; ++directory) {
    if (!is_copy_or_mask(tiff)) state.directories.push_back(directory);
    if (TIFFLastDirectory(tiff)) break;
    state.stream.take_complaint();
    more = TIFFReadDirectory(tiff);
    // A page that is announced and broken is told in its place.
    if (!more) state.directories.push_back(++directory);
  }
  if (state.directories.empty()) state.directories.push_back(0);
  return opened;
}

int TiffFile::pages() const { return static_cast<int>(state_->directories.size()); }

Result<Picture> TiffFile::page(int index) {
  TIFF* tiff = state_->stream.tiff();
  state_->stream.take_complaint();
  if (!TIFFSetDirectory(tiff, state_->directories[std::size_t(index)])) {
    return state_->broken("its directory makes no sense");
  }
  std::uint32_t width = 0, height = 0;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
  if (auto checked = check_size(width, height, state_->limits); !checked) return checked.error();
  if (auto checked = check_extent(tiff, state_->file); !checked) return checked.error();
  return state_->unpack(width, height);
}

}  // namespace leukolens
