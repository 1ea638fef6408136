// The page's end of worker_probe.ts: a worker of its own, opened for the question and ended after it.
import type { Outcome } from './outcome';

const kPatienceMs = 10_000;

interface Probed {
  readonly kind: 'probed';
  readonly outcome: Outcome;
}

function isProbed(data: unknown): data is Probed {
  return typeof data === 'object' && data !== null && (data as Partial<Probed>).kind === 'probed';
}

export function tryInWorker(open: () => Worker, address: string): Promise<Outcome> {
  const worker = open();
  const outcome = new Promise<Outcome>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isProbed(data)) resolve(data.outcome);
    });
    setTimeout(() => resolve({ kind: 'silent' }), kPatienceMs);
  });
  worker.postMessage({ kind: 'probe', address });
  return outcome.finally(() => worker.terminate());
}
