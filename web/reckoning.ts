// Keeps the differential in step with the cells: loads its module when the room is first entered,
// reckons anew when cells or settings changed, and has the core write it.
import type { Action } from './actions';
import { countedIn, modelsIn, sourceOf } from './counted';
import { countsOf, type Format, lackOf } from './differential/differential';
import { loadReckoner, type Reckoner } from './differential/module';
import type { State } from './state';

export interface Reckoning {
  update(before: State, now: State): void;
  /** What the core writes; null until its module is there. */
  write(format: Format, state: State): string | null;
}

/** Whether what is shown no longer fits its cells and settings. */
function isOld(before: State, now: State): boolean {
  if (now.room !== 'differential') return false;
  const [was, is] = [before.differential, now.differential];
  const isSame = was.ranges === is.ranges && was.settings === is.settings;
  const isSameCount = before.review.cells === now.review.cells && before.tally === now.tally;
  const isFrom = sourceOf(before) === sourceOf(now);
  return before.room !== now.room || !isSame || !isSameCount || !isFrom;
}

export function createReckoning(dispatch: (action: Action) => void): Reckoning {
  let reckoner: Reckoner | null = null;
  let isAsked = false;

  function load(): void {
    isAsked = true;
    loadReckoner().then(
      (loaded) => {
        reckoner = loaded;
        dispatch({ type: 'rangesLoaded', ranges: loaded.ranges, range: loaded.range });
      },
      (error: unknown) => {
        isAsked = false;
        dispatch({ type: 'differentialMade', result: null, error: String(error) });
      },
    );
  }

  return {
    update(before, now) {
      if (!isOld(before, now)) return;
      if (reckoner === null && !isAsked) load();
      const { settings, ranges } = now.differential;
      if (reckoner === null || lackOf(settings) !== null) return;
      const made = reckoner.reckon(countsOf(countedIn(now), settings, ranges, modelsIn(now)));
      const isError = typeof made === 'string';
      const [result, error] = isError ? [null, made] : [made, null];
      dispatch({ type: 'differentialMade', result, error });
    },
    write(format, state) {
      const { settings, ranges } = state.differential;
      if (reckoner === null || lackOf(settings) !== null) return null;
      return reckoner.write(countsOf(countedIn(state), settings, ranges, modelsIn(state)), format);
    },
  };
}
