// Counting by hand, without pictures and without a model: the keys that were pressed, in order.
import { type Bin, type BinId, kRemoved } from '../review/bins';
import { type Counts, toCounts } from '../review/counts';

/** After how many cells the signal comes. */
export const kGoals = [100, 200] as const;
export type Goal = (typeof kGoals)[number];

/** A cell, or a new beginning: what was counted before it no longer counts, but can be taken back. */
export type Step = { readonly bin: BinId } | 'anew';

export interface Tally {
  readonly steps: readonly Step[];
  /** What was taken back, the next to do again last. */
  readonly undone: readonly Step[];
  readonly goal: Goal;
  /** The n at which the person went on after the signal; 0: not yet. */
  readonly wentOnAt: number;
  readonly areTonesOn: boolean;
  /** How many keys were not counted because the signal stood. */
  readonly refused: number;
}

export const kNoTally: Tally = {
  steps: [],
  undone: [],
  goal: 100,
  wentOnAt: 0,
  areTonesOn: true,
  refused: 0,
};

/** What can be counted at a microscope: what is no cell of interest is passed over. */
export function tallyBins(bins: readonly Bin[]): readonly Bin[] {
  return bins.filter(({ id, counting }) => id !== kRemoved && counting !== 'outside');
}

/** The cells since the last beginning, in order. */
export function tallied({ steps }: Tally): readonly BinId[] {
  const cells = steps.slice(steps.lastIndexOf('anew') + 1);
  return cells.flatMap((step) => (step === 'anew' ? [] : [step.bin]));
}

/** As counts of cells that were all looked at. */
export function tallyCounts(tally: Tally, bins: readonly Bin[]): Counts {
  const counted = new Map<BinId, number>();
  for (const bin of tallied(tally)) counted.set(bin, (counted.get(bin) ?? 0) + 1);
  const count = (bin: BinId): number => counted.get(bin) ?? 0;
  return toCounts(bins, count, count);
}

/** Whether `n` cells are a whole number of goals, and the person has not gone on since. */
export function isStopped({ goal, wentOnAt }: Tally, n: number): boolean {
  return n > 0 && n % goal === 0 && wentOnAt !== n;
}
