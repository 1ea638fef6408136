// The picture room: every format, every turn, every way in which a file can be wrong.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "core/picture/decode.h"
#include "core/picture/exif.h"
#include "core/picture/resize.h"
#include "doctest.h"
#include "tests/picture_files.h"

using namespace leukolens;
using namespace picture_files;

namespace {

using Colour = std::array<int, 3>;

// What the fixtures show: red and green above blue and yellow, 48 x 32.
constexpr Colour kRed{200, 40, 60}, kGreen{40, 160, 70}, kBlue{50, 60, 190}, kYellow{230, 220, 90};

Picture decoded(const File& file) {
  const Result<Picture> picture = decode(file);
  REQUIRE_MESSAGE(picture.ok(), error_message(picture.error()));
  REQUIRE(picture->rgb.size() == std::size_t(picture->width) * picture->height * 3);
  return *picture;
}

Error refused(const File& file, const Limits& limits = {}) {
  const Result<Picture> picture = decode(file, limits);
  REQUIRE(!picture.ok());
  return picture.error();
}

Colour colour_at(const Picture& picture, int x, int y) {
  const std::uint8_t* pixel = &picture.rgb[(std::size_t(y) * picture.width + x) * 3];
  return {pixel[0], pixel[1], pixel[2]};
}

bool near(const Colour& a, const Colour& b, int tolerance) {
  return std::abs(a[0] - b[0]) <= tolerance && std::abs(a[1] - b[1]) <= tolerance &&
         std::abs(a[2] - b[2]) <= tolerance;
}

// Middle of the quarter: 0 upper left, 1 upper right, 2 lower left, 3 lower right.
Colour quarter(const Picture& picture, int index) {
  return colour_at(picture, picture.width * (index % 2 ? 3 : 1) / 4,
                   picture.height * (index / 2 ? 3 : 1) / 4);
}

void check_quarters(const Picture& picture, const std::array<Colour, 4>& expected, int tolerance) {
  for (int i = 0; i < 4; ++i) {
    CAPTURE(i);
    CHECK(near(quarter(picture, i), expected[std::size_t(i)], tolerance));
  }
}

using Warnings = std::vector<Warning>;

std::vector<std::uint8_t> each_twice(const std::vector<std::uint8_t>& samples, std::uint8_t low) {
  std::vector<std::uint8_t> wide;
  for (std::uint8_t sample : samples) wide.insert(wide.end(), {sample, low});
  return wide;
}

std::vector<std::uint8_t> with_alpha(const std::vector<std::uint8_t>& rgb, std::uint8_t alpha) {
  std::vector<std::uint8_t> rgba;
  for (std::size_t i = 0; i < rgb.size(); i += 3) {
    rgba.insert(rgba.end(), {rgb[i], rgb[i + 1], rgb[i + 2], alpha});
  }
  return rgba;
}

// Small files of every format; sound, and with rows that need no padding.
std::vector<File> sound_files() {
  const Picture small = pattern(20, 16);
  return {fixture("baseline.jpg"),
          fixture("subsampled.jpg"),
          fixture("restarts.jpg"),
          fixture("progressive.jpg"),
          fixture("grey.jpg"),
          fixture("cmyk.jpg"),
          fixture("palette.png"),
          fixture("frames.gif"),
          png(20, 16, 8, 2, small.rgb),
          png(20, 16, 16, 6, each_twice(with_alpha(small.rgb, 9), 1)),
          bmp(small, 24),
          bmp(small, 32, 7),
          gif(16, 16, {std::vector<std::uint8_t>(256, 2)}, 1),
          pnm(small),
          with_orientation(fixture("baseline.jpg"), 6, true)};
}

}  // namespace

TEST_CASE("lossless formats give back every pixel") {
  const Picture expected = pattern(48, 32);
  struct Row {
    const char* name;
    File file;
    PictureFormat format;
    Warnings warnings;
  };
  const std::vector<Row> rows = {
      {"PNG", png(48, 32, 8, 2, expected.rgb), PictureFormat::kPng, {}},
      {"PNG with opaque alpha",
       png(48, 32, 8, 6, with_alpha(expected.rgb, 255)),
       PictureFormat::kPng,
       {}},
      {"PNG of 16 bits",
       png(48, 32, 16, 2, each_twice(expected.rgb, 0)),
       PictureFormat::kPng,
       {Warning::kSixteenBit}},
      {"interlaced PNG", fixture("adam7.png"), PictureFormat::kPng, {}},
      {"BMP of 24 bits", bmp(expected, 24), PictureFormat::kBmp, {}},
      {"BMP of 24 bits from the top", bmp(expected, 24, 255, false), PictureFormat::kBmp, {}},
      {"BMP of 32 bits", bmp(expected, 32), PictureFormat::kBmp, {}},
      {"BMP of 32 bits with an unused fourth byte", bmp(expected, 32, 0), PictureFormat::kBmp, {}},
      {"PPM", pnm(expected), PictureFormat::kPnm, {}},
      {"PPM with comments",
       pnm("P6 # drawn\n48\t32 # size\n255\n", expected.rgb),
       PictureFormat::kPnm,
       {}},
      {"PPM of 16 bits",
       pnm("P6 48 32 65280\n", each_twice(expected.rgb, 0)),
       PictureFormat::kPnm,
       {Warning::kSixteenBit}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Picture picture = decoded(row.file);
    CHECK(picture.width == 48);
    CHECK(picture.height == 32);
    CHECK(picture.format == row.format);
    CHECK(picture.warnings == row.warnings);
    CHECK(picture.rgb == expected.rgb);
  }
}

TEST_CASE("odd widths are padded in BMP and not elsewhere") {
  for (int width = 16; width < 20; ++width) {
    const Picture expected = pattern(width, 17);
    CHECK(decoded(bmp(expected, 24)).rgb == expected.rgb);
    CHECK(decoded(png(width, 17, 8, 2, expected.rgb)).rgb == expected.rgb);
    CHECK(decoded(pnm(expected)).rgb == expected.rgb);
  }
}

TEST_CASE("JPEG in its variants shows the drawing") {
  for (const char* name : {"baseline.jpg", "subsampled.jpg", "progressive.jpg", "cmyk.jpg"}) {
    CAPTURE(name);
    const Picture picture = decoded(fixture(name));
    CHECK(picture.width == 48);
    CHECK(picture.height == 32);
    CHECK(picture.format == PictureFormat::kJpeg);
    CHECK(picture.warnings.empty());
    check_quarters(picture, {kRed, kGreen, kBlue, kYellow}, 6);
  }
}

TEST_CASE("grey is accepted and noticed, whatever holds it") {
  std::vector<std::uint8_t> grey;
  for (int i = 0; i < 16 * 16; ++i) grey.push_back(std::uint8_t(i));
  std::vector<std::uint8_t> rgb;
  for (std::uint8_t v : grey) rgb.insert(rgb.end(), {v, v, v});
  for (const File& file : {png(16, 16, 8, 0, grey), png(16, 16, 8, 2, rgb),
                           pnm("P5 16 16 255\n", grey), pnm("P6 16 16 255\n", rgb)}) {
    const Picture picture = decoded(file);
    CHECK(picture.warnings == Warnings{Warning::kGrey});
    CHECK(picture.rgb == rgb);
  }
  CHECK(decoded(fixture("grey.jpg")).warnings == Warnings{Warning::kGrey});
  rgb[100] ^= 1;  // a single pixel with a trace of colour
  CHECK(decoded(png(16, 16, 8, 2, rgb)).warnings.empty());
}

TEST_CASE("alpha is laid over white") {
  const std::vector<std::uint8_t> rgb(16 * 16 * 3, 100);
  struct Row {
    std::uint8_t alpha;
    int expected;  // 100 * a / 255 + 255 * (255 - a) / 255, rounded
  };
  for (const Row& row : {Row{0, 255}, Row{51, 224}, Row{128, 177}, Row{254, 101}}) {
    CAPTURE(row.expected);
    const Picture picture = decoded(png(16, 16, 8, 6, with_alpha(rgb, row.alpha)));
    CHECK(picture.warnings == Warnings{Warning::kTransparency, Warning::kGrey});
    CHECK(colour_at(picture, 3, 3) == Colour{row.expected, row.expected, row.expected});
  }
  const File key = png_chunk("tRNS", {0, 100, 0, 100, 0, 100});  // this colour means nothing
  CHECK(colour_at(decoded(png(16, 16, 8, 2, rgb, key)), 0, 0) == Colour{255, 255, 255});
  CHECK(colour_at(decoded(bmp(pattern(16, 16), 32, 0x80)), 0, 0) == Colour{127, 255, 127});
}

TEST_CASE("16 bits are reduced within one step, and other ranges are stretched") {
  std::vector<std::uint8_t> samples;
  for (int i = 0; i < 16 * 16; ++i) {
    samples.insert(samples.end(), {std::uint8_t(i), std::uint8_t(i * 7)});
  }
  const Picture from_png = decoded(png(16, 16, 16, 0, samples));
  const Picture from_pgm = decoded(pnm("P5 16 16 65535\n", samples));
  for (std::size_t i = 0; i < 256; ++i) {
    const double exact = (samples[i * 2] * 256 + samples[i * 2 + 1]) / 65535.0 * 255;
    CHECK(std::abs(from_png.rgb[i * 3] - exact) <= 1);
    CHECK(std::abs(from_pgm.rgb[i * 3] - exact) <= 0.5);
  }
  const std::vector<std::uint8_t> twelve_bits = each_twice(std::vector<std::uint8_t>(256, 15), 255);
  CHECK(decoded(pnm("P5 16 16 4095\n", twelve_bits)).rgb[0] == 255);
  const std::vector<std::uint8_t> few(256, 5);
  CHECK(decoded(pnm("P5 16 16 15\n", few)).rgb[0] == 85);
}

TEST_CASE("GIF: the first frame, its transparency, and a word on the others") {
  const std::vector<std::uint8_t> red(20 * 16, 2), blue(20 * 16, 3);
  const Picture single = decoded(gif(20, 16, {red}));
  CHECK(single.warnings.empty());
  CHECK(single.format == PictureFormat::kGif);
  CHECK(colour_at(single, 19, 15) == Colour{255, 0, 0});

  const Picture first = decoded(gif(20, 16, {blue, red, red}));
  CHECK(first.warnings == Warnings{Warning::kAnimation});
  CHECK(colour_at(first, 0, 0) == Colour{0, 0, 255});

  std::vector<std::uint8_t> holed = red;
  holed[21] = 0;
  const Picture transparent = decoded(gif(20, 16, {holed}, 0));
  CHECK(transparent.warnings == Warnings{Warning::kTransparency});
  CHECK(colour_at(transparent, 1, 1) == Colour{255, 255, 255});
  CHECK(colour_at(transparent, 2, 1) == Colour{255, 0, 0});

  const Picture foreign_made = decoded(fixture("frames.gif"));
  CHECK(foreign_made.warnings == Warnings{Warning::kAnimation});
  check_quarters(foreign_made, {kRed, kGreen, kBlue, kYellow}, 0);
}

TEST_CASE("PNG with a palette, and an animated one") {
  check_quarters(decoded(fixture("palette.png")), {kRed, kGreen, kBlue, kYellow}, 0);
  const Picture expected = pattern(16, 16);
  const File animated =
      png(16, 16, 8, 2, expected.rgb, png_chunk("acTL", {0, 0, 0, 2, 0, 0, 0, 0}));
  CHECK(decoded(animated).warnings == Warnings{Warning::kAnimation});
  CHECK(decoded(animated).rgb == expected.rgb);
  const File of_one = png(16, 16, 8, 2, expected.rgb, png_chunk("acTL", {0, 0, 0, 1, 0, 0, 0, 0}));
  CHECK(decoded(of_one).warnings.empty());
}

TEST_CASE("EXIF orientation turns and mirrors") {
  const std::array<std::array<Colour, 4>, 8> expected = {{
      {kRed, kGreen, kBlue, kYellow},  // 1: first row above, first column left
      {kGreen, kRed, kYellow, kBlue},  // 2: above, right
      {kYellow, kBlue, kGreen, kRed},  // 3: below, right
      {kBlue, kYellow, kRed, kGreen},  // 4: below, left
      {kRed, kBlue, kGreen, kYellow},  // 5: left, above
      {kBlue, kRed, kYellow, kGreen},  // 6: right, above
      {kYellow, kGreen, kBlue, kRed},  // 7: right, below
      {kGreen, kYellow, kRed, kBlue},  // 8: left, below
  }};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    for (bool big_endian : {false, true}) {
      CAPTURE(orientation);
      CAPTURE(big_endian);
      const Picture picture =
          decoded(with_orientation(fixture("baseline.jpg"), orientation, big_endian));
      CHECK(picture.width == (orientation < 5 ? 48 : 32));
      CHECK(picture.height == (orientation < 5 ? 32 : 48));
      check_quarters(picture, expected[std::size_t(orientation - 1)], 6);
    }
  }
}

TEST_CASE("an EXIF note that makes no sense is passed over") {
  const File plain = fixture("baseline.jpg");
  const Picture expected = decoded(plain);
  for (int orientation : {0, 9, 65535}) {
    CHECK(decoded(with_orientation(plain, orientation, true)).rgb == expected.rgb);
  }
  // Cut anywhere or pointing anywhere, it stays within its bytes (the sanitizers watch).
  const File file = with_orientation(plain, 6, false);
  const std::span<const std::byte> tiff = std::span(file).subspan(12, 38);
  REQUIRE(exif_orientation(tiff) == 6);
  for (std::size_t size = 0; size < 34; ++size) CHECK(exif_orientation(tiff.first(size)) == 1);
  for (std::size_t i = 0; i < tiff.size(); ++i) {
    for (int value = 0; value < 256; ++value) {
      File damaged(tiff.begin(), tiff.end());
      damaged[i] = std::byte(value);
      const int orientation = exif_orientation(damaged);
      CHECK((orientation >= 1 && orientation <= 8));
    }
  }
}

namespace {

using namespace std::literals;

struct ForeignRow {
  std::string_view start, what;
};
constexpr ForeignRow kForeignRows[] = {
    {"RIFF\x10\0\0\0WEBPVP8 "sv, "a WebP file"},
    {"RIFF\x10\0\0\0AVI LIST"sv, "an AVI video"},
    {"\0\0\0\x20"
     "ftypavif"sv,
     "an AVIF file"},
    {"\0\0\0\x20"
     "ftypheic"sv,
     "a HEIC file"},
    {"\0\0\0\x20"
     "ftypmif1"sv,
     "a HEIC file"},
    {"\0\0\0\x20"
     "ftypisom"sv,
     "an MP4 video"},
    {"\0\0\0\x20"
     "ftypqt  "sv,
     "a QuickTime video"},
    {"\0\0\0\x0CjP  \r\n\x87\n"sv, "a JPEG 2000 file"},
    {"\xFF\x4F\xFF\x51\0\0"sv, "a JPEG 2000 file"},
    {"\0\0\0\x0CJXL \r\n\x87\n"sv, "a JPEG XL file"},
    {"\xFF\x0A\0\0"sv, "a JPEG XL file"},
    {"8BPS\0\x01"sv, "a Photoshop file (PSD)"},
    {"\0\0\1\0\1\0"sv, "a Windows icon (ICO)"},
    {"\x89PNG\r\n\x1A\n\0\0\0\4CgBI"sv, "a PNG file in Apple's own variant (CgBI)"},
    {"P3 16 16 255 0"sv, "a plain-text PPM file"},
    {"P4 16 16 "sv, "a black-and-white PBM file"},
    {"ZISRAWFILE\0"sv, "a Zeiss microscope file (CZI)"},
    {"\xDA\xCE\xBE\x0A"sv, "a Nikon microscope file (ND2)"},
    {"%PDF-1.7"sv, "a PDF document"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an Office document or microscope file (OLE)"},
    {"PK\3\4\x14\0"sv, "a ZIP archive or Office document, which may hold pictures"},
    {"\x1F\x8B\x08\0"sv, "a gzip archive, which must be unpacked first"},
    {"<?xml version=\"1.0\"?>\n<svg xmlns="sv, "an SVG drawing"},
    {" <svg>"sv, "an SVG drawing"},
    {"\xEF\xBB\xBF<!DOCTYPE HTML>"sv, "a web page (HTML)"},
    {"<?xml version=\"1.0\"?><a/>"sv, "an XML file"},
    {"file,class\n1.png,monocyte\n"sv, "a text file"},
    {"BMW makes cars, not pictures"sv, "a text file"},
    {"\x1C\0\0\0TFL3"sv, "a TensorFlow Lite model, not a picture"},
};

}  // namespace

TEST_CASE("foreign files are named") {
  for (const ForeignRow& row : kForeignRows) {
    CAPTURE(row.what);
    const Error error = refused(from_text(row.start));
    CHECK(error.code == ErrorCode::kForeignFormat);
    CHECK(error.what == row.what);
  }
  std::string dicom(200, '\0');
  dicom.replace(128, 4, "DICM");
  CHECK(refused(from_text(dicom)).what == "a DICOM file");
  CHECK(error_message(refused(from_text("qoif"sv))) ==
        "this is a QOI file; save it as PNG or JPEG and try again");
  CHECK(refused(File(1000)).what == "a file of zeros, as a failed copy leaves it");
}

TEST_CASE("an empty file and one that is nothing known") {
  CHECK(refused({}).code == ErrorCode::kEmptyFile);
  const Error unknown = refused(from_text("\x01\x02\xAB\xFF\x05\x06\x07\x08\x09"));
  CHECK(unknown.code == ErrorCode::kUnknownFormat);
  CHECK(unknown.what == "01 02 ab ff 05 06 07 08");
}

TEST_CASE("kinds of a known format that can't be read are named") {
  const Error arithmetic = refused(fixture("arithmetic.jpg"));
  CHECK(arithmetic.code == ErrorCode::kBrokenPicture);
  CHECK(arithmetic.what == "arithmetic-coded JPEG is not supported");

  File twelve_bits = fixture("baseline.jpg");
  File frame = from_text("\xFF\xC0");
  const auto at = std::search(twelve_bits.begin(), twelve_bits.end(), frame.begin(), frame.end());
  REQUIRE(at != twelve_bits.end());
  at[4] = std::byte{12};
  CHECK(refused(twelve_bits).what == "12-bit JPEG is not supported");

  File packed = bmp(pattern(16, 16), 24);
  packed[30] = std::byte{1};
  CHECK(refused(packed).code == ErrorCode::kBrokenPicture);
  CHECK(refused(packed).what == "compressed BMP is not supported");
}

TEST_CASE("limits are checked by the header alone") {
  const Picture small = pattern(48, 32);
  Limits limits;
  limits.max_pixels = 48 * 32 - 1;
  for (const File& file : {png(48, 32, 8, 2, small.rgb), bmp(small, 24), pnm(small),
                           fixture("baseline.jpg"), fixture("frames.gif")}) {
    CHECK(refused(file, limits).code == ErrorCode::kTooManyPixels);
    CHECK(refused(file, limits).what == "48 x 32; the limit is 1535 in all");
    CHECK(decode(file, Limits{file.size(), 48 * 32}).ok());
    CHECK(refused(file, Limits{file.size() - 1, 48 * 32}).code == ErrorCode::kTooManyBytes);
  }
  // A file of a hundred bytes that claims 60000 x 60000 pixels.
  const File bomb = png(60000, 60000, 8, 2, std::vector<std::uint8_t>(60000));
  CHECK(refused(bomb).code == ErrorCode::kTooManyPixels);
  // Within the pixels, but longer than the decoder goes.
  const File ribbon = png(70000, 16, 8, 2, std::vector<std::uint8_t>(16));
  CHECK(refused(ribbon).code == ErrorCode::kTooManyPixels);
}

TEST_CASE("a small file can't unpack to more than its pixels need") {
  const Error error = refused(fixture("bomb.png"));
  CHECK(error.code == ErrorCode::kBrokenPicture);
  CHECK(error.what == "it unpacks to more than its pixels need");
  CHECK(decode(fixture("baseline.jpg")).ok());
}

TEST_CASE("pictures under 16 pixels are too small") {
  const Picture narrow = pattern(15, 200), low = pattern(200, 15), least = pattern(16, 16);
  CHECK(refused(pnm(narrow)).code == ErrorCode::kPictureTooSmall);
  CHECK(refused(png(200, 15, 8, 2, low.rgb)).what == "200 x 15");
  CHECK(decoded(bmp(least, 24)).rgb == least.rgb);
  CHECK(refused(png(0, 16, 8, 2, std::vector<std::uint8_t>(16))).code == ErrorCode::kBrokenPicture);
}

TEST_CASE("a file cut off anywhere is told to be cut off") {
  for (const File& whole : sound_files()) {
    CAPTURE(whole.size());
    REQUIRE(decode(whole).ok());
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const Error error = refused(File(whole.begin(), whole.begin() + std::ptrdiff_t(size)));
      CAPTURE(size);
      // The first bytes may be too few to tell the format by.
      if (size >= 8) CHECK(error_name(error.code) == "truncated_picture");
    }
  }
}

TEST_CASE("what is there in full but damaged is told to be broken") {
  const Picture small = pattern(20, 16);
  File file = png(20, 16, 8, 2, small.rgb);
  file[60] ^= std::byte{1};  // inside the data: only the checksum knows
  CHECK(refused(file).code == ErrorCode::kBrokenPicture);
  CHECK(refused(file).what == "wrong checksum at byte 33");

  file = png(20, 16, 8, 2, small.rgb, png_chunk("tRNS", {0, 1, 0, 2, 0, 3}));
  file[33 + 9] ^= std::byte{1};  // another colour would vanish
  CHECK(refused(file).what == "wrong checksum at byte 33");

  File note = png(20, 16, 8, 2, small.rgb, png_chunk("tEXt", {'a', 0, 'b'}));
  note[33 + 8] ^= std::byte{1};  // damage in a comment doesn't matter
  CHECK(decoded(note).rgb == small.rgb);

  File jpeg = fixture("baseline.jpg");
  jpeg[jpeg.size() - 40] = std::byte{0xFF};
  jpeg[jpeg.size() - 39] = std::byte{0xC4};  // a table in the middle of the data
  CHECK(!decode(jpeg).ok());
  CHECK(refused(pnm("P6 0 16 255\n", {1, 2, 3})).code == ErrorCode::kBrokenPicture);
  CHECK(refused(pnm("P6 16 16 70000\n", {1, 2, 3})).code == ErrorCode::kBrokenPicture);
  CHECK(refused(gif(16, 16, {})).what == "no frame");
}

TEST_CASE("no damaged byte can do harm") {
  // Sanitizers look on; here: an answer comes, and a picture is whole.
  const Limits limits{1 << 20, 1 << 16};
  for (const File& whole : sound_files()) {
    for (std::size_t i = 0; i < whole.size(); ++i) {
      for (int change : {0x01, 0x80, 0xFF, -1}) {
        File damaged = whole;
        damaged[i] = change < 0 ? std::byte{0} : damaged[i] ^ std::byte(change);
        const Result<Picture> picture = decode(damaged, limits);
        if (picture)
          REQUIRE(picture->rgb.size() == std::size_t(picture->width * picture->height * 3));
      }
    }
  }
}

TEST_CASE("names are stable") {
  CHECK(format_name(PictureFormat::kJpeg) == "JPEG");
  CHECK(format_name(PictureFormat::kPng) == "PNG");
  CHECK(format_name(PictureFormat::kBmp) == "BMP");
  CHECK(format_name(PictureFormat::kGif) == "GIF");
  CHECK(format_name(PictureFormat::kPnm) == "PNM");
  CHECK(warning_name(Warning::kNoCellFound) == "no_cell_found");
  CHECK(warning_name(Warning::kAnimation) == "first_frame_only");
  CHECK(warning_name(Warning::kTransparency) == "transparency_over_white");
  CHECK(warning_name(Warning::kSixteenBit) == "sixteen_bit_reduced");
  CHECK(warning_name(Warning::kGrey) == "grey_picture");
  CHECK(decoder_name(PictureFormat::kJpeg) == "stb_image");
  CHECK(decoder_name(PictureFormat::kPnm) == "leukolens");
}
