// The count lasts over a reload of its tab, and no longer: it is nothing but a row of classes.
import { kGoals, kNoTally, type Step, type Tally } from './tally';

const kPlace = 'leukolens.tally';

function toStep(value: unknown): Step | null {
  if (value === 'anew') return value;
  if (typeof value !== 'object' || value === null || !('bin' in value)) return null;
  return typeof value.bin === 'string' ? { bin: value.bin } : null;
}

function toSteps(value: unknown): readonly Step[] | null {
  if (!Array.isArray(value)) return null;
  const steps = value.map(toStep);
  return steps.every((step) => step !== null) ? steps : null;
}

/** The tally as it was kept, or null where it can't be understood. */
export function parseTally(kept: string): Tally | null {
  let read: unknown;
  try {
    read = JSON.parse(kept);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const { steps, undone, goal, wentOnAt, areTonesOn } = read as Record<string, unknown>;
  const [done, taken] = [toSteps(steps), toSteps(undone)];
  const known = kGoals.find((one) => one === goal);
  if (done === null || taken === null || known === undefined) return null;
  return {
    ...kNoTally,
    steps: done,
    undone: taken,
    goal: known,
    wentOnAt: typeof wentOnAt === 'number' ? wentOnAt : 0,
    areTonesOn: areTonesOn !== false,
  };
}

/** null: nothing was kept. */
export function loadTally(): Tally | null {
  try {
    const kept = sessionStorage.getItem(kPlace);
    return kept === null ? null : parseTally(kept);
  } catch {
    return null;
  }
}

export function saveTally(tally: Tally): void {
  try {
    sessionStorage.setItem(kPlace, JSON.stringify(tally));
  } catch {
    // It holds until the page is closed.
  }
}
