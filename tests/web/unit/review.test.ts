import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reduceReview, type ReviewAction, withReading } from '../../../web/review/actions';
import { counts } from '../../../web/review/counts';
import {
  cellsInOrder,
  cellTowards,
  groupsOf,
  nextWaiting,
  selectedCells,
} from '../../../web/review/groups';
import { kNoReview, type Review } from '../../../web/review/review';
import { kModel, reading, sureCell } from './samples';

function after(review: Review, ...actions: ReviewAction[]): Review {
  return actions.reduce<Review>((now, action) => reduceReview(now, action), review);
}

/** Ids 1 to 6: two neutrophils, two lymphocytes and two that the model is unsure of. */
function six(): Review {
  const cells = [
    sureCell('neutrophil', 0.97),
    sureCell('neutrophil', 0.92),
    sureCell('lymphocyte', 0.99),
    sureCell('lymphocyte', 0.91),
    sureCell('monocyte', 0.5, 'unsure'),
    sureCell('neutrophil', 0.6, 'unsure'),
  ];
  const read = { key: 'a', reading: reading(...cells), crops: [], model: kModel, atMs: 1 };
  return withReading(kNoReview, read);
}

function shape(review: Review): string {
  const names = groupsOf(review).map(
    ({ bin, cells }) => `${bin.id}: ${cells.map(({ id }) => id).join(' ')}`,
  );
  return names.join(' | ');
}

/** Everything that undo has to bring back. */
function marks(review: Review): string {
  const there = [...review.cells.values()].filter(({ isThere }) => isThere);
  return JSON.stringify([there.map(({ id, person }) => [id, person]), review.own]);
}

test('cells stand by class, unsure ones first, the least sure first in each', () => {
  assert.equal(shape(six()), 'unsure: 6 5 | neutrophil: 2 1 | lymphocyte: 4 3');
});

test('the person answer goes before the model answer, and both are kept with their time', () => {
  const review = after(six(), { type: 'cellsFiled', ids: [2], bin: 'monocyte', atMs: 7 });
  assert.equal(shape(review), 'unsure: 6 5 | neutrophil: 1 | lymphocyte: 4 3 | monocyte: 2');
  const cell = review.cells.get(2);
  assert.deepEqual(cell?.person, { bin: 'monocyte', atMs: 7 });
  assert.equal(cell?.model?.label, 'neutrophil');
  assert.equal(cell?.model?.atMs, 1);
});

test('a cell that was moved stands behind those of the model, in the order of moving', () => {
  const review = after(
    six(),
    { type: 'cellsFiled', ids: [5], bin: 'lymphocyte', atMs: 9 },
    { type: 'cellsFiled', ids: [1], bin: 'lymphocyte', atMs: 8 },
  );
  assert.equal(shape(review), 'unsure: 6 | neutrophil: 2 | lymphocyte: 4 3 1 5');
});

test('accepting keeps the place, and of an unsure answer takes the closest class', () => {
  const review = after(six(), { type: 'cellsAccepted', ids: [2, 6], atMs: 5 });
  assert.equal(shape(review), 'unsure: 5 | neutrophil: 2 1 6 | lymphocyte: 4 3');
  assert.deepEqual(review.history.past[0]?.name, { kind: 'accepted', count: 2, bin: 'neutrophil' });
});

test('after a decision the cursor goes to the next cell that waits, then to the first', () => {
  const filed = after(
    six(),
    { type: 'cursorMoved', to: 5, isRange: false },
    { type: 'cellsFiled', ids: [5], bin: 'monocyte', atMs: 1 },
  );
  assert.equal(filed.cursor, 2);
  const last = after(filed, { type: 'cellsAccepted', ids: [3], atMs: 1 });
  assert.equal(last.cursor, 6);
  const all = after(last, { type: 'cellsAccepted', ids: [1, 2, 4, 6], atMs: 1 });
  assert.equal(nextWaiting(all, []), all.cursor);
});

test('a range is filed at once and undone at once', () => {
  const range = after(
    six(),
    { type: 'cursorMoved', to: 6, isRange: false },
    { type: 'cursorMoved', to: 2, isRange: true },
  );
  const ids = selectedCells(range).map(({ id }) => id);
  assert.deepEqual(ids, [6, 5, 2]);
  const filed = after(range, { type: 'cellsFiled', ids, bin: 'blast', atMs: 3 });
  assert.equal(shape(filed), 'neutrophil: 1 | lymphocyte: 4 3 | blast: 2 5 6');
  assert.equal(shape(after(filed, { type: 'undone' })), shape(six()));
});

test('undo and redo walk through everything, and a new change ends the redo', () => {
  const steps: ReviewAction[] = [
    { type: 'cellsFiled', ids: [1], bin: 'blast', atMs: 2 },
    { type: 'cellsAccepted', ids: [3, 4], atMs: 3 },
    { type: 'cellsFiled', ids: [3], bin: 'removed', atMs: 4 },
    { type: 'answersTakenBack', ids: [1] },
    { type: 'classAdded', name: 'Plasma cell', counting: 'in_n' },
    { type: 'cellAdded', picture: 'a', box: { x: 1, y: 2, width: 3, height: 4 } },
  ];
  const states = [six()];
  for (const step of steps) states.push(after(states.at(-1) as Review, step));
  const seen = states.map(marks);
  assert.equal(new Set(seen).size, states.length, 'each step changes something');
  let now = states.at(-1) as Review;
  for (const expected of seen.slice(0, -1).reverse()) {
    now = after(now, { type: 'undone' });
    assert.equal(marks(now), expected);
  }
  assert.equal(after(now, { type: 'undone' }), now);
  for (const expected of seen.slice(1)) {
    now = after(now, { type: 'redone' });
    assert.equal(marks(now), expected);
  }
  const branched = after(now, { type: 'undone' }, { type: 'cellsAccepted', ids: [5], atMs: 9 });
  assert.equal(branched.history.future.length, 0);
});

test('what the engine adds meanwhile outlives an undo', () => {
  const filed = after(six(), { type: 'cellsFiled', ids: [1], bin: 'blast', atMs: 2 });
  const more = withReading(filed, {
    key: 'b',
    reading: reading(sureCell('monocyte', 0.95)),
    crops: ['data:b'],
    model: kModel,
    atMs: 2,
  });
  const undone = after(more, { type: 'undone' });
  assert.equal(shape(undone), 'unsure: 6 5 | neutrophil: 2 1 | lymphocyte: 4 3 | monocyte: 7');
  assert.equal(undone.crops.get(7), 'data:b');
});

test('the model answer to a cell added by hand outlives undo and redo', () => {
  const box = { x: 1, y: 2, width: 3, height: 4 };
  const added = after(six(), { type: 'cellAdded', picture: 'a', box });
  assert.equal(added.cursor, 7);
  const answer = {
    model: kModel.sha256,
    label: 'monocyte',
    verdict: 'classified',
    probabilities: [0, 0, 1, 0],
    atMs: 5,
  } as const;
  const answered = after(
    added,
    { type: 'cellAnswered', id: 7, answer, crop: 'data:7' },
    { type: 'undone' },
  );
  assert.equal(counts(answered).n, 6);
  const again = after(answered, { type: 'redone' });
  assert.equal(counts(again).n, 7);
  assert.equal(again.cells.get(7)?.model?.label, 'monocyte');
});

test('the same picture twice adds no cell, but brings crops that were missing', () => {
  const cells = [sureCell('neutrophil', 0.97)];
  const read = { key: 'a', reading: reading(...cells), crops: [], model: kModel, atMs: 1 };
  const once = withReading(kNoReview, read);
  const twice = withReading(once, { ...read, crops: ['data:late'] });
  assert.equal(twice.cells.size, 1);
  assert.equal(twice.crops.get(1), 'data:late');
  assert.equal(withReading(twice, read), twice);
});

test('bins say what counts: n holds unsure and abnormal cells, the rest stands beside it', () => {
  const review = after(
    six(),
    { type: 'cellsFiled', ids: [1], bin: 'erythroblast', atMs: 1 },
    { type: 'cellsFiled', ids: [2], bin: 'immature_granulocyte', atMs: 1 },
    { type: 'cellsFiled', ids: [3], bin: 'removed', atMs: 1 },
    { type: 'cellsFiled', ids: [4], bin: 'smudge', atMs: 1 },
    { type: 'cellsFiled', ids: [6], bin: 'unsure', atMs: 1 },
  );
  const { n, unreviewed, outside, bins } = counts(review);
  assert.deepEqual({ n, unreviewed, outside }, { n: 3, unreviewed: 1, outside: 3 });
  const unsure = bins.find(({ bin }) => bin.id === 'unsure');
  assert.deepEqual([unsure?.count, unsure?.reviewed], [2, 1]);
  const counting = Object.fromEntries(bins.map(({ bin }) => [bin.id, bin.counting]));
  assert.equal(counting['erythroblast'], 'per_100');
  assert.equal(counting['artefact'], 'outside');
  assert.equal(counting['blast'], 'in_n');
});

test('own classes take cells, count as said, and go only when empty', () => {
  const own = after(six(), { type: 'classAdded', name: 'Mott cell', counting: 'outside' });
  const [bin] = own.own;
  assert.ok(bin);
  const filed = after(own, { type: 'cellsFiled', ids: [1], bin: bin.id, atMs: 1 });
  assert.equal(counts(filed).n, 5);
  assert.equal(after(filed, { type: 'classDropped', id: bin.id }), filed);
  const changed = after(filed, {
    type: 'classChanged',
    id: bin.id,
    name: 'Mott cell',
    counting: 'in_n',
  });
  assert.equal(counts(changed).n, 6);
  const dropped = after(
    changed,
    { type: 'answersTakenBack', ids: [1] },
    {
      type: 'classDropped',
      id: bin.id,
    },
  );
  assert.deepEqual(dropped.own, []);
});

test('hidden suggestions leave no trace: one group in order of arrival', () => {
  const hidden = after(six(), { type: 'suggestionsSwitched', areHidden: true });
  assert.equal(shape(hidden), 'to_review: 1 2 3 4 5 6');
  const filed = after(hidden, { type: 'cellsFiled', ids: [2], bin: 'blast', atMs: 1 });
  assert.equal(shape(filed), 'to_review: 1 3 4 5 6 | blast: 2');
});

test('arrows walk through groups as they are laid out', () => {
  const start: Review = { ...six(), columns: 3 };
  const at = (id: number): Review => ({ ...start, cursor: id });
  assert.deepEqual(
    cellsInOrder(start).map(({ id }) => id),
    [6, 5, 2, 1, 4, 3],
  );
  assert.equal(cellTowards(start, 'right'), 6);
  assert.equal(cellTowards(at(5), 'right'), 2);
  assert.equal(cellTowards(at(5), 'down'), 1);
  assert.equal(cellTowards(at(1), 'up'), 5);
  assert.equal(cellTowards(at(3), 'down'), null);
  assert.equal(cellTowards(at(6), 'left'), null);
  assert.equal(cellTowards(at(2), 'last'), 3);
  assert.equal(cellTowards(at(2), 'first'), 6);
});

test('filing thousands one by one stays quick', () => {
  const cells = Array.from({ length: 2000 }, () => sureCell('neutrophil', 0.95));
  let review = withReading(kNoReview, {
    key: 'a',
    reading: reading(...cells),
    crops: [],
    model: kModel,
    atMs: 1,
  });
  const start = performance.now();
  for (let id = 1; id <= 200; ++id) {
    review = after(review, { type: 'cellsFiled', ids: [id], bin: 'blast', atMs: id });
  }
  const perKeyMs = (performance.now() - start) / 200;
  assert.ok(perKeyMs < 50, `${perKeyMs} ms a key`);
});
