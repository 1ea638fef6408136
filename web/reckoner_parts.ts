// Where the reckoning worker's module comes from: files beside it. The page of one file posts it
// (single/reckoner_parts.ts).
declare const self: DedicatedWorkerGlobalScope;

export async function startReckoning(): Promise<unknown> {
  const url = new URL('wasm/differential.js', self.location.href);
  const { default: factory } = (await import(url.href)) as { default: () => Promise<unknown> };
  return factory();
}
