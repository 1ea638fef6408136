// The differential as the page asks for it: what the module is given, and what it gives back.
import { type Rates, tableFor } from './rates';
import { binsOf } from '../review/groups';
import type { Counts } from '../review/counts';
import { kRemoved } from '../review/bins';
import type { Review } from '../review/review';

export interface RangeSet {
  readonly id: string;
  /** By language; English is always there. */
  readonly name: { readonly en: string } & Readonly<Record<string, string>>;
  readonly population: string;
  readonly date: string;
  readonly unit: string;
  readonly source: string;
  readonly ranges: Readonly<Record<string, readonly [number, number]>>;
}

/** What the person says beside the cells. */
export interface Settings {
  /** null: not asked yet. */
  readonly isOneSmear: boolean | null;
  /** As typed, in 10⁹/L. */
  readonly whiteCount: string;
  readonly includesErythroblasts: boolean;
  /** Id of a set of reference ranges, or null for none. */
  readonly range: string | null;
}

/** A model that answered cells among those counted. */
export interface ModelUsed {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

export const kNoSettings: Settings = {
  isOneSmear: null,
  whiteCount: '',
  includesErythroblasts: false,
  range: null,
};

export type Flag = 'high' | 'low' | 'spans_high' | 'spans_low' | 'none';
export type Status = 'none' | 'preliminary' | 'not_complete' | 'complete';
export type Pair = readonly [number, number];

/** Of leukolens-differential/1, what the page shows. */
export interface Differential {
  readonly n: number;
  readonly status: Status;
  readonly classes: readonly {
    readonly class: string;
    readonly count: number;
    readonly percent: number | null;
    readonly interval: Pair | null;
    readonly absolute: number | null;
    readonly absolute_interval: Pair | null;
    readonly flag: Flag;
    readonly count_more: number | null;
  }[];
  readonly per_100: Readonly<Record<string, number | null>>;
  /** With the model's errors carried through; null: the notes say why. */
  readonly second_interval: {
    readonly method: string;
    readonly error_rates: string;
    readonly n: number;
    readonly unreviewed: number;
    readonly classes: readonly {
      readonly class: string;
      readonly percent: number;
      readonly interval: Pair;
    }[];
  } | null;
  readonly notes: readonly { readonly code: string; readonly text: string }[];
  readonly unreviewed: number;
  readonly models: readonly ModelUsed[];
  readonly program: string;
}

export type Format = 'text' | 'csv' | 'json' | 'fhir';

/** A number as people write it, or null where there is none; NaN where it is none. */
export function whiteCountOf(settings: Settings): number | null {
  const words = settings.whiteCount.trim().replace(',', '.');
  return words === '' ? null : Number(words);
}

/** Why nothing can be reckoned yet. */
export type Lack = 'question' | 'white_count';

export function lackOf(settings: Settings): Lack | null {
  if (settings.isOneSmear === null) return 'question';
  const count = whiteCountOf(settings);
  return count === null || (Number.isFinite(count) && count > 0) ? null : 'white_count';
}

/** What was counted in the words of the module; classes of one's own by their names. */
export function countsOf(
  counts: Counts,
  settings: Settings,
  ranges: readonly RangeSet[],
  models: readonly ModelUsed[] = [],
  rates: Rates | null = null,
) {
  const set = ranges.find(({ id }) => id === settings.range);
  const rows = counts.bins.filter(({ bin, count }) => bin.id !== kRemoved && count > 0);
  return {
    classes: rows.map(({ bin, count, reviewed }) => ({
      name: bin.ownName ?? bin.id,
      counting: bin.counting,
      cells: count,
      unreviewed: count - reviewed,
    })),
    oneSmear: settings.isOneSmear === true,
    whiteCount: whiteCountOf(settings),
    includesErythroblasts: settings.includesErythroblasts,
    range: set === undefined ? null : { ...set, name: set.id, title: set.name.en },
    table: tableFor(rates, models),
    models: models.map(({ name, version, sha256 }) => ({ name, version, sha256 })),
  };
}

export type CountsObject = ReturnType<typeof countsOf>;

export function hasErythroblasts(counts: Counts): boolean {
  const [row] = counts.bins.filter(({ bin }) => bin.id === 'erythroblast');
  return (row?.count ?? 0) > 0;
}

/** Names of the person's own classes, which have no text. */
export function ownNames(review: Review): ReadonlySet<string> {
  return new Set(binsOf(review).flatMap(({ ownName }) => ownName ?? []));
}
