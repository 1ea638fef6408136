// A TIFF file in memory as libtiff sees it: what it reads by, how much it may take, what it
// complains of.
#pragma once

#include <tiffio.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/picture/bytes.h"

namespace leukolens {

// Lent to libtiff by address: it stays where it is.
class TiffStream {
 public:
  // `most_memory`: bytes libtiff may have at once.
  TiffStream(Bytes file, std::size_t most_memory);
  TiffStream(const TiffStream&) = delete;
  TiffStream& operator=(const TiffStream&) = delete;
  ~TiffStream();

  // null if it is no TIFF file.
  TIFF* tiff() const { return tiff_; }
  // libtiff's first complaint since the last call, or "".
  std::string take_complaint();

 private:
  static tmsize_t read(thandle_t handle, void* to, tmsize_t count);
  static tmsize_t write(thandle_t handle, void* from, tmsize_t count);
  static toff_t seek(thandle_t handle, toff_t offset, int whence);
  static int close(thandle_t handle);
  static toff_t size(thandle_t handle);
  static int map(thandle_t handle, void** base, toff_t* size);
  static void unmap(thandle_t handle, void* base, toff_t size);
  static int complain(TIFF* tiff, void* self, const char* module, const char* format,
                      va_list values);
  static int ignore(TIFF* tiff, void* self, const char* module, const char* format, va_list values);

  Bytes file_;
  std::uint64_t at_ = 0;
  std::string complaint_;
  TIFF* tiff_ = nullptr;
};

}  // namespace leukolens
