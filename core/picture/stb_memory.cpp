// What stb_image may take. Its hooks carry no context, so the bound is kept for each thread.
#include <cstdint>
#include <cstdlib>

#include "core/picture/stb_config.h"

namespace leukolens {
namespace {

thread_local std::size_t largest_allowed = SIZE_MAX;
thread_local bool was_exceeded = false;

bool allowed(std::size_t size) {
  if (size > largest_allowed) was_exceeded = true;
  return size <= largest_allowed;
}

}  // namespace

StbMemoryBound::StbMemoryBound(std::size_t largest_block) {
  largest_allowed = largest_block;
  was_exceeded = false;
}

StbMemoryBound::~StbMemoryBound() { largest_allowed = SIZE_MAX; }

bool StbMemoryBound::exceeded() const { return was_exceeded; }

void* stb_allocate(std::size_t size) { return allowed(size) ? std::malloc(size) : nullptr; }

void* stb_reallocate(void* block, std::size_t size) {
  return allowed(size) ? std::realloc(block, size) : nullptr;
}

void stb_release(void* block) { std::free(block); }

}  // namespace leukolens
