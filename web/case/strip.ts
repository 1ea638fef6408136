// Takes out of a picture what cameras and programs write about it, a name among it: EXIF, XMP,
// comments, thumbnails. Pixels and the turn they are shown with stay. JPEG and PNG are told by their
// bytes; of any other format the pixels alone are kept.

export interface Stripped {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ending: 'jpg' | 'png';
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function startsWith(bytes: Uint8Array, at: number, words: string): boolean {
  return [...words].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));
}

const kSof0 = 0xc0;
const kRst0 = 0xd0;
const kRst7 = 0xd7;
const kSoi = 0xd8;
const kEoi = 0xd9;
const kSos = 0xda;
const kApp0 = 0xe0;
const kApp1 = 0xe1;
const kApp2 = 0xe2;
const kApp14 = 0xee;
const kApp15 = 0xef;
const kComment = 0xfe;

/** What decoders need: the density, the colours' profile, and how colours are stored. */
function isNeeded(marker: number, jpeg: Uint8Array, body: number): boolean {
  if (marker === kApp0) return startsWith(jpeg, body, 'JFIF\0');
  if (marker === kApp2) return startsWith(jpeg, body, 'ICC_PROFILE\0');
  if (marker === kApp14) return startsWith(jpeg, body, 'Adobe');
  return !(marker >= kApp0 && marker <= kApp15) && marker !== kComment && marker >= kSof0;
}

/** EXIF's orientation, 1..8, of the TIFF structure at `at`; 1 where there is none. */
export function orientationOf(bytes: Uint8Array, at: number, end: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, Math.max(0, end - at));
  if (view.byteLength < 14) return 1;
  const isLittle = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, isLittle);
  if (first + 2 > view.byteLength) return 1;
  const count = view.getUint16(first, isLittle);
  for (let entry = 0; entry < count; ++entry) {
    const place = first + 2 + 12 * entry;
    if (place + 12 > view.byteLength) return 1;
    if (view.getUint16(place, isLittle) !== 0x0112) continue;
    const value = view.getUint16(place + 8, isLittle);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A segment that says how the picture is turned, and nothing else. */
function turnSegment(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff, 0, 0, 0, 0, 0, 0];
  return Uint8Array.from([0xff, kApp1, 0, body.length + 2, ...body]);
}

/** Where the coded pixels behind a scan's header end: at the next marker that is none of theirs. */
function endOfScan(jpeg: Uint8Array, from: number): number {
  for (let at = from; at + 1 < jpeg.length; ++at) {
    const next = jpeg[at + 1] ?? 0;
    const isPixels = next === 0 || next === 0xff || (next >= kRst0 && next <= kRst7);
    if (jpeg[at] === 0xff && !isPixels) return at;
  }
  return jpeg.length;
}

function stripJpeg(jpeg: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const parts: Uint8Array[] = [jpeg.subarray(0, 2)];
  let isTurned = false;
  for (let at = 2; at + 4 <= jpeg.length;) {
    const marker = jpeg[at + 1] ?? 0;
    if (jpeg[at] !== 0xff || marker === 0 || marker === kSoi) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === kEoi) break;
    const end = at + 2 + (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0);
    if (end > jpeg.length) return null;
    if (marker === kApp1 && !isTurned && startsWith(jpeg, at + 4, 'Exif\0\0')) {
      const orientation = orientationOf(jpeg, at + 10, end);
      isTurned = true;
      if (orientation !== 1) parts.push(turnSegment(orientation));
    }
    const behind = marker === kSos ? endOfScan(jpeg, end) : end;
    if (isNeeded(marker, jpeg, at + 4)) parts.push(jpeg.subarray(at, behind));
    at = behind;
  }
  return joined([...parts, Uint8Array.of(0xff, kEoi)]);
}

// What changes pixels or how they are shown; texts, times and EXIF go.
const kPngChunks = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs'.split(' '),
);

function stripPng(png: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const parts: Uint8Array[] = [png.subarray(0, 8)];
  for (let at = 8; at + 12 <= png.length;) {
    const end = at + 12 + view.getUint32(at);
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (end > png.length) return null;
    // A PNG that says how it is turned is rare; its pixels are kept as they are seen.
    if (name === 'eXIf' && orientationOf(png, at + 8, end - 4) !== 1) return null;
    if (kPngChunks.has(name)) parts.push(png.subarray(at, end));
    if (name === 'IEND') return joined(parts);
    at = end;
  }
  return null;
}

/** null: another format, or damaged; then the pixels as the engine read them are to be kept. */
export function strip(picture: Uint8Array): Stripped | null {
  if (startsWith(picture, 0, '\xff\xd8\xff')) {
    const bytes = stripJpeg(picture);
    return bytes === null ? null : { bytes, ending: 'jpg' };
  }
  if (startsWith(picture, 0, '\x89PNG\r\n\x1a\n')) {
    const bytes = stripPng(picture);
    return bytes === null ? null : { bytes, ending: 'png' };
  }
  return null;
}
