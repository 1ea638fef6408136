// worker_parts.ts for the page of one file: both variants of the engine's glue are bundled with the
// worker, the rest is the first message.
import type * as Wasm from 'leukolens-wasm';
import relaxed from 'leukolens-wasm-relaxed';
import simd from 'leukolens-wasm-simd';
import tiff from 'leukolens-tiff';
import type * as Tiff from 'tiff-wasm';
import type { Variant } from '../messages';

declare const self: DedicatedWorkerGlobalScope;

type Parts = ReadonlyMap<string, Uint8Array>;

const posted = new Promise<Parts>((resolve) => {
  self.addEventListener('message', (event: MessageEvent<Parts>) => resolve(event.data), {
    once: true,
  });
});

export async function partBytes(path: string): Promise<Uint8Array> {
  const bytes = (await posted).get(path);
  if (bytes === undefined) throw new Error(`${path}: not in this file`);
  return bytes;
}

export async function startEngine(variant: Variant): Promise<Wasm.MainModule> {
  const wasmBinary = await partBytes(`wasm/${variant}/leukolens.wasm`);
  const factory = { relaxed, simd }[variant];
  return factory({ wasmBinary, locateFile: (name: string) => name });
}

export async function startTiff(): Promise<Tiff.MainModule> {
  const wasmBinary = await partBytes('wasm/tiff.wasm');
  return tiff({ wasmBinary, locateFile: (name: string) => name });
}
