#include "core/net/xnnpack_memory.h"

#include <atomic>
#include <cstdint>
#include <cstdlib>

#include "core/net/runner.h"

namespace leukolens {
namespace {

std::atomic<std::uint64_t> allocations{0};

void* allocate(void*, std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return std::malloc(size);
}
void* reallocate(void*, void* pointer, std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return std::realloc(pointer, size);
}
void release(void*, void* pointer) { std::free(pointer); }
void* aligned_allocate(void*, std::size_t alignment, std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  const std::size_t whole = (size + alignment - 1) / alignment * alignment;
  return whole < size ? nullptr : std::aligned_alloc(alignment, whole);
}

// XNNPACK copies it at its first start.
constexpr xnn_allocator kAllocator{nullptr, allocate,         reallocate,
                                   release, aligned_allocate, release};

}  // namespace

xnn_status start_xnnpack() { return xnn_initialize(&kAllocator); }

std::uint64_t xnnpack_allocations() { return allocations.load(std::memory_order_relaxed); }

}  // namespace leukolens
