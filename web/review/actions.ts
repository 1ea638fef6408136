// What happens to the cells under review: each action a record, `reduceReview` gives what is next.
import type { Box, ModelIdentity, Reading } from '../messages';
import { type Bin, type BinId, isOwn, kRemoved, nextOwnId } from './bins';
import { cellsInOrder, nextWaiting } from './groups';
import {
  type CellChange,
  type Change,
  type ChangeName,
  lastDone,
  lastUndone,
  remember,
  stepBack,
  stepForward,
} from './history';
import {
  type CellId,
  type Mark,
  type ModelAnswer,
  type PictureKey,
  type Review,
  type ReviewCell,
  suggestionOf,
} from './review';

export type ReviewAction =
  | {
      readonly type: 'cellsFiled';
      readonly ids: readonly CellId[];
      readonly bin: BinId;
      readonly atMs: number;
    }
  | { readonly type: 'cellsAccepted'; readonly ids: readonly CellId[]; readonly atMs: number }
  | { readonly type: 'answersTakenBack'; readonly ids: readonly CellId[] }
  | {
      readonly type: 'cellAdded';
      readonly picture: PictureKey;
      readonly box: Box;
    }
  | {
      readonly type: 'cellAnswered';
      readonly id: CellId;
      readonly answer: ModelAnswer | null;
      readonly crop: string;
    }
  | { readonly type: 'cursorMoved'; readonly to: CellId; readonly isRange: boolean }
  | { readonly type: 'suggestionsSwitched'; readonly areHidden: boolean }
  | { readonly type: 'columnsChanged'; readonly columns: number }
  | { readonly type: 'undone' }
  | { readonly type: 'redone' }
  | { readonly type: 'classAdded'; readonly name: string; readonly counting: Bin['counting'] }
  | {
      readonly type: 'classChanged';
      readonly id: BinId;
      readonly name: string;
      readonly counting: Bin['counting'];
    }
  | { readonly type: 'classDropped'; readonly id: BinId };

type ActionOf<Type extends ReviewAction['type']> = Extract<ReviewAction, { type: Type }>;

function markOf({ person, isThere }: ReviewCell): Mark {
  return { person, isThere };
}

function withMarks(review: Review, marks: readonly (readonly [CellId, Mark])[]): Review {
  const cells = new Map(review.cells);
  for (const [id, mark] of marks) {
    const cell = cells.get(id);
    if (cell !== undefined) cells.set(id, { ...cell, ...mark });
  }
  return { ...review, cells };
}

function done(review: Review, change: Change): Review {
  const marks = change.cells.map(({ id, after }) => [id, after] as const);
  const changed = change.cells.length === 0 ? review : withMarks(review, marks);
  return {
    ...changed,
    own: change.own === null ? changed.own : change.own.after,
    history: remember(changed.history, change),
  };
}

/** Files cells and moves the cursor on; those whose answer stays the same are left alone. */
function decided(
  review: Review,
  ids: readonly CellId[],
  name: (count: number) => ChangeName,
  mark: (cell: ReviewCell) => Mark,
): Review {
  const chosen = ids.flatMap((id) => review.cells.get(id) ?? []);
  const changes = chosen.flatMap((cell): CellChange[] => {
    const [before, after] = [markOf(cell), mark(cell)];
    const isSame = before.person?.bin === after.person?.bin;
    return isSame || !cell.isThere ? [] : [{ id: cell.id, before, after }];
  });
  const cursor = nextWaiting(review, chosen);
  const moved = { ...review, cursor, anchor: null };
  if (changes.length === 0) return moved;
  return done(moved, { name: name(changes.length), cells: changes, own: null });
}

function filed(review: Review, { ids, bin, atMs }: ActionOf<'cellsFiled'>): Review {
  const name = (count: number): ChangeName =>
    bin === kRemoved ? { kind: 'removed', count } : { kind: 'filed', count, bin };
  return decided(review, ids, name, (cell) => ({ ...markOf(cell), person: { bin, atMs } }));
}

function accepted(review: Review, { ids, atMs }: ActionOf<'cellsAccepted'>): Review {
  const chosen = ids.flatMap((id) => review.cells.get(id) ?? []);
  const waiting = chosen.filter(({ person }) => person === null);
  const bins = new Set(waiting.map(suggestionOf));
  const [bin = null] = bins.size === 1 ? bins : [];
  const name = (count: number): ChangeName => ({ kind: 'accepted', count, bin });
  return decided(review, ids, name, (cell) => {
    const suggested = suggestionOf(cell);
    if (cell.person !== null || suggested === null) return markOf(cell);
    return { ...markOf(cell), person: { bin: suggested, atMs } };
  });
}

function takenBack(review: Review, { ids }: ActionOf<'answersTakenBack'>): Review {
  const chosen = ids.flatMap((id) => review.cells.get(id) ?? []);
  const cells = chosen
    .filter(({ person }) => person !== null)
    .map((cell) => ({
      id: cell.id,
      before: markOf(cell),
      after: { ...markOf(cell), person: null },
    }));
  if (cells.length === 0) return review;
  return done(review, { name: { kind: 'taken_back', count: cells.length }, cells, own: null });
}

function lastId(review: Review): CellId {
  return Math.max(0, ...[...review.cells.keys()].slice(-1));
}

function added(review: Review, { picture, box }: ActionOf<'cellAdded'>): Review {
  if (!review.pictures.has(picture)) return review;
  const id = lastId(review) + 1;
  const before: Mark = { person: null, isThere: false };
  const after: Mark = { person: null, isThere: true };
  const cell: ReviewCell = { id, picture, box, source: 'person', model: null, ...before };
  const changed = { ...review, cells: new Map(review.cells).set(id, cell), cursor: id };
  const cells = [{ id, before, after }];
  return done(
    { ...changed, anchor: null },
    { name: { kind: 'added', count: 1 }, cells, own: null },
  );
}

function answered(review: Review, { id, answer, crop }: ActionOf<'cellAnswered'>): Review {
  const cell = review.cells.get(id);
  if (cell === undefined) return review;
  return {
    ...review,
    cells: new Map(review.cells).set(id, { ...cell, model: answer ?? cell.model }),
    crops: new Map(review.crops).set(id, crop),
  };
}

/** After undo and redo the cursor shows what changed. */
function stepped(review: Review, change: Change, side: 'before' | 'after'): Review {
  const marks = change.cells.map((cell) => [cell.id, cell[side]] as const);
  const next = marks.length === 0 ? review : withMarks(review, marks);
  const cursor = marks.find(([, { isThere }]) => isThere)?.[0] ?? next.cursor;
  const isThere = cursor !== null && next.cells.get(cursor)?.isThere === true;
  return {
    ...next,
    own: change.own === null ? next.own : change.own[side],
    cursor: isThere ? cursor : (cellsInOrder(next)[0]?.id ?? null),
    anchor: null,
  };
}

function undone(review: Review): Review {
  const change = lastDone(review.history);
  if (change === null) return review;
  return { ...stepped(review, change, 'before'), history: stepBack(review.history) };
}

function redone(review: Review): Review {
  const change = lastUndone(review.history);
  if (change === null) return review;
  return { ...stepped(review, change, 'after'), history: stepForward(review.history) };
}

function withOwn(review: Review, name: ChangeName, after: readonly Bin[]): Review {
  return done(review, { name, cells: [], own: { before: review.own, after } });
}

function classAdded(review: Review, { name, counting }: ActionOf<'classAdded'>): Review {
  const bin = { id: nextOwnId(review.own), counting, ownName: name };
  return withOwn(review, { kind: 'class_added', name }, [...review.own, bin]);
}

function classChanged(review: Review, action: ActionOf<'classChanged'>): Review {
  const { id, name, counting } = action;
  const bin = { id, counting, ownName: name };
  const after = review.own.map((one) => (one.id === id ? bin : one));
  return withOwn(review, { kind: 'class_changed', name }, after);
}

/** Whether it is a class of one's own and empty, and so may go. */
export function canDrop(review: Review, id: BinId): boolean {
  return isOwn(id) && [...review.cells.values()].every(({ person }) => person?.bin !== id);
}

function classDropped(review: Review, { id }: ActionOf<'classDropped'>): Review {
  const bin = review.own.find((one) => one.id === id);
  if (bin === undefined || !canDrop(review, id)) return review;
  const after = review.own.filter((one) => one.id !== id);
  return withOwn(review, { kind: 'class_dropped', name: bin.ownName ?? id }, after);
}

function cursorMoved(review: Review, { to, isRange }: ActionOf<'cursorMoved'>): Review {
  if (review.cells.get(to)?.isThere !== true) return review;
  const anchor = isRange ? (review.anchor ?? review.cursor) : null;
  if (review.cursor === to && review.anchor === anchor) return review;
  return { ...review, cursor: to, anchor };
}

function columnsChanged(review: Review, { columns }: ActionOf<'columnsChanged'>): Review {
  return review.columns === columns ? review : { ...review, columns };
}

function switched(review: Review, { areHidden }: ActionOf<'suggestionsSwitched'>): Review {
  return { ...review, areSuggestionsHidden: areHidden, anchor: null };
}

type Steps = {
  readonly [Type in ReviewAction['type']]: (review: Review, action: ActionOf<Type>) => Review;
};

const kSteps: Steps = {
  cellsFiled: filed,
  cellsAccepted: accepted,
  answersTakenBack: takenBack,
  cellAdded: added,
  cellAnswered: answered,
  cursorMoved,
  suggestionsSwitched: switched,
  columnsChanged,
  undone,
  redone,
  classAdded,
  classChanged,
  classDropped,
};

export function isReviewAction(action: { readonly type: string }): action is ReviewAction {
  return Object.hasOwn(kSteps, action.type);
}

export function reduceReview<Type extends ReviewAction['type']>(
  review: Review,
  action: ActionOf<Type>,
): Review {
  const step = kSteps[action.type as Type] as (review: Review, action: ActionOf<Type>) => Review;
  return step(review, action);
}

export interface ReadPicture {
  readonly key: PictureKey;
  readonly reading: Reading;
  /** One for each cell, in the same order. */
  readonly crops: readonly string[];
  readonly model: ModelIdentity;
  readonly atMs: number;
}

/** Takes in what the engine found in a picture; one that is known brings nothing new but crops. */
export function withReading(review: Review, read: ReadPicture): Review {
  const { key, reading, model, atMs } = read;
  const { sha256, name, version, labels } = model;
  if (review.pictures.has(key)) return withCropsAgain(review, read);
  const pictures = new Map(review.pictures);
  const cells = new Map(review.cells);
  const crops = new Map(review.crops);
  const { width, height } = reading;
  pictures.set(key, { key, number: pictures.size + 1, width, height });
  let id = lastId(review);
  for (const [index, { box, label, verdict, probabilities }] of reading.cells.entries()) {
    id += 1;
    const answer: ModelAnswer = { model: sha256, label, verdict, probabilities, atMs };
    const mark: Mark = { person: null, isThere: true };
    cells.set(id, { id, picture: key, box, source: 'model', model: answer, ...mark });
    const crop = read.crops[index];
    if (crop !== undefined) crops.set(id, crop);
  }
  const models = new Map(review.models).set(sha256, { sha256, name, version, labels });
  return { ...review, pictures, cells, crops, models };
}

function isSameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** A picture that came once more, such as after its case was opened: its cells get their crops. */
function withCropsAgain(review: Review, { key, reading, crops: found }: ReadPicture): Review {
  const crops = new Map(review.crops);
  for (const cell of review.cells.values()) {
    if (cell.picture !== key || crops.has(cell.id)) continue;
    const index = reading.cells.findIndex(({ box }) => isSameBox(box, cell.box));
    const crop = found[index];
    if (crop !== undefined) crops.set(cell.id, crop);
  }
  return crops.size === review.crops.size ? review : { ...review, crops };
}
