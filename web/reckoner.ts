// The worker that reckons differentials and evaluations: the second interval takes a fifth of a
// second, for which the page must not stand still. Opened when it is first wanted.
import type { CountsObject, Format } from './differential/differential';
import type { Figures, Outcome } from './evaluation/evaluation';
import { openReckoner } from './parts';
import type { Answer, Reckoned, ReckonerQuestion } from './reckoner_messages';

export interface Reckoner {
  /** Rejects where the worker can't be loaded. */
  differential(counts: CountsObject, format: Format): Promise<Answer>;
  evaluation(classes: number, outcomes: readonly Outcome[]): Promise<Figures>;
}

interface Asked {
  resolve(result: unknown): void;
  reject(reason: Error): void;
}

export function createReckoner(): Reckoner {
  let worker: Worker | null = null;
  let lastId = 0;
  const asked = new Map<number, Asked>();

  function fail(reason: string): void {
    worker?.terminate();
    worker = null;
    for (const { reject } of asked.values()) reject(new Error(reason));
    asked.clear();
  }

  function open(): Worker {
    const opened = openReckoner();
    opened.addEventListener('message', ({ data }: MessageEvent<Reckoned>) => {
      if ('fault' in data) return fail(data.fault);
      asked.get(data.id)?.resolve(data.result);
      asked.delete(data.id);
    });
    opened.addEventListener('error', ({ message }) => fail(message));
    return opened;
  }

  function ask(question: ReckonerQuestion): Promise<unknown> {
    worker ??= open();
    const id = ++lastId;
    worker.postMessage({ id, question });
    return new Promise((resolve, reject) => asked.set(id, { resolve, reject }));
  }

  const instant = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
  return {
    differential: (counts, format) =>
      ask({ kind: 'differential', counts, format, instant: instant() }) as Promise<Answer>,
    evaluation: (classes, outcomes) =>
      ask({ kind: 'evaluation', classes, outcomes }) as Promise<Figures>,
  };
}
