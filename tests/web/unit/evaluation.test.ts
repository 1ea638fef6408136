// Which pictures of a labelled folder count as what, and the tables that leave the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reduce } from '../../../web/actions';
import {
  type Figures,
  labelledIn,
  outcomesIn,
  strangersIn,
  truthOf,
  unsureIn,
} from '../../../web/evaluation/evaluation';
import { toCsv, fromCsv, kRfc4180 } from '../../../web/export/csv';
import { figureRows, pictureRows } from '../../../web/export/evaluation';
import { foldersOf, withFolders } from '../../../web/input/folders';
import type { Cell } from '../../../web/messages';
import { kStart, type State } from '../../../web/state';
import { kIdentity, kModel, kPreview, reading, sureCell } from './samples';

const kFrom = { program: '0.1.0', models: [], intendedUse: 'for learning' };

function labelled(...pictures: (readonly [string, ...Cell[]])[]): State {
  let state = reduce(kStart, { type: 'engineReady', identity: kIdentity });
  const added = pictures.map(([folder], id) => ({
    id,
    name: `${id}.png`,
    folders: ['set', folder],
  }));
  state = reduce(state, { type: 'picturesAdded', pictures: added, nowMs: 0 });
  for (const [id, [, ...cells]] of pictures.entries()) {
    const read = { reading: reading(...cells), preview: kPreview, crops: cells.map(() => '') };
    state = reduce(state, { type: 'pictureRead', id, key: `${id}`, atMs: 0, ...read });
  }
  return state;
}

test('the outermost folder that names a class is the truth, whatever its case', () => {
  assert.equal(truthOf(['mine', 'Lymphocyte', 'neutrophil'], kModel.labels), 1);
  assert.equal(truthOf(['mine'], kModel.labels), null);
  assert.equal(truthOf([], kModel.labels), null);
});

test('a file keeps the folders it was dropped in, and those it was picked with', () => {
  const file = new File([], '1.png');
  assert.deepEqual(foldersOf(withFolders(file, '/set/neutrophil/1.png')), ['set', 'neutrophil']);
  const picked = { webkitRelativePath: 'set/monocyte/2.png' } as File;
  assert.deepEqual(foldersOf(picked), ['set', 'monocyte']);
  assert.deepEqual(foldersOf({ webkitRelativePath: '' } as File), []);
});

test('the surest find answers; none is wrong, and what names no class is left out', () => {
  const state = labelled(
    ['monocyte', sureCell('neutrophil', 0.6, 'unsure'), sureCell('monocyte', 0.9)],
    ['neutrophil'],
    ['parasite', sureCell('neutrophil', 0.9)],
  );
  assert.deepEqual(outcomesIn(state), [
    { truth: 2, answer: 3, confidence: 0.6 },
    { truth: 3, answer: null, confidence: 0 },
  ]);
  assert.equal(unsureIn(state), 1);
  assert.deepEqual(strangersIn(state), ['parasite']);
});

test('a picture that could not be read is labelled, and no outcome', () => {
  const failure = { code: 'broken_picture', what: '' } as const;
  let state = labelled(['monocyte', sureCell('monocyte', 0.9)]);
  const pictures = [{ id: 9, name: 'cut.png', folders: ['neutrophil'] }];
  state = reduce(state, { type: 'picturesAdded', pictures, nowMs: 0 });
  state = reduce(state, { type: 'pictureFailed', id: 9, failure });
  assert.equal(labelledIn(state).length, 2);
  assert.equal(outcomesIn(state).length, 1);
  const rows = pictureRows(state, new Map(), kFrom);
  const problem = rows[0]?.indexOf('problem') ?? -1;
  assert.deepEqual(
    rows.map((row) => row[problem]),
    ['problem', null, 'broken_picture'],
  );
  assert.ok(!toCsv(rows, kRfc4180).includes('cut.png'));
});

const kFigures: Figures = {
  pictures: 3,
  unanswered: 1,
  accuracy: { hits: 1, n: 3, lower: 0.01, upper: 0.9 },
  recalls: [0, 0, 1, 0].map((hits) => ({ hits, n: hits, lower: 0.025, upper: 1 })),
  precisions: [0, 0, 0, 0].map((hits) => ({ hits, n: 0, lower: 0, upper: 1 })),
  meanRecall: 0.5,
  calibrationError: Number.NaN,
  confusion: kModel.labels.map((_, truth) => [0, 0, truth, 0, 1]),
  reliability: [{ from: 0.9, to: 1, answers: 4, confidence: 0.95, accuracy: 0.75 }],
};

test('every row of the figures has a field for each column; what is no number has none', () => {
  const rows = fromCsv(toCsv(figureRows(kFigures, kModel.labels, kFrom), kRfc4180));
  const head = rows[0] ?? [];
  for (const row of rows) assert.equal(row.length, head.length, String(row));
  const of = (measure: string, ...names: string[]) =>
    rows.find((row) => row[0] === measure && names.every((name, at) => row[at + 1] === name));
  const value = (row: ReturnType<typeof of>, column: string) => row?.[head.indexOf(column)];
  assert.equal(value(of('accuracy'), 'share'), 1 / 3);
  assert.equal(value(of('recall', 'monocyte'), 'lower'), 0.025);
  assert.equal(value(of('recall', 'eosinophil'), 'share'), '');
  assert.equal(value(of('expected_calibration_error'), 'share'), '');
  assert.equal(value(of('confusion', 'neutrophil', 'monocyte'), 'hits'), 3);
  assert.equal(value(of('confusion', 'neutrophil', 'no_cell_found'), 'hits'), 1);
  assert.equal(value(of('reliability'), 'hits'), 3);
});
