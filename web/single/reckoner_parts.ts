// reckoner_parts.ts for the page of one file: the module is the first message.
import factory from 'leukolens-differential';

declare const self: DedicatedWorkerGlobalScope;

type Parts = ReadonlyMap<string, Uint8Array>;

const posted = new Promise<Parts>((resolve) => {
  self.addEventListener('message', (event: MessageEvent<Parts>) => resolve(event.data), {
    once: true,
  });
});

export async function startReckoning(): Promise<unknown> {
  const wasmBinary = (await posted).get('wasm/differential.wasm');
  return factory({ wasmBinary, locateFile: (name: string) => name });
}
