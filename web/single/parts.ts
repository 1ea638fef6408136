// parts.ts for the page of one file: every part is a block inside it, and nothing is fetched.
import { blockBlob, blockBytes, blockPaths } from './blocks';

export const kIsOneFile: boolean = true;

/** The worker is a blob, which may fetch nothing: its parts are posted to it first. */
export function openWorker(): Worker {
  const address = partAddress('worker.js');
  const worker = new Worker(address);
  const wanted = blockPaths().filter((path) => /^wasm\/(\w+\/|tiff)|\.tflite$/.test(path));
  worker.postMessage(new Map(wanted.map((path) => [path, blockBytes(path)])));
  return worker;
}

export function openReckoner(): Worker {
  const worker = new Worker(partAddress('reckoner.js'));
  const path = 'wasm/differential.wasm';
  worker.postMessage(new Map([[path, blockBytes(path)]]));
  return worker;
}

const addresses = new Map<string, string>();

export function partAddress(path: string): string {
  const known = addresses.get(path);
  if (known !== undefined) return known;
  const made = URL.createObjectURL(blockBlob(path));
  addresses.set(path, made);
  return made;
}

export async function partBlob(path: string): Promise<Blob> {
  return blockBlob(path);
}
