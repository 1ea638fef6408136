// The worker's end: owns the engine, reads one picture at a time, answers every request once.
// A fault of the engine itself is left to end this worker; the page starts another one.
import type * as Wasm from 'leukolens-wasm';
import type { ErrorCode, WarningCode } from './codes';
import { decodeByBrowser, type Decoded, decodeTiff } from './decoders';
import type {
  Box,
  BoxRequest,
  Cell,
  EngineIdentity,
  Failure,
  Preview,
  ReadRequest,
  Source,
  Variant,
  Verdict,
  WorkerMessage,
  WorkerRequest,
} from './messages';
import './privacy/worker_probe';
import { chooseVariant } from './variant';
import { partBytes, startEngine } from './worker_parts';

declare const self: DedicatedWorkerGlobalScope;

// Enough to judge a cell by, and small enough to keep by the thousand.
const kCropSidePx = 192;
const kCropQuality = 0.95;
/** Side of a crop / longer side of the box: the whole cell with some of its neighbours. */
const kCropMargin = 1.6;

/** What tells a format. */
const kStartBytes = 256;

function post(message: WorkerMessage): void {
  self.postMessage(message);
}

async function start(variant: Variant): Promise<{ engine: Wasm.Engine; identity: EngineIdentity }> {
  const [wasm, modelFile, finderFile] = await Promise.all([
    startEngine(variant),
    partBytes('model/cells.tflite'),
    partBytes('model/finder.tflite'),
  ]);
  const engine = new wasm.Engine();
  for (const take of [() => engine.load(modelFile), () => engine.useFinder(finderFile)]) {
    const error = take();
    if (error.code !== '') throw new Error(`${error.code}: ${error.what}`);
  }
  const programVersion = wasm.programVersion();
  return { engine, identity: { variant, programVersion, model: engine.model() } };
}

async function drawn(pixels: Wasm.EngineThumbnail, options: ImageEncodeOptions): Promise<Blob> {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d canvas');
  const rgba = pixels.rgba as Uint8ClampedArray<ArrayBuffer>;
  context.putImageData(new ImageData(rgba, pixels.width, pixels.height), 0, 0);
  return canvas.convertToBlob(options);
}

async function toPreview(thumbnail: Wasm.EngineThumbnail): Promise<Preview> {
  const { width, height } = thumbnail;
  return { image: await drawn(thumbnail, { type: 'image/png' }), width, height };
}

async function toCrop(engine: Wasm.Engine, box: Box): Promise<string> {
  const pixels = engine.cut(box, kCropMargin, kCropSidePx);
  const image = await drawn(pixels, { type: 'image/jpeg', quality: kCropQuality });
  return new FileReaderSync().readAsDataURL(image);
}

function toCell(cell: Wasm.EngineCell): Cell {
  return { ...cell, verdict: cell.verdict as Verdict };
}

/** null where the page has no secure origin and so no digests. */
async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  if (!('subtle' in crypto)) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The file's bytes, or why they can't be had. */
async function bytesOf(file: Blob, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | Failure> {
  if (file.size > maxBytes) {
    return { code: 'too_many_bytes', what: `${Math.ceil(file.size / 2 ** 20)} MiB` };
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    return { code: 'unreadable_file', what: error instanceof Error ? error.name : String(error) };
  }
}

function toFailure(error: Wasm.EngineError): Failure {
  return { code: error.code as ErrorCode, what: error.what };
}

/** Id of the picture that the engine read last and still holds. */
let heldId: number | null = null;

interface Opened {
  readonly reading: Wasm.EngineReading;
  readonly pages: number;
}

/** What the engine makes of pixels that were decoded for it. */
function readDecoded(
  engine: Wasm.Engine,
  bytes: Uint8Array,
  decoded: Decoded | Failure,
  sinceMs: number,
  previewSide: number,
): Wasm.EngineReading | Failure {
  if ('code' in decoded) return decoded;
  const { pixels, width, height, warnings } = decoded;
  const spent = performance.now() - sinceMs;
  const start = bytes.subarray(0, kStartBytes);
  const reading = engine.readPixels(start, pixels, width, height, spent, previewSide);
  return { ...reading, warnings: [...new Set([...warnings, ...reading.warnings])] };
}

/** The engine first; what it can't decode goes to the TIFF reader or to the browser. */
async function open(
  engine: Wasm.Engine,
  bytes: Uint8Array<ArrayBuffer>,
  { file, page }: Source,
  previewSide: number,
): Promise<Opened | (Failure & { readonly pages: number })> {
  const sinceMs = performance.now();
  let reading: Wasm.EngineReading | Failure = engine.read(bytes, previewSide);
  let pages = 1;
  const code = reading.error.code as ErrorCode | '';
  if (code === 'tiff_file') {
    const opened = await decodeTiff(bytes, page);
    pages = opened.pages;
    reading = readDecoded(engine, bytes, opened.decoded, sinceMs, previewSide);
  } else if (code === 'foreign_format' || code === 'unknown_format') {
    const decoded = await decodeByBrowser(file, engine.maxPixels());
    if (decoded !== null) reading = readDecoded(engine, bytes, decoded, sinceMs, previewSide);
  }
  if ('code' in reading) return { ...reading, pages };
  if (reading.error.code !== '') return { ...toFailure(reading.error), pages };
  return { reading, pages };
}

async function read(
  engine: Wasm.Engine,
  request: Source & Pick<ReadRequest, 'id' | 'previewSide'>,
): Promise<WorkerMessage> {
  const { id, file, previewSide } = request;
  const bytes = await bytesOf(file, engine.maxBytes());
  if (!(bytes instanceof Uint8Array)) return { kind: 'failed', id, failure: bytes, pages: 1 };
  const opened = await open(engine, bytes, request, previewSide);
  if ('code' in opened) {
    const { code, what, pages } = opened;
    return { kind: 'failed', id, failure: { code, what }, pages };
  }
  const { pages } = opened;
  const { error: _, thumbnail, ...rest } = opened.reading;
  heldId = id;
  const cells = rest.cells.map(toCell);
  const reading = { ...rest, warnings: rest.warnings as WarningCode[], cells };
  // Cut one after the other, before the next picture takes the engine.
  const crops: string[] = [];
  for (const { box } of cells) crops.push(await toCrop(engine, box));
  const [preview, sha256] = [await toPreview(thumbnail), await sha256Of(bytes)];
  return { kind: 'read', id, reading, preview, crops, sha256, pages };
}

async function readBox(engine: Wasm.Engine, request: BoxRequest): Promise<WorkerMessage> {
  const { id, box } = request;
  if (heldId !== id) {
    const whole = await read(engine, { ...request, previewSide: 1 });
    if (whole.kind === 'failed') return whole;
  }
  const { error, cells } = engine.readBox(box);
  const [cell] = cells;
  if (cell === undefined) return { kind: 'failed', id, failure: toFailure(error), pages: 1 };
  return { kind: 'boxRead', id, cell: toCell(cell), crop: await toCrop(engine, box) };
}

async function answer(engine: Wasm.Engine, request: WorkerRequest): Promise<void> {
  post(await (request.kind === 'read' ? read(engine, request) : readBox(engine, request)));
}

async function main(): Promise<void> {
  const variant = chooseVariant();
  if (variant === null) return post({ kind: 'unavailable', reason: 'no_simd', what: '' });
  try {
    const { engine, identity } = await start(variant);
    self.onmessage = (event: MessageEvent<WorkerRequest>) => {
      // Thrown outside the promise, a fault becomes an error event that the page hears.
      answer(engine, event.data).catch((fault: unknown) => {
        setTimeout(() => {
          throw fault;
        });
      });
    };
    post({ kind: 'ready', engine: identity });
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    post({ kind: 'unavailable', reason: 'not_loaded', what });
  }
}

void main();
