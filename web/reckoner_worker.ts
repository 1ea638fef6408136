// The worker's side: loads the module once and hands questions to it, in their order.
import type { Asked, Reckoned, ReckonerQuestion } from './reckoner_messages';
import { startReckoning } from './reckoner_parts';

declare const self: DedicatedWorkerGlobalScope;

interface Module {
  differential(counts: object, format: string, instant: string): object;
  evaluation(classes: number, outcomes: readonly object[]): object;
}

const started = startReckoning() as Promise<Module>;

async function answer(question: ReckonerQuestion): Promise<object> {
  const module = await started;
  return question.kind === 'differential'
    ? module.differential(question.counts, question.format, question.instant)
    : module.evaluation(question.classes, question.outcomes);
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  // The first message of the page of one file holds the module.
  if (data instanceof Map) return;
  answer(data.question).then(
    (result) => self.postMessage({ id: data.id, result } satisfies Reckoned),
    (error: unknown) => self.postMessage({ fault: String(error) } satisfies Reckoned),
  );
});
