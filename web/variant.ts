// Which build of the engine this browser can run, told by asking it to validate a tiny module.
import type { Variant } from './messages';

// (func (result v128) i32.const 0, i8x16.splat, i8x16.popcnt)
const kSimdModule = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
];

// (func (result v128) two splats, i8x16.relaxed_swizzle)
const kRelaxedSimdModule = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15,
  65, 2, 253, 15, 253, 128, 2, 11,
];

/** The fastest variant this browser can run, or null if it knows no SIMD at all. */
export function chooseVariant(
  validates: (module: Uint8Array<ArrayBuffer>) => boolean = (module) =>
    WebAssembly.validate(module),
): Variant | null {
  if (validates(new Uint8Array(kRelaxedSimdModule))) return 'relaxed';
  if (validates(new Uint8Array(kSimdModule))) return 'simd';
  return null;
}
