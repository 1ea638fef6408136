// Keeps the figures of a labelled folder in step with its pictures, while their room is open.
import type { Action } from './actions';
import { labelsOf, outcomesIn } from './evaluation/evaluation';
import { type Evaluate, loadEvaluate } from './evaluation/module';
import type { State } from './state';

// Figures of thousands of pictures are not made anew for each one that is read.
const kAtMostEveryMs = 250;

export interface Evaluating {
  update(before: State, now: State): void;
}

function isOld(before: State, now: State): boolean {
  if (now.room !== 'evaluation') return false;
  const isSame = before.pictures === now.pictures && before.engine === now.engine;
  return before.room !== now.room || !isSame;
}

export function createEvaluating(
  dispatch: (action: Action) => void,
  state: () => State,
): Evaluating {
  let evaluate: Evaluate | null = null;
  let isAsked = false;
  let isDue = false;

  function make(): void {
    isDue = false;
    if (evaluate === null) return load();
    const [now, labels] = [state(), labelsOf(state())];
    const outcomes = outcomesIn(now);
    const figures = outcomes.length === 0 ? null : evaluate(labels.length, outcomes);
    dispatch({ type: 'evaluationMade', figures, error: null });
  }

  function load(): void {
    if (isAsked) return;
    isAsked = true;
    loadEvaluate().then(
      (loaded) => {
        evaluate = loaded;
        make();
      },
      (error: unknown) => {
        isAsked = false;
        dispatch({ type: 'evaluationMade', figures: null, error: String(error) });
      },
    );
  }

  return {
    update(before, now) {
      if (isDue || !isOld(before, now)) return;
      isDue = true;
      setTimeout(make, before.room === now.room ? kAtMostEveryMs : 0);
    },
  };
}
