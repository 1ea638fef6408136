// The worker's end: owns the engine, reads one picture at a time, answers every request once.
// A fault of the engine itself is left to end this worker; the page starts another one.
import type * as Wasm from 'leukolens-wasm';
import type { ErrorCode, WarningCode } from './codes';
import type {
  EngineIdentity,
  Preview,
  ReadRequest,
  Variant,
  Verdict,
  WorkerMessage,
} from './messages';
import { chooseVariant } from './variant';

declare const self: DedicatedWorkerGlobalScope;

type Factory = typeof Wasm.default;

function post(message: WorkerMessage): void {
  self.postMessage(message);
}

async function fetchBytes(path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(path, self.location.href));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function start(variant: Variant): Promise<{ engine: Wasm.Engine; identity: EngineIdentity }> {
  const url = new URL(`wasm/${variant}/leukolens.js`, self.location.href);
  const [factory, modelFile] = await Promise.all([
    import(url.href).then((module: { default: Factory }) => module.default),
    fetchBytes('model/four.tflite'),
  ]);
  const wasm = await factory();
  const engine = new wasm.Engine();
  const error = engine.load(modelFile);
  if (error.code !== '') throw new Error(`${error.code}: ${error.what}`);
  const programVersion = wasm.programVersion();
  return { engine, identity: { variant, programVersion, model: engine.model() } };
}

async function toPreview(thumbnail: Wasm.EngineThumbnail): Promise<Preview> {
  const { width, height } = thumbnail;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d canvas');
  const pixels = thumbnail.rgba as Uint8ClampedArray<ArrayBuffer>;
  context.putImageData(new ImageData(pixels, width, height), 0, 0);
  return { image: await canvas.convertToBlob({ type: 'image/png' }), width, height };
}

async function read(engine: Wasm.Engine, request: ReadRequest): Promise<void> {
  const { id, file, previewSide } = request;
  if (file.size > engine.maxBytes()) {
    const what = `${Math.ceil(file.size / 2 ** 20)} MiB`;
    return post({ kind: 'failed', id, failure: { code: 'too_many_bytes', what } });
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    const what = error instanceof Error ? error.name : String(error);
    return post({ kind: 'failed', id, failure: { code: 'unreadable_file', what } });
  }
  const { error, thumbnail, ...rest } = engine.read(bytes, previewSide);
  if (error.code !== '') {
    const failure = { code: error.code as ErrorCode, what: error.what };
    return post({ kind: 'failed', id, failure });
  }
  const reading = {
    ...rest,
    warnings: rest.warnings as WarningCode[],
    cells: rest.cells.map((cell) => ({ ...cell, verdict: cell.verdict as Verdict })),
  };
  post({ kind: 'read', id, reading, preview: await toPreview(thumbnail) });
}

async function main(): Promise<void> {
  const variant = chooseVariant();
  if (variant === null) return post({ kind: 'unavailable', reason: 'no_simd', what: '' });
  try {
    const { engine, identity } = await start(variant);
    self.onmessage = (event: MessageEvent<ReadRequest>) => {
      // Thrown outside the promise, a fault becomes an error event that the page hears.
      read(engine, event.data).catch((fault: unknown) => {
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
