// Keeps the differential in step with the cells: loads what it needs when the room is first entered,
// reckons anew when cells or settings changed, and has the core write it.
import type { Action } from './actions';
import { countedIn, modelsIn, sourceOf } from './counted';
import {
  type CountsObject,
  countsOf,
  type Differential,
  type Format,
  lackOf,
} from './differential/differential';
import { loadReference } from './differential/reference';
import type { Reckoner } from './reckoner';
import type { State } from './state';

export interface Reckoning {
  update(before: State, now: State): void;
  /** What the core writes; null where nothing can be reckoned yet. */
  write(format: Format, state: State): Promise<string | null>;
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

/** null: something is lacking. */
function askedOf(state: State): CountsObject | null {
  const { settings, ranges, rates } = state.differential;
  if (ranges.length === 0 || lackOf(settings) !== null) return null;
  return countsOf(countedIn(state), settings, ranges, modelsIn(state), rates);
}

export function createReckoning(
  reckoner: Reckoner,
  dispatch: (action: Action) => void,
  state: () => State,
): Reckoning {
  let isAsked = false;
  let isReckoning = false;
  let isDue = false;

  function fail(error: unknown): void {
    dispatch({ type: 'differentialMade', result: null, error: String(error) });
  }

  function load(): void {
    isAsked = true;
    loadReference().then(
      (reference) => dispatch({ type: 'referenceLoaded', ...reference }),
      (error: unknown) => {
        isAsked = false;
        fail(error);
      },
    );
  }

  async function reckon(): Promise<void> {
    const asked = askedOf(state());
    if (asked === null) return;
    const { code, text } = await reckoner.differential(asked, 'json');
    const result = code === '' ? (JSON.parse(text) as Differential) : null;
    dispatch({ type: 'differentialMade', result, error: result === null ? code : null });
  }

  /** One at a time; what changed meanwhile is reckoned with afterwards. */
  async function goOn(): Promise<void> {
    isReckoning = true;
    while (isDue) {
      isDue = false;
      await reckon().catch(fail);
    }
    isReckoning = false;
  }

  return {
    update(before, now) {
      if (!isOld(before, now)) return;
      if (now.differential.ranges.length === 0 && !isAsked) load();
      isDue = true;
      if (!isReckoning) void goOn();
    },
    async write(format, now) {
      const asked = askedOf(now);
      return asked === null ? null : (await reckoner.differential(asked, format)).text;
    },
  };
}
