// In the worker: on request it tries to send from where pictures are read, and tells what came of it.
import { outcomeOf } from './outcome';

declare const self: DedicatedWorkerGlobalScope;

export interface Probe {
  readonly kind: 'probe';
  readonly address: string;
}

function isProbe(data: unknown): data is Probe {
  return typeof data === 'object' && data !== null && (data as Partial<Probe>).kind === 'probe';
}

async function send(address: string): Promise<'answered'> {
  await fetch(address, { method: 'POST', body: 'self-test of LeukoLens', mode: 'no-cors' });
  return 'answered';
}

self.addEventListener('message', (event: MessageEvent<unknown>) => {
  const { data } = event;
  if (!isProbe(data)) return;
  // No picture: the engine must not hear it.
  event.stopImmediatePropagation();
  void outcomeOf({ way: 'worker' }, () => send(data.address), self).then((outcome) =>
    self.postMessage({ kind: 'probed', outcome }),
  );
});
