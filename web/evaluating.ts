// Keeps the figures of a labelled folder in step with its pictures, while their room is open.
import type { Action } from './actions';
import { labelsOf, outcomesIn } from './evaluation/evaluation';
import type { Reckoner } from './reckoner';
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
  reckoner: Reckoner,
  dispatch: (action: Action) => void,
  state: () => State,
): Evaluating {
  let isDue = false;

  async function make(): Promise<void> {
    isDue = false;
    const outcomes = outcomesIn(state());
    const classes = labelsOf(state()).length;
    const figures = outcomes.length === 0 ? null : await reckoner.evaluation(classes, outcomes);
    dispatch({ type: 'evaluationMade', figures, error: null });
  }

  function fail(error: unknown): void {
    dispatch({ type: 'evaluationMade', figures: null, error: String(error) });
  }

  return {
    update(before, now) {
      if (isDue || !isOld(before, now)) return;
      isDue = true;
      setTimeout(() => void make().catch(fail), before.room === now.room ? kAtMostEveryMs : 0);
    },
  };
}
