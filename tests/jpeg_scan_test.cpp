// JPEG data with a hole: the decoder would fill it with grey and say nothing.
#include <algorithm>
#include <string>

#include "core/picture/decode.h"
#include "doctest.h"
#include "tests/picture_files.h"

using namespace leukolens;
using namespace picture_files;

namespace {

constexpr std::byte kMarker{0xFF};

// Where the data of the last scan begin; they end two bytes before the file does.
std::size_t data_of(const File& jpeg) {
  const std::byte start[] = {kMarker, std::byte{0xDA}};
  const auto found = std::find_end(jpeg.begin(), jpeg.end(), std::begin(start), std::end(start));
  REQUIRE(found != jpeg.end());
  const auto at = std::size_t(found - jpeg.begin());
  return at + 2 + (std::size_t(jpeg[at + 2]) << 8 | std::size_t(jpeg[at + 3]));
}

File without(File file, std::size_t at, std::size_t count) {
  const auto from = file.begin() + std::ptrdiff_t(at);
  file.erase(from, from + std::ptrdiff_t(count));
  return file;
}

// Positions of the restart marks.
std::vector<std::size_t> marks_of(const File& jpeg) {
  std::vector<std::size_t> marks;
  for (std::size_t at = data_of(jpeg); at + 2 < jpeg.size(); ++at) {
    if (jpeg[at] == kMarker && (jpeg[at + 1] & std::byte{0xF8}) == std::byte{0xD0}) {
      marks.push_back(at);
    }
  }
  return marks;
}

Error refused(const File& file) {
  const Result<Picture> picture = decode(file);
  REQUIRE(!picture.ok());
  return picture.error();
}

}  // namespace

TEST_CASE("a JPEG whose data end early is cut off, with its end mark or without") {
  for (const char* name :
       {"baseline.jpg", "subsampled.jpg", "restarts.jpg", "grey.jpg", "cmyk.jpg", "cell.jpg"}) {
    const File whole = fixture(name);
    REQUIRE(decode(whole).ok());
    const std::size_t data = data_of(whole), end = whole.size() - 2;
    for (std::size_t left = data; left + 2 <= end; ++left) {
      CAPTURE(name);
      CAPTURE(end - left);
      // Half a stuffed FF, or half a mark, makes another marker of what is left: refused as well.
      const bool halves = left > data && whole[left - 1] == kMarker;
      const Error error = refused(without(whole, left, end - left));
      if (!halves) CHECK(error.code == ErrorCode::kTruncatedPicture);
    }
  }
}

TEST_CASE("a cut JPEG tells the row from which its data are missing") {
  const File cell = fixture("cell.jpg");  // 160 x 120
  const std::size_t data = data_of(cell), end = cell.size() - 2;
  CHECK(refused(without(cell, data, end - data)).what == "data are missing from row 0 of 120 on");
  const std::size_t half = data + (end - data) / 2;
  const std::string what = refused(without(cell, half, end - half)).what;
  const int row = std::stoi(what.substr(std::string("data are missing from row ").size()));
  CHECK(row > 16);
  CHECK(row < 112);
}

TEST_CASE("a JPEG that lost what lies between two restart marks is cut off") {
  const File whole = fixture("restarts.jpg");  // 3 x 2 MCUs, a mark behind each but the last
  const std::vector<std::size_t> marks = marks_of(whole);
  REQUIRE(marks.size() == 5);
  for (std::size_t i = 0; i + 1 < marks.size(); ++i) {
    CAPTURE(i);
    const Error hole = refused(without(whole, marks[i] + 2, marks[i + 1] - marks[i] - 2));
    CHECK(hole.code == ErrorCode::kTruncatedPicture);
    const Error shifted = refused(without(whole, marks[i], marks[i + 1] - marks[i]));
    CHECK(shifted.code == ErrorCode::kTruncatedPicture);
  }
  const Error second_row = refused(without(whole, marks[3], marks[4] - marks[3]));
  CHECK(second_row.what == "data are missing from row 16 of 32 on");
}

TEST_CASE("a progressive JPEG without its first scans is cut off") {
  const File whole = fixture("progressive.jpg");
  const std::byte start[] = {kMarker, std::byte{0xDA}};
  const auto scan = std::search(whole.begin(), whole.end(), std::begin(start), std::end(start));
  const auto header = std::size_t(scan - whole.begin());
  const std::size_t data = header + 2 + std::size_t(whole[header + 3]);
  std::size_t end = data;
  while (whole[end] != kMarker || whole[end + 1] == std::byte{0}) ++end;
  CHECK(refused(without(whole, data, end - data)).what == "data are missing from row 0 of 32 on");
  const Error gone = refused(without(whole, header, end - header));
  CHECK(gone.what == "the data of one of its colours are missing");
}

TEST_CASE("spare bytes before a restart mark are forgiven while the decoder forgives them") {
  const File whole = fixture("restarts.jpg");
  const std::size_t mark = marks_of(whole)[2];
  for (std::size_t spare = 1; spare < 8; ++spare) {
    CAPTURE(spare);
    File file = whole;
    file.insert(file.begin() + std::ptrdiff_t(mark), spare, std::byte{0});
    const Result<Picture> picture = decode(file);
    if (picture.ok()) {
      CHECK(picture->rgb == decode(whole)->rgb);
      CHECK(spare <= 2);
    } else {
      CHECK(picture.error().code == ErrorCode::kTruncatedPicture);
      CHECK(spare > 2);
    }
  }
}
