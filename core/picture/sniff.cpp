#include "core/picture/sniff.h"

#include <algorithm>
#include <string_view>

#include "core/picture/bytes.h"

namespace leukolens {
namespace {

using namespace std::literals;

struct FormatRow {
  std::string_view magic;
  PictureFormat format;
};

constexpr FormatRow kFormats[] = {
    {"\xFF\xD8\xFF"sv, PictureFormat::kJpeg},
    {"\x89PNG\r\n\x1A\n"sv, PictureFormat::kPng},
    {"GIF87a"sv, PictureFormat::kGif},
    {"GIF89a"sv, PictureFormat::kGif},
    {"P5"sv, PictureFormat::kPnm},
    {"P6"sv, PictureFormat::kPnm},
    {"BM"sv, PictureFormat::kBmp},
    {"II*\0"sv, PictureFormat::kTiff},
    {"MM\0*"sv, PictureFormat::kTiff},
    {"II+\0"sv, PictureFormat::kTiff},  // BigTIFF
    {"MM\0+"sv, PictureFormat::kTiff},
};

struct ForeignRow {
  std::size_t at;  // offset of the magic bytes
  std::string_view magic;
  std::string_view what;
  std::optional<PictureFormat> format = {};  // browsers read it
};

// Earlier rows win.
constexpr ForeignRow kForeign[] = {
    // pictures
    {12, "CgBI"sv, "a PNG file in Apple's own variant (CgBI)"},
    {8, "CR\2\0"sv, "a camera raw file"},
    {8, "WEBP"sv, "a WebP file", PictureFormat::kWebp},
    {4, "ftypavif"sv, "an AVIF file", PictureFormat::kAvif},
    {4, "ftypavis"sv, "an AVIF file", PictureFormat::kAvif},
    {4, "ftyphei"sv, "a HEIC file"},
    {4, "ftyphev"sv, "a HEIC file"},
    {4, "ftypmif1"sv, "a HEIC file"},
    {4, "ftypmsf1"sv, "a HEIC file"},
    {4, "ftypcrx "sv, "a camera raw file"},
    {4, "jP  \r\n"sv, "a JPEG 2000 file"},
    {0, "\xFF\x4F\xFF\x51"sv, "a JPEG 2000 file"},
    {4, "JXL \r\n"sv, "a JPEG XL file"},
    {0, "\xFF\x0A"sv, "a JPEG XL file"},
    {0, "II\xBC"sv, "a JPEG XR file"},
    {0, "8BPS"sv, "a Photoshop file (PSD)"},
    {0, "gimp xcf"sv, "a GIMP file (XCF)"},
    {0, "FUJIFILMCCD-RAW"sv, "a camera raw file"},
    {0, "IIRO"sv, "a camera raw file"},
    {0, "IIU\0"sv, "a camera raw file"},
    {0, "\0\0\1\0"sv, "a Windows icon (ICO)"},
    {0, "\0\0\2\0"sv, "a Windows cursor (CUR)"},
    {0, "qoif"sv, "a QOI file"},
    {0, "v/1\1"sv, "an OpenEXR file"},
    {0, "#?RADIANCE"sv, "a Radiance HDR file"},
    {0, "P1"sv, "a plain-text PBM file"},
    {0, "P2"sv, "a plain-text PGM file"},
    {0, "P3"sv, "a plain-text PPM file"},
    {0, "P4"sv, "a black-and-white PBM file"},
    {0, "P7"sv, "a PAM file"},
    // microscopes and medicine
    {128, "DICM"sv, "a DICOM file"},
    {0, "ZISRAWFILE"sv, "a Zeiss microscope file (CZI)"},
    {0, "\xDA\xCE\xBE\x0A"sv, "a Nikon microscope file (ND2)"},
    {0, "\x89HDF\r\n\x1A\n"sv, "an HDF5 file"},
    {0, "SIMPLE  ="sv, "a FITS file"},
    // documents, archives, videos
    {0, "%PDF"sv, "a PDF document"},
    {0, "%!PS"sv, "a PostScript document"},
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an Office document or microscope file (OLE)"},
    {0, "PK\3\4"sv, "a ZIP archive or Office document, which may hold pictures"},
    {0, "\x1F\x8B"sv, "a gzip archive, which must be unpacked first"},
    {0, "BZh"sv, "a bzip2 archive, which must be unpacked first"},
    {0,
     "\xFD"
     "7zXZ"sv,
     "an xz archive, which must be unpacked first"},
    {0, "7z\xBC\xAF"sv, "a 7-Zip archive, which must be unpacked first"},
    {0, "Rar!"sv, "a RAR archive, which must be unpacked first"},
    {257, "ustar"sv, "a tar archive, which must be unpacked first"},
    {4, "ftypqt"sv, "a QuickTime video"},
    {4, "ftyp"sv, "an MP4 video"},
    {8, "AVI "sv, "an AVI video"},
    {0, "\x1A\x45\xDF\xA3"sv, "a Matroska or WebM video"},
    {0, "\0\0\1\xBA"sv, "an MPEG video"},
    {4, "TFL3"sv, "a TensorFlow Lite model, not a picture"},
    {0,
     "\x7F"
     "ELF"sv,
     "a program, not a picture"},
    {0, "MZ"sv, "a program, not a picture"},
};

// Text is told by its words, which may stand behind blanks and a byte order mark.
std::string_view text_kind(std::string_view start) {
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  const auto printable = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\r' || c == '\t';
  };
  if (start.empty() || !std::all_of(start.begin(), start.end(), printable)) return {};
  std::string lower(start);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; });
  if (lower.find("<svg") != std::string::npos) return "an SVG drawing";
  if (lower.find("<!doctype html") != std::string::npos || lower.find("<html") != std::string::npos)
    return "a web page (HTML)";
  if (lower.starts_with("<?xml")) return "an XML file";
  const auto plain = [](char c) { return static_cast<unsigned char>(c) < 0x7F; };
  return std::all_of(start.begin(), start.end(), plain) ? "a text file" : std::string_view();
}

// "BM" and "P5" also begin words; what follows must fit too, as far as the file goes.
bool fits(PictureFormat format, Bytes file) {
  if (format == PictureFormat::kBmp && holds(file, 0, 18)) {
    const std::uint32_t header = little32(file, 14);
    return header == 12 || (header >= 16 && header <= 256);
  }
  if (format == PictureFormat::kPnm && file.size() > 2) {
    return " \t\r\n#"sv.find(static_cast<char>(file[2])) != std::string_view::npos;
  }
  return true;
}

}  // namespace

Sniffed sniff(Bytes file) {
  const std::string_view start = text_of(file.first(std::min<std::size_t>(file.size(), 1024)));
  for (const ForeignRow& row : kForeign) {
    if (start.size() >= row.at && start.substr(row.at).starts_with(row.magic)) {
      return {row.format, std::string(row.what)};
    }
  }
  for (const FormatRow& row : kFormats) {
    if (start.starts_with(row.magic) && fits(row.format, file)) return {row.format, ""};
  }
  if (start.find_first_not_of('\0') == std::string_view::npos && start.size() >= 16) {
    return {std::nullopt, "a file of zeros, as a failed copy leaves it"};
  }
  return {std::nullopt, std::string(text_kind(start))};
}

}  // namespace leukolens
