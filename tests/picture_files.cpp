#include "tests/picture_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "doctest.h"

namespace picture_files {
namespace {

using leukolens::Picture;

void put(File& file, const std::vector<std::uint8_t>& bytes) {
  for (std::uint8_t byte : bytes) file.push_back(std::byte{byte});
}

void put_text(File& file, std::string_view text) {
  for (char c : text) file.push_back(static_cast<std::byte>(c));
}

void put_big(File& file, std::uint32_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) file.push_back(static_cast<std::byte>(value >> (8 * i)));
}

void put_little(File& file, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) file.push_back(static_cast<std::byte>(value >> (8 * i)));
}

std::uint32_t crc32(const File& bytes, std::size_t from) {
  std::uint32_t crc = ~0u;
  for (std::size_t i = from; i < bytes.size(); ++i) {
    crc ^= std::uint32_t(bytes[i]);
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
  }
  return ~crc;
}

// A zlib stream of stored blocks.
std::vector<std::uint8_t> zlib_stored(const std::vector<std::uint8_t>& data) {
  std::vector<std::uint8_t> out = {0x78, 0x01};
  std::uint32_t a = 1, b = 0;
  for (std::size_t at = 0; at < data.size(); at += 65535) {
    const std::size_t size = std::min<std::size_t>(65535, data.size() - at);
    const auto low = std::uint8_t(size), high = std::uint8_t(size >> 8);
    const std::uint8_t last = at + size == data.size();
    out.insert(out.end(), {last, low, high, std::uint8_t(~low), std::uint8_t(~high)});
    out.insert(out.end(), data.begin() + std::ptrdiff_t(at),
               data.begin() + std::ptrdiff_t(at + size));
  }
  for (std::uint8_t byte : data) a = (a + byte) % 65521, b = (b + a) % 65521;
  for (std::uint32_t half : {b, a}) {
    out.push_back(std::uint8_t(half >> 8));
    out.push_back(std::uint8_t(half));
  }
  return out;
}

// Codes of eight bits all the way: the table is cleared before it would need nine.
void put_gif_frame(File& file, int width, int height, const std::vector<std::uint8_t>& indices) {
  put(file, {0x2C, 0, 0, 0, 0});
  put_little(file, std::uint32_t(width), 2);
  put_little(file, std::uint32_t(height), 2);
  put(file, {0, 7});  // no table of its own, 7 bits an index
  constexpr std::uint8_t kClear = 0x80, kEnd = 0x81;
  std::vector<std::uint8_t> codes;
  for (std::size_t i = 0; i < indices.size(); ++i) {
    if (i % 100 == 0) codes.push_back(kClear);
    codes.push_back(indices[i]);
  }
  codes.push_back(kEnd);
  for (std::size_t at = 0; at < codes.size(); at += 255) {
    const std::size_t size = std::min<std::size_t>(255, codes.size() - at);
    put(file, {std::uint8_t(size)});
    put(file,
        std::vector(codes.begin() + std::ptrdiff_t(at), codes.begin() + std::ptrdiff_t(at + size)));
  }
  put(file, {0});
}

}  // namespace

File from_text(std::string_view text) {
  File file;
  put_text(file, text);
  return file;
}

File fixture(const std::string& name) {
  std::ifstream in(SOURCE_DIR "/tests/fixtures/pictures/" + name, std::ios::binary);
  REQUIRE_MESSAGE(in, "no fixture ", name);
  return from_text(std::string(std::istreambuf_iterator<char>(in), {}));
}

Picture pattern(int width, int height) {
  Picture picture;
  picture.width = width;
  picture.height = height;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      picture.rgb.push_back(std::uint8_t(x * 5 + y));
      picture.rgb.push_back(std::uint8_t(255 - x * 3));
      picture.rgb.push_back(std::uint8_t(x * y % 251));
    }
  }
  return picture;
}

File png_chunk(std::string_view type, const std::vector<std::uint8_t>& data) {
  File chunk;
  put_big(chunk, std::uint32_t(data.size()), 4);
  put_text(chunk, type);
  put(chunk, data);
  put_big(chunk, crc32(chunk, 4), 4);
  return chunk;
}

File png(int width, int height, int depth, int colour_type,
         const std::vector<std::uint8_t>& samples, const File& extra) {
  File header;
  put_big(header, std::uint32_t(width), 4);
  put_big(header, std::uint32_t(height), 4);
  std::vector<std::uint8_t> head;
  for (std::byte byte : header) head.push_back(std::uint8_t(byte));
  head.insert(head.end(), {std::uint8_t(depth), std::uint8_t(colour_type), 0, 0, 0});

  std::vector<std::uint8_t> rows;
  const std::size_t row = samples.size() / std::size_t(height);
  for (std::size_t at = 0; at < samples.size(); at += row) {
    rows.push_back(0);  // no filter
    rows.insert(rows.end(), samples.begin() + std::ptrdiff_t(at),
                samples.begin() + std::ptrdiff_t(at + row));
  }
  File file = from_text("\x89PNG\r\n\x1A\n");
  for (const File& part : {png_chunk("IHDR", head), extra, png_chunk("IDAT", zlib_stored(rows)),
                           png_chunk("IEND", {})}) {
    file.insert(file.end(), part.begin(), part.end());
  }
  return file;
}

File bmp(const Picture& picture, int bits, std::uint8_t alpha, bool upside_down) {
  const int row = (picture.width * bits / 8 + 3) / 4 * 4;
  File file = from_text("BM");
  put_little(file, std::uint32_t(54 + row * picture.height), 4);
  put_little(file, 0, 4);
  put_little(file, 54, 4);
  put_little(file, 40, 4);
  put_little(file, std::uint32_t(picture.width), 4);
  put_little(file, std::uint32_t(upside_down ? picture.height : -picture.height), 4);
  put_little(file, 1, 2);
  put_little(file, std::uint32_t(bits), 2);
  for (int i = 0; i < 6; ++i) put_little(file, 0, 4);
  for (int y = 0; y < picture.height; ++y) {
    const int stored = upside_down ? picture.height - 1 - y : y;
    for (int x = 0; x < picture.width; ++x) {
      const std::uint8_t* pixel = &picture.rgb[std::size_t(stored * picture.width + x) * 3];
      put(file, {pixel[2], pixel[1], pixel[0]});
      if (bits == 32) put(file, {alpha});
    }
    for (int i = picture.width * bits / 8; i < row; ++i) put(file, {0});
  }
  return file;
}

File gif(int width, int height, const std::vector<std::vector<std::uint8_t>>& frames,
         int transparent) {
  File file = from_text("GIF89a");
  put_little(file, std::uint32_t(width), 2);
  put_little(file, std::uint32_t(height), 2);
  put(file, {0xF6, 0, 0});  // table of 128 colours
  std::vector<std::uint8_t> table = {0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 255};
  table.resize(128 * 3);
  put(file, table);
  for (const auto& frame : frames) {
    const std::uint8_t flags = transparent >= 0 ? 1 : 0;
    put(file, {0x21, 0xF9, 4, flags, 0, 0, std::uint8_t(std::max(transparent, 0)), 0});
    put_gif_frame(file, width, height, frame);
  }
  put(file, {0x3B});
  return file;
}

File pnm(std::string_view header, const std::vector<std::uint8_t>& samples) {
  File file = from_text(header);
  put(file, samples);
  return file;
}

File pnm(const Picture& picture) {
  return pnm(
      "P6\n" + std::to_string(picture.width) + " " + std::to_string(picture.height) + "\n255\n",
      picture.rgb);
}

File with_orientation(const File& jpeg, int orientation, bool big_endian) {
  const auto number = [&](File& file, std::uint32_t value, int bytes) {
    big_endian ? put_big(file, value, bytes) : put_little(file, value, bytes);
  };
  File tiff = from_text(big_endian ? "MM" : "II");
  number(tiff, 42, 2);
  number(tiff, 8, 4);
  number(tiff, 2, 2);  // entries: a resolution unit first, then the orientation
  for (const auto& [tag, value] : {std::pair(0x0128, 2), std::pair(0x0112, orientation)}) {
    number(tiff, std::uint32_t(tag), 2);
    number(tiff, 3, 2);
    number(tiff, 1, 4);
    number(tiff, std::uint32_t(value), 2);
    number(tiff, 0, 2);
  }
  number(tiff, 0, 4);
  File file(jpeg.begin(), jpeg.begin() + 2);
  put(file, {0xFF, 0xE1});
  put_big(file, std::uint32_t(tiff.size() + 8), 2);
  put_text(file, std::string_view("Exif\0\0", 6));
  file.insert(file.end(), tiff.begin(), tiff.end());
  file.insert(file.end(), jpeg.begin() + 2, jpeg.end());
  return file;
}

}  // namespace picture_files
