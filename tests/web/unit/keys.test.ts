import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Action, reduce } from '../../../web/actions';
import { type Command, commandsOf, keysOf, placeOf } from '../../../web/commands';
import { actionOfKey, type KeyPress } from '../../../web/input/keyboard';
import { chordCaps, chordsOf, isTyping } from '../../../web/keys';
import { kStart, type State } from '../../../web/state';
import { kIdentity, kPreview, reading, sureCell } from './samples';

function press(key: string, code: string, more: Partial<KeyPress> = {}): KeyPress {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { key, code, ...none, isComposing: false, repeat: false, target: null, ...more };
}

function after(...actions: Action[]): State {
  return actions.reduce(reduce, kStart);
}

const kReviewing: readonly Action[] = [
  { type: 'engineReady', identity: kIdentity },
  { type: 'picturesAdded', pictures: [{ id: 1, name: '1.png' }], nowMs: 0 },
  {
    type: 'pictureRead',
    id: 1,
    reading: reading(sureCell('neutrophil', 0.99), sureCell('neutrophil', 0.95)),
    preview: kPreview,
    key: 'a',
    crops: [],
    atMs: 0,
  },
  { type: 'roomOpened', room: 'review' },
];

function filedBy(state: State, stroke: KeyPress): string | null {
  const action = actionOfKey(state, stroke, 5);
  return action?.type === 'cellsFiled' ? action.bin : null;
}

test('the gallery begins with the cursor on the least sure cell', () => {
  assert.equal(after(...kReviewing).review.cursor, 2);
});

test('digits and the left-hand set file, by their place on any keyboard', () => {
  const state = after(...kReviewing);
  const strokes: [string, KeyPress][] = [
    ['US 3', press('3', 'Digit3')],
    ['AZERTY 3, unshifted', press('"', 'Digit3')],
    ['number pad 3', press('3', 'Numpad3')],
    ['US D', press('d', 'KeyD')],
    ['US D with caps lock', press('D', 'KeyD')],
    ['Russian, where D lies', press('в', 'KeyD')],
    ['a keyboard on the screen, without codes', press('d', '')],
  ];
  for (const [name, stroke] of strokes) assert.equal(filedBy(state, stroke), 'monocyte', name);
  assert.equal(filedBy(state, press('q', 'KeyA')), 'neutrophil', 'AZERTY, where A lies');
  assert.equal(filedBy(state, press('-', 'Digit6')), 'immature_granulocyte', 'AZERTY 6');
  assert.equal(filedBy(state, press('1', 'Digit1', { shiftKey: true })), 'neutrophil', 'AZERTY 1');
  assert.equal(filedBy(state, press('!', 'Digit1', { shiftKey: true })), null, 'US !');
});

test('the question mark is found by its character, wherever it lies', () => {
  const state = after(...kReviewing);
  const shiftKey = true;
  for (const stroke of [
    press('?', 'Slash', { shiftKey }),
    press('?', 'KeyM', { shiftKey }), // AZERTY
    press('?', 'Minus', { shiftKey }), // Turkish-Q, German
  ]) {
    assert.deepEqual(actionOfKey(state, stroke, 0), { type: 'keyAsked', command: null });
  }
});

test('undo goes by letter: where Z is on AZERTY, and by place without Latin letters', () => {
  const ctrlKey = true;
  assert.deepEqual(chordsOf(press('z', 'KeyW', { ctrlKey })), ['Mod+z']);
  assert.deepEqual(chordsOf(press('я', 'KeyZ', { ctrlKey })), ['Mod+z']);
  assert.deepEqual(chordsOf(press('Z', 'KeyZ', { metaKey: true, shiftKey: true })), [
    'Mod+Shift+z',
  ]);
  // Turkish-Q: neither the dotless nor the dotted i is an ASCII letter.
  assert.deepEqual(chordsOf(press('ı', 'KeyI', { ctrlKey })), ['Mod+i']);
  assert.deepEqual(chordsOf(press('İ', 'Quote', { shiftKey: true })), ['Shift+Quote', 'char:İ']);
});

test('keys with Alt and those of an input method are none of the page', () => {
  assert.deepEqual(chordsOf(press('1', 'Digit1', { altKey: true })), []);
  assert.deepEqual(chordsOf(press('1', 'Digit1', { isComposing: true })), []);
});

test('a key held down moves, but files only once', () => {
  const state = after(...kReviewing);
  const repeat = true;
  assert.equal(filedBy(state, press('1', 'Digit1', { repeat })), null);
  assert.equal(actionOfKey(state, press('Enter', 'Enter', { repeat }), 0), null);
  const right = press('ArrowRight', 'ArrowRight', { repeat });
  assert.deepEqual(actionOfKey(state, right, 0), { type: 'cursorMoved', to: 1, isRange: false });
});

test('keys that type can be turned off, the others go on', () => {
  const off = after(...kReviewing, { type: 'keysSwitched', areOn: false });
  assert.equal(filedBy(off, press('1', 'Digit1')), null);
  assert.equal(actionOfKey(off, press('?', 'Slash', { shiftKey: true }), 0), null);
  assert.equal(actionOfKey(off, press('Enter', 'Enter'), 0)?.type, 'cellsAccepted');
});

test('keys act in their place only', () => {
  const pictures = after(...kReviewing, { type: 'roomOpened', room: 'pictures' });
  assert.equal(filedBy(pictures, press('1', 'Digit1')), null);
  const dialog = after(...kReviewing, { type: 'keyAsked', command: null });
  assert.equal(placeOf(dialog), 'dialog');
  assert.equal(filedBy(dialog, press('1', 'Digit1')), null);
});

function command(state: State, name: string): Command {
  const found = commandsOf(state).find((one) => one.name === name);
  assert.ok(found, name);
  return found;
}

test('a command takes another key, and that one only', () => {
  const asking = after(...kReviewing, { type: 'keyAsked', command: 'file monocyte' });
  const action = actionOfKey(asking, press('k', 'KeyK'), 0);
  assert.deepEqual(action, { type: 'keyChosen', command: 'file monocyte', chord: 'KeyK' });
  const state = reduce(reduce(asking, action as Action), { type: 'dialogClosed' });
  assert.equal(filedBy(state, press('k', 'KeyK')), 'monocyte');
  assert.equal(filedBy(state, press('3', 'Digit3')), null);
  const reset = reduce(state, { type: 'keysReset' });
  assert.equal(filedBy(reset, press('3', 'Digit3')), 'monocyte');
});

test('a key that another command has is refused with its name', () => {
  const asking = after(...kReviewing, { type: 'keyAsked', command: 'file monocyte' });
  const refusedBy = (stroke: KeyPress): Action | null => actionOfKey(asking, stroke, 0);
  assert.deepEqual(refusedBy(press('1', 'Digit1')), {
    type: 'keyRefused',
    chord: 'Digit1',
    by: 'file neutrophil',
  });
  const question = refusedBy(press('?', 'Minus', { shiftKey: true }));
  assert.deepEqual(question, { type: 'keyRefused', chord: 'Shift+Minus', by: 'keys' });
  const tab = refusedBy(press('F5', 'F5'));
  assert.deepEqual(tab, { type: 'keyRefused', chord: 'F5', by: null });
  assert.equal(refusedBy(press('Shift', 'ShiftLeft', { shiftKey: true })), null);
  assert.equal(refusedBy(press('Tab', 'Tab')), null, 'or nobody could leave by keyboard');
  assert.deepEqual(refusedBy(press('Escape', 'Escape')), { type: 'keyAsked', command: null });
});

test('in no place do two commands share a key', () => {
  const own: Action = { type: 'classAdded', name: 'Mott cell', counting: 'in_n' };
  const state = after(...kReviewing, own, own, own);
  const commands = commandsOf(state);
  assert.ok(commands.length > 30);
  for (const [index, one] of commands.entries()) {
    for (const other of commands.slice(index + 1)) {
      if (!one.places.some((place) => other.places.includes(place))) continue;
      const shared = keysOf(one, state.keys).filter((key) =>
        keysOf(other, state.keys).includes(key),
      );
      assert.deepEqual(shared, [], `${one.name} and ${other.name}`);
    }
  }
});

test('every bin has a digit, sign or letter of its own, and every name of a command is unique', () => {
  const state = after(...kReviewing);
  const bins = commandsOf(state).filter(({ bin }) => bin !== null);
  assert.ok(bins.every(({ keys }) => keys.some(isTyping)));
  const names = commandsOf(state).map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(command(state, 'file lymphocyte').keys, ['Digit2', 'KeyS']);
});

test('keys are called what stands on them, as far as it was seen', () => {
  const word = (name: string): string | null => (name === 'Mod' ? 'Ctrl' : null);
  const caps = (chord: string, seen: Record<string, string> = {}): string =>
    chordCaps(chord, seen, word).join(' ');
  assert.equal(caps('KeyA'), 'A');
  assert.equal(caps('Mod+Shift+z'), 'Ctrl SHIFT Z');
  assert.equal(caps('char:?'), '?');
  const azerty = after(...kReviewing, { type: 'strokeSeen', stroke: press('q', 'KeyA') }).keys.caps;
  assert.equal(caps('KeyA', azerty), 'Q');
  assert.equal(caps('Digit1', { Digit1: '&' }), '1');
});
