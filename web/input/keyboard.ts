// From a stroke to an action: what it calls where the person is, or the key that a command was
// asked to have. Fields that are written in and controls that have the focus keep their own keys.
import type { Action } from '../actions';
import { actionFor, clashOf, commandsOf } from '../commands';
import { canBeOwn, chordsOf, isForField, type Stroke } from '../keys';
import type { State } from '../state';

/** The part of KeyboardEvent that is needed here. */
export interface KeyPress extends Stroke {
  readonly target: unknown;
  readonly repeat: boolean;
}

const kModifiers = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Fn']);

/** Enter and Space press the control that has the focus; a tile is a place, not a control. */
function isForControl({ key, target }: KeyPress): boolean {
  if (key !== 'Enter' && key !== ' ') return false;
  if (typeof Element === 'undefined' || !(target instanceof Element)) return false;
  return target.closest('button, a, summary, input, label') !== null && !target.matches('.tile');
}

/** Held down, a key only moves; it does not file one cell after the other. */
function isHeld({ key, repeat }: KeyPress): boolean {
  return repeat && !key.startsWith('Arrow');
}

function chosenKey(state: State, name: string, press: KeyPress): Action | null {
  if (kModifiers.has(press.key) || press.key === 'Tab') return null;
  if (press.key === 'Escape') return { type: 'keyAsked', command: null };
  const command = commandsOf(state).find((one) => one.name === name);
  const chords = chordsOf(press);
  const [chord] = chords;
  if (command === undefined || chord === undefined) return null;
  if (!canBeOwn(chord)) return { type: 'keyRefused', chord, by: null };
  const clash = clashOf(state, command, chords);
  if (clash !== null) return { type: 'keyRefused', chord, by: clash.name };
  return { type: 'keyChosen', command: name, chord };
}

/** The action of a key press, or null if it is none of the page's. */
export function actionOfKey(state: State, press: KeyPress, atMs: number): Action | null {
  const { dialog } = state;
  if (dialog?.kind === 'keys' && dialog.asksFor !== null) {
    return chosenKey(state, dialog.asksFor, press);
  }
  if (isForField(press.target) || isForControl(press) || isHeld(press)) return null;
  return actionFor(state, press, atMs);
}
