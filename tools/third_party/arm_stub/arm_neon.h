/* Two of XNNPACK's wasm kernels include arm_neon.h, which Debian's Emscripten doesn't ship, and use
   nothing of it that wasm_simd128.h lacks. */
#include <wasm_simd128.h>
