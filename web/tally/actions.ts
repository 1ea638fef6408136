// What happens while counting by hand, and the tally it makes.
import type { Bin, BinId } from '../review/bins';
import { type Goal, isStopped, type Step, type Tally, tallyCounts } from './tally';

export type TallyAction =
  | { readonly type: 'cellTallied'; readonly bin: BinId }
  | { readonly type: 'tallyUndone' }
  | { readonly type: 'tallyRedone' }
  | { readonly type: 'tallyBegunAnew' }
  /** After the signal. */
  | { readonly type: 'tallyWentOn' }
  | { readonly type: 'tallyGoalChosen'; readonly goal: Goal }
  | { readonly type: 'tonesSwitched'; readonly areOn: boolean }
  | { readonly type: 'tallyRestored'; readonly tally: Tally };

const kTypes: Readonly<Record<TallyAction['type'], true>> = {
  cellTallied: true,
  tallyUndone: true,
  tallyRedone: true,
  tallyBegunAnew: true,
  tallyWentOn: true,
  tallyGoalChosen: true,
  tonesSwitched: true,
  tallyRestored: true,
};

export function isTallyAction(action: { readonly type: string }): action is TallyAction {
  return Object.hasOwn(kTypes, action.type);
}

function withStep(tally: Tally, step: Step): Tally {
  return { ...tally, steps: [...tally.steps, step], undone: [], wentOnAt: 0 };
}

function undone(tally: Tally): Tally {
  const step = tally.steps.at(-1);
  if (step === undefined) return tally;
  const steps = tally.steps.slice(0, -1);
  return { ...tally, steps, undone: [...tally.undone, step], wentOnAt: 0 };
}

function redone(tally: Tally): Tally {
  const step = tally.undone.at(-1);
  if (step === undefined) return tally;
  return { ...withStep(tally, step), undone: tally.undone.slice(0, -1) };
}

/** `bins`: everything cells can be filed as, which says what counts in n. */
export function reduceTally(tally: Tally, action: TallyAction, bins: readonly Bin[]): Tally {
  switch (action.type) {
    case 'cellTallied': {
      const { n } = tallyCounts(tally, bins);
      if (isStopped(tally, n)) return { ...tally, refused: tally.refused + 1 };
      const next = withStep(tally, { bin: action.bin });
      // What counts beside n leaves it where the person went on.
      return { ...next, wentOnAt: tallyCounts(next, bins).n === n ? tally.wentOnAt : 0 };
    }
    case 'tallyUndone':
      return undone(tally);
    case 'tallyRedone':
      return redone(tally);
    case 'tallyBegunAnew':
      return tally.steps.length === 0 ? tally : withStep(tally, 'anew');
    case 'tallyWentOn':
      return { ...tally, wentOnAt: tallyCounts(tally, bins).n };
    case 'tallyGoalChosen':
      return { ...tally, goal: action.goal };
    case 'tonesSwitched':
      return { ...tally, areTonesOn: action.areOn };
    case 'tallyRestored':
      return action.tally;
  }
}
