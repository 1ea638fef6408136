// stb_image as this room uses it: from memory, four formats, reasons in words, bounded memory.
// Include this and never "stb_image.h" itself.
#pragma once

#include <cstddef>

namespace leukolens {

// While one lives, stb_image gets no block larger than `largest_block` bytes on this thread: a PNG
// of a few kilobytes can unpack to gigabytes whatever size its header tells. One at a time.
class StbMemoryBound {
 public:
  explicit StbMemoryBound(std::size_t largest_block);
  ~StbMemoryBound();
  StbMemoryBound(const StbMemoryBound&) = delete;
  StbMemoryBound& operator=(const StbMemoryBound&) = delete;
  bool exceeded() const;  // whether a larger block was asked for
};

void* stb_allocate(std::size_t size);
void* stb_reallocate(void* block, std::size_t size);
void stb_release(void* block);

}  // namespace leukolens

#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_FAILURE_USERMSG
#define STBI_MAX_DIMENSIONS 65536
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_ONLY_BMP
#define STBI_ONLY_GIF
#define STBI_MALLOC(size) leukolens::stb_allocate(size)
#define STBI_REALLOC(block, size) leukolens::stb_reallocate(block, size)
#define STBI_FREE(block) leukolens::stb_release(block)
// Some of its assertions fail on damaged files; each is followed by a check that refuses them.
#define STBI_ASSERT(condition) ((void)(condition))
#include "stb_image.h"
