// Readers for what the engine doesn't decode itself: TIFF by a module that is fetched when one comes,
// the rest by the browser. For the worker.
import type * as Tiff from 'tiff-wasm';
import type { ErrorCode, WarningCode } from './codes';
import type { Failure } from './messages';
import { startTiff } from './worker_parts';

/** 8-bit sRGB, RGB or RGBA by the number of bytes. */
export interface Decoded {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly warnings: readonly WarningCode[];
}

/** One page of a file, or why there is none. */
export interface Page {
  readonly decoded: Decoded | Failure;
  /** How many the file has. */
  readonly pages: number;
}

let tiffReader: Promise<Tiff.TiffReader> | null = null;

async function loadTiffReader(): Promise<Tiff.TiffReader> {
  const module = await startTiff();
  return new module.TiffReader();
}

function toFailure(error: Tiff.TiffError): Failure {
  return { code: error.code as ErrorCode, what: error.what };
}

/** Page `index`, from 0, of a TIFF file. */
export async function decodeTiff(file: Uint8Array, index: number): Promise<Page> {
  tiffReader ??= loadTiffReader();
  const reader = await tiffReader.catch(() => null);
  if (reader === null) {
    tiffReader = null; // another file, another try
    return { decoded: { code: 'tiff_file', what: '' }, pages: 1 };
  }
  const refused = reader.open(file);
  if (refused.code !== '') return { decoded: toFailure(refused), pages: 1 };
  const pages = reader.pages();
  const { error, rgb, width, height, warnings } = reader.page(index);
  reader.close();
  if (error.code !== '') return { decoded: toFailure(error), pages };
  return { decoded: { pixels: rgb, width, height, warnings: warnings as WarningCode[] }, pages };
}

/**
 * What the browser makes of a file, orientation applied and colours turned to sRGB; null where it
 * can't read it. A picture of more than `maxPixels` is refused before its pixels are copied.
 */
export async function decodeByBrowser(
  file: Blob,
  maxPixels: number,
): Promise<Decoded | Failure | null> {
  // The type that the file claims could keep the browser from looking at its bytes.
  const bitmap = await createImageBitmap(file.slice(0, file.size, '')).catch(() => null);
  if (bitmap === null) return null;
  const { width, height } = bitmap;
  const size = `${width} x ${height}`;
  try {
    if (width * height > maxPixels) {
      return { code: 'too_many_pixels', what: `${size}; the limit is ${maxPixels} in all` };
    }
    const context = new OffscreenCanvas(width, height).getContext('2d', {
      willReadFrequently: true,
    });
    context?.drawImage(bitmap, 0, 0);
    const pixels = context?.getImageData(0, 0, width, height).data;
    if (pixels === undefined) return { code: 'out_of_memory', what: `unpacking ${size} pixels` };
    return { pixels: new Uint8Array(pixels.buffer), width, height, warnings: [] };
  } catch {
    // A canvas of this size is more than this browser gives.
    return { code: 'out_of_memory', what: `unpacking ${size} pixels` };
  } finally {
    bitmap.close();
  }
}
