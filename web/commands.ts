// Everything a person can ask for by key, button or menu, and which key calls what. A command is a
// record: what it is called, its keys, where they act, and the action it stands for.
import { type Action, kCommands } from './actions';
import type { TextKey } from './i18n';
import { type Chord, chordsOf, isTyping, type KeySettings, type Stroke } from './keys';
import type { Bin } from './review/bins';
import { reviewCommands } from './review/commands';
import { fieldCommands } from './review/commands_field';
import type { State } from './state';
import { kQuizCommands } from './quiz/commands';
import { kTallyCommands } from './tally/commands';

/** Where keys act; at any time there is one place. */
export type Place =
  | 'pictures'
  | 'detail'
  | 'review'
  | 'tally'
  | 'differential'
  | 'quiz'
  | 'evaluation'
  | 'about'
  | 'field'
  | 'adding'
  | 'move'
  | 'dialog';

export interface Command {
  readonly name: string;
  readonly label: TextKey;
  /** Fills the gap {name} of the label. */
  readonly bin: Bin | null;
  readonly keys: readonly Chord[];
  readonly places: readonly Place[];
  /** The action it stands for, or null while it makes no sense. */
  action(state: State, atMs: number): Action | null;
}

const kEverywhere: readonly Place[] = [
  'pictures',
  'detail',
  'review',
  'tally',
  'differential',
  'quiz',
  'evaluation',
  'about',
  'field',
];

export function placeOf(state: State): Place {
  if (state.dialog !== null) return state.dialog.kind === 'move' ? 'move' : 'dialog';
  if (state.camera !== null) return 'dialog';
  if (state.openId !== null) return 'detail';
  if (state.field === null) return state.room;
  return state.field.draft === null ? 'field' : 'adding';
}

const kPageCommands: readonly Command[] = [
  ...Object.entries(kCommands).map(([name, { label, keys, action }]): Command => ({
    name,
    label,
    bin: null,
    keys,
    places: ['detail'],
    action,
  })),
  {
    name: 'saveCase',
    label: 'case.save',
    bin: null,
    keys: ['Mod+s'],
    places: kEverywhere,
    action: ({ review }) => (review.cells.size === 0 ? null : { type: 'caseSaveAsked' }),
  },
  {
    name: 'keys',
    label: 'command.keys',
    bin: null,
    keys: ['char:?'],
    places: kEverywhere,
    action: () => ({ type: 'keyAsked', command: null }),
  },
];

export function commandsOf(state: State): readonly Command[] {
  return [
    ...kPageCommands,
    ...reviewCommands(state),
    ...fieldCommands,
    ...kTallyCommands,
    ...kQuizCommands,
  ];
}

/** The keys that call a command now: the person's own or the given ones. */
export function keysOf(command: Command, { own }: KeySettings): readonly Chord[] {
  return own[command.name] ?? command.keys;
}

function callsNow(command: Command, chord: Chord, settings: KeySettings): boolean {
  if (!settings.areOn && isTyping(chord)) return false;
  return keysOf(command, settings).includes(chord);
}

/** The action that a stroke calls here and now. */
export function actionFor(state: State, stroke: Stroke, atMs: number): Action | null {
  const place = placeOf(state);
  const here = commandsOf(state).filter(({ places }) => places.includes(place));
  for (const chord of chordsOf(stroke)) {
    const called = here.find((command) => callsNow(command, chord, state.keys));
    if (called !== undefined) return called.action(state, atMs);
  }
  return null;
}

/** The command that has one of these chords in a place where this one would want it too. */
export function clashOf(state: State, command: Command, chords: readonly Chord[]): Command | null {
  const meets = (other: Command): boolean =>
    other.name !== command.name &&
    other.places.some((place) => command.places.includes(place)) &&
    keysOf(other, state.keys).some((chord) => chords.includes(chord));
  return commandsOf(state).find(meets) ?? null;
}
