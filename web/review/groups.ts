// The gallery's order: which groups there are, which cell stands where, which one comes next.
import { allBins, type Bin, type BinId, kRemoved, kToReview, kUnsure } from './bins';
import { binOf, type CellId, marginOf, type Review, type ReviewCell } from './review';

export interface Group {
  readonly bin: Bin;
  readonly cells: readonly ReviewCell[];
}

const kToReviewBin: Bin = { id: kToReview, counting: 'in_n', ownName: null };

export function binsOf(review: Review): readonly Bin[] {
  const labels = [...review.models.values()].flatMap((model) => model.labels);
  return allBins(labels, review.own);
}

/** The same, without the place for boxes that were taken away: where a key or a drop may file. */
export function filingBins(review: Review): readonly Bin[] {
  return binsOf(review).filter(({ id }) => id !== kRemoved);
}

function isMoved({ person, model, source }: ReviewCell): boolean {
  if (person === null) return false;
  if (source === 'person' || model === null) return true;
  return person.bin !== (model.verdict === 'classified' ? model.label : model.verdict);
}

/** The least sure first; what the person moved here stands behind it in the order of moving. */
function bySureness(a: ReviewCell, b: ReviewCell): number {
  const [isMovedA, isMovedB] = [isMoved(a), isMoved(b)];
  if (isMovedA !== isMovedB) return isMovedA ? 1 : -1;
  if (isMovedA) return (a.person?.atMs ?? 0) - (b.person?.atMs ?? 0) || a.id - b.id;
  return marginOf(a) - marginOf(b) || a.id - b.id;
}

/** Where the cells are unsure, those stand together that the model puts closest to one class. */
function byClosest(labels: readonly BinId[]): (a: ReviewCell, b: ReviewCell) => number {
  const rank = ({ model }: ReviewCell): number =>
    model === null ? -1 : labels.indexOf(model.label);
  return (a, b) => rank(a) - rank(b) || bySureness(a, b);
}

/** Nothing of the order may tell what the model thinks. */
function byArrival(a: ReviewCell, b: ReviewCell): number {
  return (a.person?.atMs ?? 0) - (b.person?.atMs ?? 0) || a.id - b.id;
}

function shownBin(cell: ReviewCell, review: Review): BinId {
  return review.areSuggestionsHidden && cell.person === null ? kToReview : binOf(cell);
}

function group(review: Review): readonly Group[] {
  const members = new Map<BinId, ReviewCell[]>();
  for (const cell of review.cells.values()) {
    if (!cell.isThere) continue;
    const id = shownBin(cell, review);
    const list = members.get(id);
    if (list === undefined) members.set(id, [cell]);
    else list.push(cell);
  }
  const bins = binsOf(review);
  const isDoubtful = ({ id }: Bin): boolean => id === kUnsure;
  // What needs a decision stands first.
  const inOrder = [
    kToReviewBin,
    ...bins.filter(isDoubtful),
    ...bins.filter((one) => !isDoubtful(one)),
  ];
  const unsureFirst = byClosest(bins.map(({ id }) => id));
  const compareIn = ({ id }: Bin): typeof bySureness => {
    if (review.areSuggestionsHidden) return byArrival;
    return id === kUnsure ? unsureFirst : bySureness;
  };
  return inOrder.flatMap((one) => {
    const cells = members.get(one.id);
    return cells === undefined ? [] : [{ bin: one, cells: cells.sort(compareIn(one)) }];
  });
}

const kept = new WeakMap<Review['cells'], { of: Review; groups: readonly Group[] }>();

/** The groups that are not empty, in the order of the gallery. */
export function groupsOf(review: Review): readonly Group[] {
  const known = kept.get(review.cells);
  if (
    known !== undefined &&
    known.of.own === review.own &&
    known.of.models === review.models &&
    known.of.areSuggestionsHidden === review.areSuggestionsHidden
  ) {
    return known.groups;
  }
  const groups = group(review);
  kept.set(review.cells, { of: review, groups });
  return groups;
}

/** All cells in the order of the gallery. */
export function cellsInOrder(review: Review): readonly ReviewCell[] {
  return groupsOf(review).flatMap(({ cells }) => cells);
}

/** The cells that the next key acts on, in the order of the gallery. */
export function selectedCells(review: Review): readonly ReviewCell[] {
  const cells = cellsInOrder(review);
  const cursor = cells.findIndex(({ id }) => id === review.cursor);
  if (cursor < 0) return [];
  const anchor = cells.findIndex(({ id }) => id === review.anchor);
  const other = anchor < 0 ? cursor : anchor;
  return cells.slice(Math.min(cursor, other), Math.max(cursor, other) + 1);
}

export function groupOfCursor(review: Review): Group | null {
  const holds = ({ cells }: Group): boolean => cells.some(({ id }) => id === review.cursor);
  return groupsOf(review).find(holds) ?? null;
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** Rows of tiles over all groups, as they are laid out. */
function rowsOf(review: Review): readonly (readonly ReviewCell[])[] {
  const rows: (readonly ReviewCell[])[] = [];
  for (const { cells } of groupsOf(review)) {
    for (let at = 0; at < cells.length; at += review.columns) {
      rows.push(cells.slice(at, at + review.columns));
    }
  }
  return rows;
}

function acrossRows(review: Review, step: number): ReviewCell | undefined {
  const rows = rowsOf(review);
  const row = rows.findIndex((cells) => cells.some(({ id }) => id === review.cursor));
  const column = rows[row]?.findIndex(({ id }) => id === review.cursor) ?? 0;
  const target = rows[row + step];
  return target?.[Math.min(column, target.length - 1)];
}

/** Where an arrow leads; null at the edge. Without a cursor every arrow leads to the first cell. */
export function cellTowards(review: Review, direction: Direction): CellId | null {
  const cells = cellsInOrder(review);
  const at = cells.findIndex(({ id }) => id === review.cursor);
  if (at < 0) return cells[0]?.id ?? null;
  const target = {
    left: () => cells[at - 1],
    right: () => cells[at + 1],
    up: () => acrossRows(review, -1),
    down: () => acrossRows(review, 1),
    first: () => cells[0],
    last: () => cells[cells.length - 1],
  }[direction]();
  return target === undefined || target.id === review.cursor ? null : target.id;
}

/**
 * Where the cursor goes once `done` are decided: to the next cell that waits, else to the first one
 * that does, else it stays.
 */
export function nextWaiting(review: Review, done: readonly ReviewCell[]): CellId | null {
  const cells = cellsInOrder(review);
  const ids = new Set(done.map(({ id }) => id));
  const last = cells.reduce((found, { id }, index) => (ids.has(id) ? index : found), -1);
  const waits = (cell: ReviewCell): boolean => cell.person === null && !ids.has(cell.id);
  const next = cells.slice(last + 1).find(waits) ?? cells.find(waits);
  return next?.id ?? review.cursor;
}
