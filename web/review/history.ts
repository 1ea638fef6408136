// Undo and redo without end: each change keeps what it changed, before and after, and its name in
// words. What the engine adds meanwhile is no change of the person's and stays.
import type { Bin, BinId } from './bins';
import type { CellId, Mark } from './review';

/** What a change is called; the texts have words for each kind. */
export type ChangeName =
  | { readonly kind: 'filed'; readonly count: number; readonly bin: BinId }
  | { readonly kind: 'accepted'; readonly count: number; readonly bin: BinId | null }
  | { readonly kind: 'taken_back'; readonly count: number }
  | { readonly kind: 'removed'; readonly count: number }
  | { readonly kind: 'added'; readonly count: number }
  | { readonly kind: 'class_added'; readonly name: string }
  | { readonly kind: 'class_changed'; readonly name: string }
  | { readonly kind: 'class_dropped'; readonly name: string };

export interface CellChange {
  readonly id: CellId;
  readonly before: Mark;
  readonly after: Mark;
}

export interface Change {
  readonly name: ChangeName;
  readonly cells: readonly CellChange[];
  readonly own: { readonly before: readonly Bin[]; readonly after: readonly Bin[] } | null;
}

export interface History<Entry = Change> {
  /** The latest last. */
  readonly past: readonly Entry[];
  /** What was undone, the next to be done again last. */
  readonly future: readonly Entry[];
}

export const kNoHistory: History<never> = { past: [], future: [] };

/** A new change; what was undone before can't be done again any more. */
export function remember<Entry>(history: History<Entry>, entry: Entry): History<Entry> {
  return { past: [...history.past, entry], future: [] };
}

export function lastDone<Entry>({ past }: History<Entry>): Entry | null {
  return past[past.length - 1] ?? null;
}

export function lastUndone<Entry>({ future }: History<Entry>): Entry | null {
  return future[future.length - 1] ?? null;
}

export function stepBack<Entry>({ past, future }: History<Entry>): History<Entry> {
  return { past: past.slice(0, -1), future: [...future, ...past.slice(-1)] };
}

export function stepForward<Entry>({ past, future }: History<Entry>): History<Entry> {
  return { past: [...past, ...future.slice(-1)], future: future.slice(0, -1) };
}
