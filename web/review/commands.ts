// The commands of the gallery and of the field: file, accept, move, undo.
import type { Action } from '../actions';
import type { Command, Place } from '../commands';
import type { Chord } from '../keys';
import type { State } from '../state';
import { type Bin, type BinId, kRemoved } from './bins';
import { cellTowards, type Direction, filingBins, groupAtHand, selectedCells } from './groups';
import { lastDone, lastUndone } from './history';
import type { CellId, Review } from './review';

// The digits, and a set for the left hand whose places are the same on every keyboard.
const kBinKeys: Readonly<Record<BinId, readonly Chord[]>> = {
  neutrophil: ['Digit1', 'KeyA'],
  lymphocyte: ['Digit2', 'KeyS'],
  monocyte: ['Digit3', 'KeyD'],
  eosinophil: ['Digit4', 'KeyF'],
  basophil: ['Digit5', 'KeyG'],
  immature_granulocyte: ['Digit6', 'KeyQ'],
  blast: ['Digit7', 'KeyW'],
  other_or_abnormal: ['Digit8', 'KeyE'],
  erythroblast: ['Digit9', 'KeyR'],
  unsure: ['Digit0', 'KeyT'],
  smudge: ['Minus', 'KeyX'],
  not_a_white_cell: ['Equal', 'KeyC'],
  artefact: ['KeyV'],
  'own:1': ['KeyB'],
  'own:2': ['KeyZ'],
};

const kBoth: readonly Place[] = ['review', 'field'];

function selectedIds({ review }: State): readonly CellId[] {
  return selectedCells(review).map(({ id }) => id);
}

export function binCommandName(bin: BinId): string {
  return `file ${bin}`;
}

/** At the count by hand a class's key counts a cell of it, in the quiz it is the answer. */
function called(bin: Bin): Command['action'] {
  const file = toFile(bin.id);
  return (state, atMs) => {
    if (state.room === 'quiz') return { type: 'quizAnswered', bin: bin.id };
    if (state.room !== 'tally') return file(state, atMs);
    return bin.counting === 'outside' ? null : { type: 'cellTallied', bin: bin.id };
  };
}

function toFile(bin: BinId): Command['action'] {
  return (state, atMs) => {
    const ids = selectedIds(state);
    return ids.length === 0 ? null : { type: 'cellsFiled', ids, bin, atMs };
  };
}

function fileCommand(bin: Bin): Command {
  const keys = kBinKeys[bin.id] ?? [];
  const name = binCommandName(bin.id);
  const places: readonly Place[] = [...kBoth, 'move', 'tally', 'quiz'];
  return { name, label: 'command.file', bin, keys, places, action: called(bin) };
}

/** Accepts those that the person has not decided; there is nothing to accept in the dark. */
function accept(review: Review, ids: readonly CellId[], atMs: number): Action | null {
  const canAccept = !review.areSuggestionsHidden && ids.length > 0;
  return canAccept ? { type: 'cellsAccepted', ids, atMs } : null;
}

function acceptGroup({ review }: State, atMs: number): Action | null {
  const group = groupAtHand(review);
  const waiting = (group?.cells ?? []).filter(({ person }) => person === null);
  return accept(
    review,
    waiting.map(({ id }) => id),
    atMs,
  );
}

function move(direction: Direction, isRange: boolean): Command['action'] {
  return ({ review }) => {
    const to = cellTowards(review, direction);
    return to === null ? null : { type: 'cursorMoved', to, isRange };
  };
}

type Row = readonly [
  name: string,
  label: Command['label'],
  keys: readonly Chord[],
  places: readonly Place[],
  action: Command['action'],
];

const kRows: readonly Row[] = [
  [
    'accept',
    'command.accept',
    ['Enter', 'Space'],
    kBoth,
    (state, atMs) => accept(state.review, selectedIds(state), atMs),
  ],
  ['acceptGroup', 'command.accept_group', ['Shift+Enter'], kBoth, acceptGroup],
  ['remove', 'command.remove', ['Delete', 'Backspace'], [...kBoth, 'move'], toFile(kRemoved)],
  [
    'takeBack',
    'command.take_back',
    ['KeyU'],
    [...kBoth, 'move'],
    (state) => ({ type: 'answersTakenBack', ids: selectedIds(state) }),
  ],
  [
    'undo',
    'command.undo',
    ['Mod+z'],
    kBoth,
    ({ review }) => (lastDone(review.history) === null ? null : { type: 'undone' }),
  ],
  [
    'redo',
    'command.redo',
    ['Mod+Shift+z', 'Mod+y'],
    kBoth,
    ({ review }) => (lastUndone(review.history) === null ? null : { type: 'redone' }),
  ],
  ['left', 'command.left', ['ArrowLeft'], kBoth, move('left', false)],
  ['right', 'command.right', ['ArrowRight'], kBoth, move('right', false)],
  ['up', 'command.up', ['ArrowUp'], ['review'], move('up', false)],
  ['down', 'command.down', ['ArrowDown'], ['review'], move('down', false)],
  ['first', 'command.first', ['Home'], ['review'], move('first', false)],
  ['last', 'command.last', ['End'], ['review'], move('last', false)],
  ['rangeLeft', 'command.range_left', ['Shift+ArrowLeft'], ['review'], move('left', true)],
  ['rangeRight', 'command.range_right', ['Shift+ArrowRight'], ['review'], move('right', true)],
  ['rangeUp', 'command.range_up', ['Shift+ArrowUp'], ['review'], move('up', true)],
  ['rangeDown', 'command.range_down', ['Shift+ArrowDown'], ['review'], move('down', true)],
  [
    'openMove',
    'command.open_move',
    ['KeyM', 'ContextMenu', 'Shift+F10'],
    kBoth,
    (state) =>
      selectedIds(state).length === 0 ? null : { type: 'dialogOpened', dialog: { kind: 'move' } },
  ],
  [
    'hide',
    'command.hide',
    ['KeyH'],
    kBoth,
    ({ review }) => ({
      type: 'suggestionsSwitched',
      areHidden: !review.areSuggestionsHidden,
    }),
  ],
];

const kRowCommands: readonly Command[] = kRows.map(([name, label, keys, places, action]) => ({
  name,
  label,
  bin: null,
  keys,
  places,
  action,
}));

export function reviewCommands({ review }: State): readonly Command[] {
  return [...filingBins(review).map(fileCommand), ...kRowCommands];
}
