#include "tests/tiff_files.h"

#include <doctest.h>
#include <tiffio.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace tiff_files {
namespace {

using picture_files::File;

struct Memory {
  File bytes;
  std::size_t at = 0;
};

Memory& memory_of(thandle_t handle) { return *static_cast<Memory*>(handle); }

tmsize_t read(thandle_t handle, void* to, tmsize_t count) {
  Memory& memory = memory_of(handle);
  const std::size_t left = memory.bytes.size() - std::min(memory.at, memory.bytes.size());
  const std::size_t taken = std::min(left, std::size_t(count));
  if (taken > 0) std::memcpy(to, memory.bytes.data() + memory.at, taken);
  memory.at += taken;
  return tmsize_t(taken);
}

tmsize_t write(thandle_t handle, void* from, tmsize_t count) {
  Memory& memory = memory_of(handle);
  memory.bytes.resize(std::max(memory.bytes.size(), memory.at + std::size_t(count)));
  std::memcpy(memory.bytes.data() + memory.at, from, std::size_t(count));
  memory.at += std::size_t(count);
  return count;
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  Memory& memory = memory_of(handle);
  if (whence == SEEK_CUR) offset += memory.at;
  if (whence == SEEK_END) offset += memory.bytes.size();
  return memory.at = offset;
}

int close(thandle_t) { return 0; }
toff_t size(thandle_t handle) { return memory_of(handle).bytes.size(); }

std::uint8_t sample(const Page& page, int x, int y, int channel) {
  if (x >= page.picture.width || y >= page.picture.height) return 0;  // a tile's border
  if (channel == 3) return page.alpha;
  return page.picture.rgb[(std::size_t(y) * page.picture.width + x) * 3 + channel];
}

// A rectangle as TIFF stores it; `plane` -1: all channels in turn.
std::vector<std::uint8_t> block(const Page& page, int x0, int y0, int width, int height,
                                int plane) {
  std::vector<std::uint8_t> bytes;
  for (int y = y0; y < y0 + height; ++y) {
    for (int x = x0; x < x0 + width; ++x) {
      for (int c = 0; c < page.channels; ++c) {
        if (plane >= 0 && c != plane) continue;
        bytes.insert(bytes.end(), std::size_t(page.bits / 8), sample(page, x, y, c));
      }
    }
  }
  return bytes;
}

constexpr int kTile = 16, kRows = 7;

void write_pixels(TIFF* tiff, const Page& page, int plane) {
  const auto [width, height] = std::pair(page.picture.width, page.picture.height);
  if (page.is_tiled) {
    for (int y = 0; y < height; y += kTile) {
      for (int x = 0; x < width; x += kTile) {
        auto bytes = block(page, x, y, kTile, kTile, plane);
        REQUIRE(TIFFWriteTile(tiff, bytes.data(), x, y, 0, std::max(plane, 0)) >= 0);
      }
    }
    return;
  }
  for (int y = 0; y < height; y += kRows) {
    auto bytes = block(page, 0, y, width, std::min(kRows, height - y), plane);
    const auto strip = TIFFComputeStrip(tiff, y, std::max(plane, 0));
    REQUIRE(TIFFWriteEncodedStrip(tiff, strip, bytes.data(), tmsize_t(bytes.size())) >= 0);
  }
}

void write_tags(TIFF* tiff, const Page& page) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, page.picture.width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, page.picture.height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, page.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, page.channels);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, page.compression);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, page.orientation);
  TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, page.subfile);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG,
               page.is_separate ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
               page.channels == 1 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
  if (!page.profile.empty()) {
    TIFFSetField(tiff, TIFFTAG_ICCPROFILE, std::uint32_t(page.profile.size()), page.profile.data());
  }
  if (page.channels == 4) {
    const std::uint16_t kind = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &kind);
  }
  if (page.compression == COMPRESSION_JPEG) {
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_YCBCR);
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 95);
  }
  if (!page.description.empty()) {
    TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, page.description.c_str());
  }
  if (page.is_tiled) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, kTile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, kTile);
  } else {
    // JPEG asks for whole blocks.
    const bool jpeg = page.compression == COMPRESSION_JPEG;
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, jpeg ? page.picture.height : kRows);
  }
}

}  // namespace

File tiff(const std::vector<Page>& pages, const char* mode) {
  Memory memory;
  TIFF* file =
      TIFFClientOpen("test", mode, &memory, read, write, seek, close, size, nullptr, nullptr);
  REQUIRE(file != nullptr);
  for (const Page& page : pages) {
    write_tags(file, page);
    if (page.compression == COMPRESSION_JPEG && !page.is_tiled) {
      auto bytes = block(page, 0, 0, page.picture.width, page.picture.height, -1);
      REQUIRE(TIFFWriteEncodedStrip(file, 0, bytes.data(), tmsize_t(bytes.size())) >= 0);
    } else if (page.is_separate) {
      for (int plane = 0; plane < page.channels; ++plane) write_pixels(file, page, plane);
    } else {
      write_pixels(file, page, -1);
    }
    REQUIRE(TIFFWriteDirectory(file));
  }
  TIFFClose(file);
  return memory.bytes;
}

}  // namespace tiff_files
