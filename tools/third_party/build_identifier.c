/* XNNPACK asks for an identifier of its kernels to guard caches of packed weights on disk. No such
   cache is used here, so one constant will do. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const uint8_t identifier[32] = {0x4c, 0x6b, 0x4c, 0x01};

size_t xnn_experimental_get_build_identifier_size(void) { return sizeof identifier; }
const void* xnn_experimental_get_build_identifier_data(void) { return identifier; }
bool xnn_experimental_check_build_identifier(const void* data, size_t size) {
  return size == sizeof identifier && memcmp(data, identifier, size) == 0;
}
