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
  const loaded = { type: 'rangesLoaded', ranges: [kRange], range: 'ours' } as const;
  assert.equal(reduceDifferential(kEmptyRoom, loaded).settings.range, 'ours');
  const chosen = reduceDifferential(kEmptyRoom, {
    type: 'settingsChanged',
    change: { range: 'none' },
  });
  assert.equal(reduceDifferential(chosen, loaded).settings.range, 'none');
});
