// The raw counts of what is under review: the door for everything that reckons with them.
import type { Bin, BinId } from './bins';
import { binsOf } from './groups';
import { binOf, type Review } from './review';

export interface BinCount {
  readonly bin: Bin;
  readonly count: number;
  /** Of these, looked at and filed or accepted by the person. */
  readonly reviewed: number;
}

export interface Counts {
  /** Every bin, in the order of the table, the empty ones too. */
  readonly bins: readonly BinCount[];
  /** Cells in bins that count in n. */
  readonly n: number;
  /** Of n, those that nobody has looked at. */
  readonly unreviewed: number;
  /** Cells beside n. */
  readonly outside: number;
}

/** Sums up counts per bin; what names no bin is left out. */
export function toCounts(
  bins: readonly Bin[],
  count: (bin: BinId) => number,
  reviewed: (bin: BinId) => number,
): Counts {
  const rows = bins.map((bin) => ({ bin, count: count(bin.id), reviewed: reviewed(bin.id) }));
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const inN = rows.filter(({ bin }) => bin.counting === 'in_n');
  const n = sum(inN.map((row) => row.count));
  return {
    bins: rows,
    n,
    unreviewed: n - sum(inN.map((row) => row.reviewed)),
    outside: sum(rows.map((row) => row.count)) - n,
  };
}

export function counts(review: Review): Counts {
  const all = new Map<BinId, number>();
  const reviewed = new Map<BinId, number>();
  for (const cell of review.cells.values()) {
    if (!cell.isThere) continue;
    const id = binOf(cell);
    all.set(id, (all.get(id) ?? 0) + 1);
    if (cell.person !== null) reviewed.set(id, (reviewed.get(id) ?? 0) + 1);
  }
  return toCounts(
    binsOf(review),
    (id) => all.get(id) ?? 0,
    (id) => reviewed.get(id) ?? 0,
  );
}
