import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Action, kCommands, reduce } from '../../../web/actions';
import { batchProgress, kStart, openPicture, type State, tally } from '../../../web/state';
import { cell, kPreview, reading } from './samples';

function after(...actions: Action[]): State {
  return actions.reduce(reduce, kStart);
}

function added(ids: number[], nowMs = 0): Action {
  return { type: 'picturesAdded', pictures: ids.map((id) => ({ id, name: `${id}.png` })), nowMs };
}

function read(id: number, ...cells: Parameters<typeof reading>): Action {
  const key = `picture ${id}`;
  const crops = cells.map((_, index) => `data:${id}.${index}`);
  return {
    type: 'pictureRead',
    id,
    reading: reading(...cells),
    preview: kPreview,
    key,
    crops,
    atMs: 0,
  };
}

function failed(id: number): Action {
  return { type: 'pictureFailed', id, failure: { code: 'empty_file', what: '' } };
}

test('pictures wait in order of arrival', () => {
  const { pictures } = after(added([1, 2]), added([3]));
  assert.deepEqual(
    pictures.map(({ id, progress }) => [id, progress.kind]),
    [1, 2, 3].map((id) => [id, 'waiting']),
  );
});

test('a broken picture stops nothing and the others keep their answers', () => {
  const state = after(added([1, 2, 3]), read(1, cell('monocyte')), failed(2), read(3));
  assert.deepEqual(
    state.pictures.map(({ progress }) => progress.kind),
    ['read', 'failed', 'read'],
  );
});

test('an answer that arrives after clearing changes nothing', () => {
  const cleared = after(added([1]), { type: 'cleared' });
  assert.equal(reduce(cleared, read(1, cell('monocyte'))), cleared);
});

test('only the changed picture becomes another object, so that only its card is drawn', () => {
  const before = after(added([1, 2]));
  const next = reduce(before, { type: 'pictureBegan', id: 2 });
  assert.equal(next.pictures[0], before.pictures[0]);
  assert.notEqual(next.pictures[1], before.pictures[1]);
});

test('progress counts what was added together, with the time left from the pace so far', () => {
  const state = after(added([1, 2, 3, 4], 1000), read(1), failed(2));
  assert.deepEqual(batchProgress(state, 3000), {
    total: 4,
    finished: 2,
    leftMs: 2000,
    isPaused: false,
  });
});

test('no time left is told from one picture, or when all are finished', () => {
  assert.equal(batchProgress(after(added([1, 2, 3]), read(1)), 500)?.leftMs, null);
  assert.equal(batchProgress(after(added([1, 2]), read(1), read(2)), 500)?.leftMs, null);
  assert.equal(batchProgress(kStart, 0), null);
});

test('what is added while others wait joins their batch, later ones begin a new one', () => {
  const joined = after(added([1, 2], 10), read(1), added([3], 20));
  assert.equal(batchProgress(joined, 100)?.total, 3);
  const anew = after(added([1], 10), read(1), added([2, 3], 20));
  assert.deepEqual(batchProgress(anew, 100), {
    total: 2,
    finished: 0,
    leftMs: null,
    isPaused: false,
  });
  assert.equal(anew.batch?.startedMs, 20);
});

test('the tally keeps unsure cells, empty pictures and broken files apart from named cells', () => {
  const state = after(
    added([1, 2, 3, 4, 5]),
    read(1, cell('monocyte')),
    read(2, cell('monocyte', 'unsure'), cell('monocyte', 'not_a_white_cell')),
    read(3),
    failed(4),
  );
  const { classified, ...rest } = tally(state);
  assert.deepEqual([...classified], [['monocyte', 1]]);
  assert.deepEqual(rest, { unsure: 1, refused: 1, noCell: 1, failed: 1, finished: 4 });
});

test('next and previous walk to the neighbours and end at the edges', () => {
  const first = after(added([1, 2]), { type: 'pictureOpened', id: 1 });
  assert.equal(kCommands.previous.action(first), null);
  const next = kCommands.next.action(first);
  assert.deepEqual(next, { type: 'pictureOpened', id: 2 });
  const second = after(added([1, 2]), { type: 'pictureOpened', id: 2 });
  assert.equal(kCommands.next.action(second), null);
  assert.equal(openPicture(second)?.id, 2);
});

test('commands that make no sense give no action', () => {
  assert.deepEqual(
    Object.values(kCommands).map(({ action }) => action(kStart)),
    Object.values(kCommands).map(() => null),
  );
});

test('no two commands share a key', () => {
  const keys = Object.values(kCommands).flatMap((command) => [...command.keys]);
  assert.equal(new Set(keys).size, keys.length);
});

test('a finer preview is kept only for the picture that is open', () => {
  const open = after(added([1, 2]), read(1), { type: 'pictureOpened', id: 1 });
  const late = reduce(open, { type: 'closeUpMade', id: 2, preview: kPreview });
  assert.equal(late.closeUp, null);
  const made = reduce(open, { type: 'closeUpMade', id: 1, preview: kPreview });
  assert.equal(made.closeUp, kPreview);
  assert.equal(reduce(made, { type: 'pictureOpened', id: 2 }).closeUp, null);
  assert.equal(reduce(made, { type: 'cleared' }).closeUp, null);
});

test('a pause does not count in the time that is left', () => {
  const begun = after(added([1, 2, 3, 4], 1000), read(1), read(2));
  const paused = reduce(begun, { type: 'batchPaused', nowMs: 3000 });
  assert.equal(batchProgress(paused, 60_000)?.leftMs, 2000);
  assert.equal(batchProgress(paused, 60_000)?.isPaused, true);
  const resumed = reduce(paused, { type: 'batchResumed', nowMs: 63_000 });
  assert.equal(batchProgress(resumed, 63_000)?.leftMs, 2000);
  assert.equal(batchProgress(resumed, 63_000)?.isPaused, false);
});

test('stopping keeps what was read or begun, and a batch that read nothing is gone', () => {
  const state = after(added([1, 2, 3, 4]), read(1), { type: 'pictureBegan', id: 2 });
  const stopped = reduce(state, { type: 'batchCancelled' });
  assert.deepEqual(
    stopped.pictures.map(({ id }) => id),
    [1, 2],
  );
  assert.equal(batchProgress(stopped, 0)?.total, 2);
  assert.equal(after(added([1, 2]), { type: 'batchCancelled' }).batch, null);
});

test('pages of a file follow its first', () => {
  const state = after(added([1, 2]), {
    type: 'pagesFound',
    id: 1,
    name: '1.tif, page 1',
    others: [
      { id: 3, name: '1.tif, page 2' },
      { id: 4, name: '1.tif, page 3' },
    ],
  });
  assert.deepEqual(
    state.pictures.map(({ id, name }) => [id, name]),
    [
      [1, '1.tif, page 1'],
      [3, '1.tif, page 2'],
      [4, '1.tif, page 3'],
      [2, '2.png'],
    ],
  );
  assert.equal(batchProgress(state, 0)?.total, 4);
});
