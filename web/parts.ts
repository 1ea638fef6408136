// Where the page's own parts come from: files beside it, fetched when they are wanted. The page of
// one file has them inside (single/parts.ts) and is built with that module in this one's place.

/** Whether everything lies in this very file. */
export const kIsOneFile: boolean = false;

export function openWorker(): Worker {
  return new Worker('worker.js', { type: 'module' });
}

/** The worker that reckons, see reckoner.ts. */
export function openReckoner(): Worker {
  return new Worker('reckoner.js', { type: 'module' });
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
