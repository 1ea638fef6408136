// Where the worker's parts come from: files beside it. The page of one file posts them to its worker
// (single/worker_parts.ts) and is built with that module in this one's place.
import type * as Wasm from 'leukolens-wasm';
import type * as Tiff from 'tiff-wasm';
import type { Variant } from './messages';

declare const self: DedicatedWorkerGlobalScope;

type Factory = typeof Wasm.default;

export async function partBytes(path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(path, self.location.href));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

export async function startEngine(variant: Variant): Promise<Wasm.MainModule> {
  const url = new URL(`wasm/${variant}/leukolens.js`, self.location.href);
  const { default: factory } = (await import(url.href)) as { default: Factory };
  return factory();
}

/** Fetched when the first TIFF comes. */
export async function startTiff(): Promise<Tiff.MainModule> {
  const url = new URL('wasm/tiff.js', self.location.href);
  const { default: factory } = (await import(url.href)) as { default: typeof Tiff.default };
  return factory();
}
