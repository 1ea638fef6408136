// Colour profiles: which of them differ from sRGB, and which files carry one.
#include "core/picture/icc.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/picture/decode.h"
#include "core/picture/tiff.h"
#include "doctest.h"
#include "tests/picture_files.h"
#include "tests/tiff_files.h"
#include "tools/leukolens/spoil.h"

using namespace leukolens;

namespace {

using File = std::vector<std::byte>;

constexpr tool::Primaries kSrgb = {
    {.43607, .22249, .01392}, {.38515, .71687, .09708}, {.14307, .06061, .7141}};
constexpr tool::Primaries kP3 = {
    {.5151, .2412, -.0011}, {.292, .6922, .0419}, {.1571, .0666, .7841}};

bool warns(const Picture& picture) {
  return std::ranges::count(picture.warnings, Warning::kColourProfile) == 1;
}

}  // namespace

TEST_CASE("primaries of sRGB are no news, those of Display P3 are") {
  CHECK(!differs_from_srgb(tool::colour_profile(kSrgb)));
  CHECK(differs_from_srgb(tool::colour_profile(kP3)));
}

TEST_CASE("what states no primaries differs from nothing, wherever it is cut") {
  CHECK(!differs_from_srgb({}));
  const File whole = tool::colour_profile(kP3);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK(!differs_from_srgb(std::span(whole).first(size)));
  }
  File elsewhere = whole;
  std::fill_n(elsewhere.begin() + 136, 4, std::byte{0xFF});  // the place of the first value
  CHECK(!differs_from_srgb(elsewhere));
}

TEST_CASE("a JPEG file with a profile of Adobe RGB gets the warning, and the same pixels") {
  const File plain = picture_files::fixture("cell.jpg");
  const Result<Picture> sound = decode(plain);
  const Result<Picture> tagged = decode(tool::with_adobe_rgb(plain));
  REQUIRE(sound.ok());
  REQUIRE(tagged.ok());
  CHECK(!warns(*sound));
  CHECK(warns(*tagged));
  CHECK(tagged->rgb == sound->rgb);
  CHECK(tool::with_adobe_rgb(picture_files::pnm(picture_files::pattern(20, 20))).empty());
}

TEST_CASE("PNG and TIFF files carry profiles too") {
  const Picture picture = picture_files::pattern(16, 16);
  for (const bool other : {false, true}) {
    const File icc = tool::colour_profile(other ? kP3 : kSrgb);
    // One stored block of zlib's format; the decoder asks for no checksum.
    std::vector<std::uint8_t> chunk = {'P', '3', 0, 0, 0x78, 0x01, 0x01};
    const auto size = static_cast<std::uint16_t>(icc.size());
    for (const int word : {int(size), ~int(size)}) {
      chunk.push_back(static_cast<std::uint8_t>(word));
      chunk.push_back(static_cast<std::uint8_t>(word >> 8));
    }
    for (const std::byte byte : icc) chunk.push_back(std::uint8_t(byte));
    chunk.insert(chunk.end(), 4, 0);
    const Result<Picture> png = decode(
        picture_files::png(16, 16, 8, 2, picture.rgb, picture_files::png_chunk("iCCP", chunk)));
    REQUIRE(png.ok());
    CHECK(warns(*png) == other);

    tiff_files::Page page{picture};
    page.profile = icc;
    const File bytes = tiff_files::tiff({page});
    Result<TiffFile> tiff = TiffFile::open(bytes);
    REQUIRE(tiff.ok());
    const Result<Picture> shown = tiff->page(0);
    REQUIRE(shown.ok());
    CHECK(warns(*shown) == other);
  }
}
