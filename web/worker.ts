// The worker's end: owns the engine, reads one picture at a time, answers every request once.
// A fault of the engine itself is left to end this worker; the page starts another one.
import type * as Wasm from 'leukolens-wasm';
import type { ErrorCode, WarningCode } from './codes';
import type {
  Box,
  Cell,
  EngineIdentity,
  Failure,
  Preview,
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

async function read(
  engine: Wasm.Engine,
  file: Blob,
  id: number,
  previewSide: number,
): Promise<WorkerMessage> {
  const bytes = await bytesOf(file, engine.maxBytes());
  if (!(bytes instanceof Uint8Array)) return { kind: 'failed', id, failure: bytes };
  const { error, thumbnail, ...rest } = engine.read(bytes, previewSide);
  if (error.code !== '') return { kind: 'failed', id, failure: toFailure(error) };
  heldId = id;
  const cells = rest.cells.map(toCell);
  const reading = { ...rest, warnings: rest.warnings as WarningCode[], cells };
  // Cut one after the other, before the next picture takes the engine.
  const crops: string[] = [];
  for (const { box } of cells) crops.push(await toCrop(engine, box));
  const [preview, sha256] = [await toPreview(thumbnail), await sha256Of(bytes)];
  return { kind: 'read', id, reading, preview, crops, sha256 };
}

async function readBox(
  engine: Wasm.Engine,
  file: Blob,
  id: number,
  box: Box,
): Promise<WorkerMessage> {
  if (heldId !== id) {
    const whole = await read(engine, file, id, 1);
    if (whole.kind === 'failed') return whole;
  }
  const { error, cells } = engine.readBox(box);
  const [cell] = cells;
  if (cell === undefined) return { kind: 'failed', id, failure: toFailure(error) };
  return { kind: 'boxRead', id, cell: toCell(cell), crop: await toCrop(engine, box) };
}

async function answer(engine: Wasm.Engine, request: WorkerRequest): Promise<void> {
  const { id, file } = request;
  if (request.kind === 'read') post(await read(engine, file, id, request.previewSide));
  else post(await readBox(engine, file, id, request.box));
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
