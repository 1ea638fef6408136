// Where the page's own parts come from: files beside it, fetched when they are wanted. The page of
// one file has them inside (single/parts.ts) and is built with that module in this one's place.

/** Whether everything lies in this very file. */
export const kIsOneFile: boolean = false;

export function openWorker(): Worker {
  return new Worker('worker.js', { type: 'module' });
}

/** For links and pictures. */
export function partAddress(path: string): string {
  return path;
}

export async function partBlob(path: string): Promise<Blob> {
  const response = await fetch(new URL(path, location.href));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.blob();
}

/** The factory of wasm/differential.js, and what it has to be given. */
export async function differentialFactory(): Promise<{
  factory: (options?: object) => Promise<unknown>;
  options: object;
}> {
  const url = new URL('wasm/differential.js', location.href);
  const { default: factory } = (await import(url.href)) as {
    default: (options?: object) => Promise<unknown>;
  };
  return { factory, options: {} };
}
