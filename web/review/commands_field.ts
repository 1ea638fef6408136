// The commands of a picture with its cells: look closer, add a cell that was missed.
import type { Action } from '../actions';
import type { Command, Place } from '../commands';
import type { Box } from '../messages';
import { type Field, openPicture, type State } from '../state';
import { boxAround, kMaxZoom, movedBox, scaledBox, usualSide, viewOf } from './field';
import type { CasePicture, ReviewCell } from './review';

/** Parts of its own size by which a box moves, and its growth. */
const kStep = 0.25;
const kGrowth = 1.15;

function cellAtCursor({ review }: State): ReviewCell | null {
  return review.cursor === null ? null : (review.cells.get(review.cursor) ?? null);
}

function open(state: State): Action | null {
  const cell = cellAtCursor(state);
  return cell === null ? null : { type: 'fieldOpened', picture: cell.picture };
}

function openOfPicture(state: State): Action | null {
  const progress = openPicture(state)?.progress;
  if (progress?.kind !== 'read' || !state.review.pictures.has(progress.key)) return null;
  return { type: 'fieldOpened', picture: progress.key };
}

function zoom(step: number): Command['action'] {
  return (state) => {
    const { field } = state;
    if (field === null || cellAtCursor(state) === null) return null;
    const to = Math.min(kMaxZoom, Math.max(0, field.zoom + step));
    return to === field.zoom ? null : { type: 'fieldZoomed', zoom: to };
  };
}

interface Drawing {
  readonly field: Field;
  readonly picture: CasePicture;
}

function inField(state: State, act: (drawing: Drawing) => Action | null): Action | null {
  const { field, review } = state;
  const picture = field === null ? undefined : review.pictures.get(field.picture);
  return field === null || picture === undefined ? null : act({ field, picture });
}

/** In the middle of what is in view, as large as cells are here. */
function startDraft(state: State): Action | null {
  return inField(state, ({ field, picture }) => {
    const view = viewOf(picture, cellAtCursor(state)?.box ?? null, field.zoom);
    const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    return { type: 'draftMoved', draft: boxAround(middle, usualSide(state.review, picture)) };
  });
}

function changeDraft(change: (draft: Box, picture: CasePicture) => Box): Command['action'] {
  return (state) =>
    inField(state, ({ field, picture }) =>
      field.draft === null ? null : { type: 'draftMoved', draft: change(field.draft, picture) },
    );
}

function move(right: number, down: number): Command['action'] {
  return changeDraft((draft, picture) => movedBox(draft, picture, right * kStep, down * kStep));
}

function scale(factor: number): Command['action'] {
  return changeDraft((draft, picture) => scaledBox(draft, picture, factor));
}

function addDraft(state: State): Action | null {
  return inField(state, ({ field }) =>
    field.draft === null ? null : { type: 'cellAdded', picture: field.picture, box: field.draft },
  );
}

function command(
  name: string,
  label: Command['label'],
  keys: readonly string[],
  place: Place,
  action: Command['action'],
): Command {
  return { name, label, bin: null, keys, places: [place], action };
}

export const fieldCommands: readonly Command[] = [
  command('openField', 'command.open_field', ['KeyO'], 'review', open),
  command('openFieldOfPicture', 'command.open_cells', ['KeyO'], 'detail', openOfPicture),
  command('closeField', 'command.close_field', ['Escape', 'KeyO'], 'field', () => ({
    type: 'fieldClosed',
  })),
  command('zoomIn', 'command.zoom_in', ['ArrowUp'], 'field', zoom(1)),
  command('zoomOut', 'command.zoom_out', ['ArrowDown'], 'field', zoom(-1)),
  command('startAdding', 'command.start_adding', ['KeyN'], 'field', startDraft),
  command('draftLeft', 'command.draft_left', ['ArrowLeft'], 'adding', move(-1, 0)),
  command('draftRight', 'command.draft_right', ['ArrowRight'], 'adding', move(1, 0)),
  command('draftUp', 'command.draft_up', ['ArrowUp'], 'adding', move(0, -1)),
  command('draftDown', 'command.draft_down', ['ArrowDown'], 'adding', move(0, 1)),
  command('draftLarger', 'command.draft_larger', ['Shift+ArrowUp'], 'adding', scale(kGrowth)),
  command(
    'draftSmaller',
    'command.draft_smaller',
    ['Shift+ArrowDown'],
    'adding',
    scale(1 / kGrowth),
  ),
  command('addDraft', 'command.add_draft', ['Enter', 'Space'], 'adding', addDraft),
  command('cancelAdding', 'command.cancel_adding', ['Escape', 'KeyN'], 'adding', () => ({
    type: 'draftMoved',
    draft: null,
  })),
];
