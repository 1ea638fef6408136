// TIFF: every way of storing pixels comes back as the picture that was written; what is broken,
// cut off, too large or a slide scanner's is told so.
#include "core/picture/tiff.h"

#include <doctest.h>
#include <tiffio.h>

#include <algorithm>
#include <cstdlib>

#include "core/picture/decode.h"
#include "tests/tiff_files.h"

using namespace leukolens;
using picture_files::File;
using picture_files::pattern;
using tiff_files::Page;
using tiff_files::tiff;
using Warnings = std::vector<Warning>;

namespace {

Picture read_page(const File& file, int index = 0) {
  auto opened = TiffFile::open(file);
  REQUIRE(opened.ok());
  REQUIRE(index < opened->pages());
  auto picture = opened->page(index);
  CAPTURE((picture.ok() ? "" : picture.error().what));
  REQUIRE(picture.ok());
  return std::move(picture).value();
}

// Of the first page, or of the file itself.
Error refused(const File& file, const Limits& limits = {}) {
  auto opened = TiffFile::open(file, limits);
  if (!opened) return opened.error();
  const auto picture = opened->page(0);
  REQUIRE(!picture.ok());
  return picture.error();
}

int largest_difference(const Picture& a, const Picture& b) {
  REQUIRE(a.rgb.size() == b.rgb.size());
  int largest = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) {
    largest = std::max(largest, std::abs(int(a.rgb[i]) - int(b.rgb[i])));
  }
  return largest;
}

Picture smooth(int width, int height) {
  Picture picture = pattern(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      std::uint8_t* at = &picture.rgb[(std::size_t(y) * width + x) * 3];
      at[0] = std::uint8_t(60 + 2 * x), at[1] = std::uint8_t(200 - y), at[2] = 120;
    }
  }
  return picture;
}

}  // namespace

TEST_CASE("lossless TIFF gives back every pixel, however it is stored") {
  const Picture picture = pattern(45, 33);
  for (const int compression :
       {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS}) {
    for (const int bits : {8, 16}) {
      for (const bool tiled : {false, true}) {
        for (const bool separate : {false, true}) {
          CAPTURE(compression);
          CAPTURE(bits);
          CAPTURE(tiled);
          CAPTURE(separate);
          Page page{picture, std::uint16_t(compression), bits};
          page.is_tiled = tiled;
          page.is_separate = separate;
          for (const char* mode : {"w", "wb", "w8"}) {
            const Picture read = read_page(tiff({page}, mode));
            CHECK(read.width == 45);
            CHECK(read.rgb == picture.rgb);
            CHECK(read.format == PictureFormat::kTiff);
            CHECK(decoder_name(read.format) == "libtiff");
            CHECK(read.warnings == (bits == 16 ? Warnings{Warning::kSixteenBit} : Warnings{}));
          }
        }
      }
    }
  }
}

TEST_CASE("JPEG inside TIFF shows the drawing") {
  const Picture picture = smooth(48, 64);
  for (const bool tiled : {false, true}) {
    Page page{picture, COMPRESSION_JPEG};
    page.is_tiled = tiled;
    CHECK(largest_difference(read_page(tiff({page})), picture) <= 8);
  }
}

TEST_CASE("grey, alpha and orientation of TIFF") {
  const Picture picture = pattern(20, 16);
  Page grey{picture};
  grey.channels = 1;
  const Picture shown = read_page(tiff({grey}));
  CHECK(shown.warnings == Warnings{Warning::kGrey});
  CHECK(shown.rgb[3 * 21 + 1] == picture.rgb[3 * 21]);

  Page clear{picture};
  clear.channels = 4;
  clear.alpha = 0;
  const Picture white = read_page(tiff({clear}));
  CHECK(std::ranges::count(white.rgb, 255) == std::ptrdiff_t(white.rgb.size()));
  CHECK(std::ranges::count(white.warnings, Warning::kTransparency) == 1);
  clear.alpha = 128;
  const Picture pale = read_page(tiff({clear}));
  CHECK(std::abs(int(pale.rgb[0]) - (picture.rgb[0] * 128 + 255 * 127) / 255) <= 1);

  Page turned{picture};
  turned.orientation = ORIENTATION_RIGHTTOP;  // to be turned a quarter clockwise
  const Picture upright = read_page(tiff({turned}));
  CHECK(upright.width == 16);
  CHECK(upright.height == 20);
  CHECK(upright.rgb[0] == picture.rgb[3 * 20 * 15]);  // the corner at the lower left
}

TEST_CASE("each page is a picture; smaller copies and masks are none") {
  Page first{pattern(20, 16)}, copy{pattern(16, 16)}, last{pattern(33, 17), COMPRESSION_LZW};
  copy.subfile = FILETYPE_REDUCEDIMAGE;
  const File file = tiff({first, copy, last});
  CHECK(TiffFile::open(file)->pages() == 2);
  CHECK(read_page(file, 1).rgb == last.picture.rgb);
  CHECK(read_page(file, 0).rgb == first.picture.rgb);

  auto opened = TiffFile::open(file);
  CHECK(opened->page(1)->width == 33);  // in any order
  CHECK(opened->page(0)->width == 20);
}

TEST_CASE("a page that is cut off leaves the others") {
  const File whole = tiff({Page{pattern(20, 16)}, Page{pattern(40, 40)}});
  const File cut(whole.begin(), whole.end() - 60);
  auto opened = TiffFile::open(cut);
  REQUIRE(opened.ok());
  REQUIRE(opened->pages() == 2);
  CHECK(opened->page(0).ok());
  CHECK(!opened->page(1).ok());
}

TEST_CASE("TIFF files that are no ordinary picture are named with a way out") {
  Page slide{pattern(20, 16)};
  slide.description = "Aperio Image Library v11.2.1\r\n46000x32914";
  CHECK(refused(tiff({slide})).code == ErrorCode::kForeignFormat);
  CHECK(error_message(refused(tiff({slide}))).find("QuPath") != std::string::npos);
}

TEST_CASE("limits, damage and sizes of TIFF") {
  const File file = tiff({Page{pattern(48, 32)}});
  CHECK(refused(file, Limits{1 << 20, 48 * 32 - 1}).code == ErrorCode::kTooManyPixels);
  CHECK(refused(file, Limits{100, 1 << 20}).code == ErrorCode::kTooManyBytes);
  CHECK(refused(tiff({Page{pattern(15, 32)}})).code == ErrorCode::kPictureTooSmall);
  CHECK(decode(file).error().code == ErrorCode::kTiffFile);
  CHECK(is_tiff(file));
  CHECK(!is_tiff(picture_files::pnm(pattern(16, 16))));
  CHECK(refused(File(file.begin(), file.begin() + 6)).code == ErrorCode::kBrokenPicture);
  // Written from the front, its directory last: nothing can be read of a file cut in half.
  CHECK(!TiffFile::open(File(file.begin(), file.begin() + file.size() / 2)).ok());
}

TEST_CASE("no damaged byte of a TIFF file can do harm") {
  for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE}) {
    const File whole = tiff({Page{pattern(20, 16), std::uint16_t(compression)}});
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (const int value : {0, 0x7F, 0xFF}) {
        File damaged = whole;
        damaged[at] = std::byte(value);
        auto opened = TiffFile::open(damaged, Limits{1 << 20, 1 << 16});
        if (!opened) continue;
        for (int page = 0; page < std::min(opened->pages(), 3); ++page) (void)opened->page(page);
      }
    }
  }
}
