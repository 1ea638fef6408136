// Counting by hand: keys in, counts, tones and the signal out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Action, reduce } from '../../../web/actions';
import { actionFor } from '../../../web/commands';
import { countedIn, sourceOf } from '../../../web/counted';
import type { Stroke } from '../../../web/keys';
import { allBins, kBins } from '../../../web/review/bins';
import { kStart, type State } from '../../../web/state';
import { parseTally } from '../../../web/tally/keep';
import {
  isStopped,
  kNoTally,
  type Tally,
  tallied,
  tallyBins,
  tallyCounts,
} from '../../../web/tally/tally';
import { toneOf, tonesOf } from '../../../web/tally/tones';

const kAll = allBins([], []);
const kRoom: State = { ...kStart, room: 'tally' };

function stroke(code: string, more: Partial<Stroke> = {}): Stroke {
  const key = code.replace(/^(Key|Digit)/, '').toLowerCase();
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { key, code, ...none, isComposing: false, ...more };
}

function press(state: State, code: string, more: Partial<Stroke> = {}): State {
  const action = actionFor(state, stroke(code, more), 0);
  return action === null ? state : reduce(state, action);
}

function times(state: State, count: number, code = 'Digit1'): State {
  let next = state;
  for (let i = 0; i < count; ++i) next = press(next, code);
  return next;
}

function all(state: State, ...actions: Action[]): State {
  return actions.reduce(reduce, state);
}

function countOf({ tally }: State, id: string): number {
  return tallyCounts(tally, kAll).bins.find(({ bin }) => bin.id === id)?.count ?? NaN;
}

function nOf({ tally }: State): number {
  return tallyCounts(tally, kAll).n;
}

test('a digit and a key of the left hand count the same class, erythroblasts beside n', () => {
  const state = times(times(times(kRoom, 2), 1, 'KeyA'), 3, 'Digit9');
  assert.equal(countOf(state, 'neutrophil'), 3);
  assert.equal(countOf(state, 'erythroblast'), 3);
  assert.equal(nOf(state), 3);
  assert.equal(tallied(press(state, 'KeyV').tally).length, 6, 'an artefact is passed over');
});

test("a person's own key for a class counts it here too", () => {
  const own = all(kRoom, { type: 'keyChosen', command: 'file monocyte', chord: 'KeyP' });
  const state = press({ ...own, dialog: null }, 'KeyP');
  assert.equal(countOf(state, 'monocyte'), 1);
});

test('keys of classes count only in the room of the tally', () => {
  assert.equal(press({ ...kRoom, room: 'review' }, 'Digit1').tally, kNoTally);
  assert.equal(press({ ...kRoom, room: 'differential' }, 'Digit1').tally, kNoTally);
});

test('the signal stands at the goal, refuses keys, and comes again after going on', () => {
  const full = times(kRoom, 100);
  assert.ok(isStopped(full.tally, nOf(full)));
  const refused = press(full, 'Digit2');
  assert.equal(nOf(refused), 100);
  assert.equal(refused.tally.refused, 1);
  const onward = press(refused, 'Enter', { key: 'Enter' });
  assert.ok(!isStopped(onward.tally, 100));
  const beside = press(onward, 'Digit9');
  assert.equal(countOf(beside, 'erythroblast'), 1);
  assert.ok(!isStopped(beside.tally, nOf(beside)), 'what is beside n calls no signal');
  const next = times(beside, 100, 'Digit2');
  assert.equal(nOf(next), 200);
  assert.ok(isStopped(next.tally, 200));
});

test('with a goal of 200 there is no signal at 100', () => {
  const state = times(all(kRoom, { type: 'tallyGoalChosen', goal: 200 }), 100);
  assert.ok(!isStopped(state.tally, nOf(state)));
  assert.ok(isStopped(times(state, 100).tally, 200));
});

test('undo takes back the last cell, also over the signal, and redo counts it again', () => {
  const full = press(times(kRoom, 99), 'Digit2');
  const back = press(full, 'Backspace', { key: 'Backspace' });
  assert.equal(nOf(back), 99);
  assert.equal(countOf(back, 'lymphocyte'), 0);
  const again = press(back, 'KeyY', { ctrlKey: true });
  assert.equal(countOf(again, 'lymphocyte'), 1);
  assert.ok(isStopped(again.tally, 100));
  assert.equal(press(again, 'KeyY', { ctrlKey: true }), again);
  const other = press(back, 'Digit3');
  assert.equal(other.tally.undone.length, 0, 'another cell ends what can be redone');
});

test('beginning anew counts from nothing, and can be taken back', () => {
  const anew = all(times(kRoom, 5), { type: 'tallyBegunAnew' });
  assert.equal(nOf(anew), 0);
  assert.equal(nOf(times(anew, 2)), 2);
  assert.equal(nOf(press(anew, 'KeyZ', { ctrlKey: true })), 5);
  assert.equal(all(kRoom, { type: 'tallyBegunAnew' }).tally, kNoTally);
});

test('the differential takes the count by hand where it is chosen or alone', () => {
  assert.equal(sourceOf(kRoom), null);
  const state = times(kRoom, 7);
  assert.equal(sourceOf(state), 'tally');
  assert.equal(countedIn(state).n, 7);
  assert.equal(countedIn(state).unreviewed, 0);
});

test('every class has a tone of its own', () => {
  const shown = tallyBins(kAll);
  assert.ok(shown.length >= 10 && shown.length < kBins.length);
  const pitches = shown.map(({ id }) => toneOf(id, kAll).hz);
  assert.equal(new Set(pitches).size, shown.length);
  for (const [i, hz] of pitches.entries()) {
    // No nearer than a whole tone, within what small loudspeakers and most ears take well.
    for (const other of pitches.slice(i + 1)) {
      assert.ok(Math.max(hz, other) / Math.min(hz, other) > 1.12);
    }
    assert.ok(hz > 200 && hz < 2000);
  }
});

function soundOf(before: State, code: string, more: Partial<Stroke> = {}): number[] {
  return tonesOf(before.tally, press(before, code, more).tally, kAll).map(({ hz }) => hz);
}

test('keys, refused keys, undo and the signal sound different; muted, nothing sounds', () => {
  const one = soundOf(kRoom, 'Digit1');
  assert.deepEqual(one, [toneOf('neutrophil', kAll).hz]);
  const before = times(kRoom, 99);
  assert.equal(soundOf(before, 'Digit1').length, 4, 'the tone, and a signal of three');
  const refused = soundOf(times(kRoom, 100), 'Digit2');
  assert.equal(refused.length, 1);
  assert.ok(!kBins.some(({ id }) => toneOf(id, kAll).hz === refused[0]));
  assert.deepEqual(soundOf(before, 'Backspace', { key: 'Backspace' })[0], one[0]);
  const muted = all(kRoom, { type: 'tonesSwitched', areOn: false });
  assert.deepEqual(soundOf(muted, 'Digit1'), []);
});

test('a tally comes back as it was kept, and what is none is left', () => {
  const { tally } = press(times(kRoom, 3), 'Backspace', { key: 'Backspace' });
  const expected: Tally = { ...tally, refused: 0 };
  assert.deepEqual(parseTally(JSON.stringify(tally)), expected);
  for (const wrong of [
    '',
    '{',
    'null',
    '[]',
    '{"steps":[1]}',
    '{"steps":[],"undone":[],"goal":7}',
  ]) {
    assert.equal(parseTally(wrong), null, wrong);
  }
});
