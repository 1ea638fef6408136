#include "core/picture/tiff_stream.h"

#include <algorithm>
#include <cstdarg>
#include <cstring>
#include <utility>

namespace leukolens {
namespace {

TiffStream& stream_of(thandle_t handle) { return *static_cast<TiffStream*>(handle); }

}  // namespace

TiffStream::TiffStream(Bytes file, std::size_t most_memory) : file_(file) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  if (!options) return;
  const auto most = static_cast<tmsize_t>(most_memory);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, most);
  TIFFOpenOptionsSetMaxCumulatedMemAlloc(options, most);
  TIFFOpenOptionsSetErrorHandlerExtR(options, complain, this);
  TIFFOpenOptionsSetWarningHandlerExtR(options, ignore, this);
  tiff_ = TIFFClientOpenExt("TIFF", "r", this, read, write, seek, close, size, map, unmap, options);
  TIFFOpenOptionsFree(options);
}

TiffStream::~TiffStream() {
  if (tiff_) TIFFClose(tiff_);
}

std::string TiffStream::take_complaint() { return std::exchange(complaint_, {}); }

tmsize_t TiffStream::read(thandle_t handle, void* to, tmsize_t count) {
  TiffStream& stream = stream_of(handle);
  const std::uint64_t left = stream.file_.size() - std::min(stream.at_, size(handle));
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(left, count));
  if (taken > 0) std::memcpy(to, stream.file_.data() + stream.at_, taken);
  stream.at_ += taken;
  return static_cast<tmsize_t>(taken);
}

tmsize_t TiffStream::write(thandle_t, void*, tmsize_t) { return 0; }

toff_t TiffStream::seek(thandle_t handle, toff_t offset, int whence) {
  TiffStream& stream = stream_of(handle);
  if (whence == SEEK_CUR) offset += stream.at_;
  if (whence == SEEK_END) offset += stream.file_.size();
  return stream.at_ = offset;
}

int TiffStream::close(thandle_t) { return 0; }

toff_t TiffStream::size(thandle_t handle) { return stream_of(handle).file_.size(); }

int TiffStream::map(thandle_t handle, void** base, toff_t* size) {
  // Opened for reading: libtiff doesn't write there.
  *base = const_cast<std::byte*>(stream_of(handle).file_.data());
  *size = stream_of(handle).file_.size();
  return 1;
}

void TiffStream::unmap(thandle_t, void*, toff_t) {}

int TiffStream::complain(TIFF*, void* self, const char*, const char* format, va_list values) {
  std::string& complaint = static_cast<TiffStream*>(self)->complaint_;
  if (!complaint.empty()) return 1;
  char text[200];
  vsnprintf(text, sizeof text, format, values);
  complaint = text;
  while (!complaint.empty() && complaint.back() == '.') complaint.pop_back();
  return 1;
}

int TiffStream::ignore(TIFF*, void*, const char*, const char*, va_list) { return 1; }

}  // namespace leukolens
