// What the room of the differential asks the module for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countsOf,
  kNoSettings,
  lackOf,
  whiteCountOf,
} from '../../../web/differential/differential';
import { kEmptyRoom, reduceDifferential } from '../../../web/differential/actions';
import { ratesOf, tableFor } from '../../../web/differential/rates';
import { counts } from '../../../web/review/counts';
import { kNoReview } from '../../../web/review/review';

const kNothing = counts(kNoReview);

const kRange = {
  id: 'ours',
  name: { en: 'Ours' },
  population: 'adults',
  date: '2026',
  unit: '%',
  source: 'none',
  ranges: { neutrophil: [40, 70] as const },
};

test('the question comes before everything else, then a white count that is a number', () => {
  assert.equal(lackOf(kNoSettings), 'question');
  const asked = { ...kNoSettings, isOneSmear: true };
  assert.equal(lackOf(asked), null);
  for (const whiteCount of ['seven', '0', '-2']) {
    assert.equal(lackOf({ ...asked, whiteCount }), 'white_count', whiteCount);
  }
  assert.equal(lackOf({ ...asked, whiteCount: '7,2' }), null);
  assert.equal(whiteCountOf({ ...asked, whiteCount: ' 7,2 ' }), 7.2);
});

test('a range is given whole, none where none is chosen', () => {
  const asked = { ...kNoSettings, isOneSmear: true, range: 'ours' };
  const asks = countsOf(kNothing, asked, [kRange]);
  assert.deepEqual(asks.range, { ...kRange, name: 'ours', title: 'Ours' });
  assert.equal(countsOf(kNothing, { ...asked, range: 'none' }, [kRange]).range, null);
  assert.equal(countsOf(kNothing, { ...asked, isOneSmear: false }, []).oneSmear, false);
});

test('the default range is taken unless the person chose one before it was loaded', () => {
  const loaded = { type: 'referenceLoaded', ranges: [kRange], range: 'ours', rates: null } as const;
  assert.equal(reduceDifferential(kEmptyRoom, loaded).settings.range, 'ours');
  const chosen = reduceDifferential(kEmptyRoom, {
    type: 'settingsChanged',
    change: { range: 'none' },
  });
  assert.equal(reduceDifferential(chosen, loaded).settings.range, 'none');
});

const kUsed = { name: 'cells', version: '3', sha256: 'a'.repeat(64) };

function looked(cells: number) {
  const row = { neutrophil: cells, lymphocyte: 1, no_cell_found: 99 };
  return { confusion: { neutrophil: row, lymphocyte: { ...row, lymphocyte: cells } } };
}

test('the error rates are of the first set that was looked at well, per original if it can be', () => {
  const few = { title: 'Few', views: [{ per_picture: looked(9) }] };
  const many = { title: 'Many', views: [{ per_picture: looked(9), per_original: looked(40) }] };
  const table = ratesOf({ model: kUsed, sets: [few, many] })?.table;
  assert.equal(table?.source, 'cells 3, Many, per original');
  assert.deepEqual(table?.answers, ['lymphocyte', 'neutrophil']);
  assert.deepEqual(table?.counts, [
    [40, 40],
    [1, 40],
  ]);
  const first = ratesOf({ model: kUsed, sets: [few] })?.table;
  assert.equal(first?.source, 'cells 3, Few, per picture');
  assert.equal(ratesOf({ model: kUsed, sets: [] }), null);
});

test('error rates hold for their own model alone, and not where nobody but a person answered', () => {
  const rates = ratesOf({
    model: kUsed,
    sets: [{ title: 'T', views: [{ per_picture: looked(9) }] }],
  });
  assert.equal(tableFor(rates, [kUsed]), rates?.table);
  assert.equal(tableFor(rates, [kUsed, { ...kUsed, sha256: 'b'.repeat(64) }]), null);
  assert.equal(tableFor(rates, []), null);
  assert.equal(tableFor(null, [kUsed]), null);
});
