// Every change of the state: an action is a record, `reduce` gives the next state. Commands are the
// actions a person can ask for by button or key; both take the same road.
import { type AboutAction, isAboutAction, reduceAbout } from './about/actions';
import { type CameraAction, isCameraAction, reduceCamera } from './camera/camera';
import { type CaseAction, isCaseAction, type OpenedCase, reduceCase } from './case/actions';
import {
  type DifferentialAction,
  isDifferentialAction,
  reduceDifferential,
} from './differential/actions';
import { kNoSettings } from './differential/differential';
import { type EvaluationAction, isEvaluationAction, reduceEvaluation } from './evaluation/actions';
import type { TextKey } from './i18n';
import { type Chord, type KeySettings, kDefaultKeys, type Stroke, withCap } from './keys';
import type { Box, EngineIdentity, Failure, Reading } from './messages';
import { isQuizAction, type QuizAction, reduceQuiz } from './quiz/actions';
import { isReviewAction, reduceReview, type ReviewAction, withReading } from './review/actions';
import { binsOf, cellsInOrder, nextWaiting } from './review/groups';
import { kNoReview, type PictureKey, type Review } from './review/review';
import { isTallyAction, reduceTally, type TallyAction } from './tally/actions';
import {
  type Dialog,
  indexOf,
  isFinished,
  type OfflineState,
  type PictureEntry,
  type Progress,
  type Room,
  type Shown,
  shownLarge,
  type State,
} from './state';

export interface NewPicture {
  readonly id: number;
  readonly name: string;
  readonly folders?: readonly string[];
}

export type Action =
  | ReviewAction
  | AboutAction
  | { readonly type: 'engineLoading' }
  | { readonly type: 'engineReady'; readonly identity: EngineIdentity }
  | {
      readonly type: 'engineUnavailable';
      readonly reason: 'no_simd' | 'not_loaded';
      readonly what: string;
    }
  | { readonly type: 'offlineChanged'; readonly offline: OfflineState }
  | {
      readonly type: 'picturesAdded';
      readonly pictures: readonly NewPicture[];
      readonly nowMs: number;
    }
  /** A file turned out to have pages: its first takes a name of its own, the others follow it. */
  | {
      readonly type: 'pagesFound';
      readonly id: number;
      readonly name: string;
      readonly others: readonly NewPicture[];
    }
  | { readonly type: 'batchPaused'; readonly nowMs: number }
  | { readonly type: 'batchResumed'; readonly nowMs: number }
  /** What still waits is not read. */
  | { readonly type: 'batchCancelled' }
  | { readonly type: 'pictureBegan'; readonly id: number }
  | {
      readonly type: 'pictureRead';
      readonly id: number;
      readonly reading: Reading;
      readonly preview: Shown;
      readonly key: PictureKey;
      /** Each cell cut out, as a data: address. */
      readonly crops: readonly string[];
      readonly atMs: number;
    }
  | { readonly type: 'pictureFailed'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'pictureOpened'; readonly id: number }
  | { readonly type: 'pictureClosed' }
  | { readonly type: 'closeUpMade'; readonly id: number; readonly preview: Shown }
  | { readonly type: 'cleared' }
  | DifferentialAction
  | TallyAction
  | CameraAction
  | CaseAction
  | QuizAction
  | EvaluationAction
  | { readonly type: 'roomOpened'; readonly room: Room }
  | { readonly type: 'fieldOpened'; readonly picture: PictureKey }
  | { readonly type: 'fieldClosed' }
  | { readonly type: 'fieldZoomed'; readonly zoom: number }
  /** Where a cell is about to be added; null: none is any more. */
  | { readonly type: 'draftMoved'; readonly draft: Box | null }
  | { readonly type: 'dialogOpened'; readonly dialog: Dialog }
  | { readonly type: 'dialogClosed' }
  | { readonly type: 'keysSwitched'; readonly areOn: boolean }
  | { readonly type: 'keyAsked'; readonly command: string | null }
  | { readonly type: 'keyRefused'; readonly chord: Chord; readonly by: string | null }
  | { readonly type: 'keyChosen'; readonly command: string; readonly chord: Chord }
  | { readonly type: 'keysReset' }
  | { readonly type: 'keysLoaded'; readonly keys: KeySettings }
  | { readonly type: 'pinSwitched'; readonly isPinned: boolean }
  | { readonly type: 'languageChosen'; readonly language: string }
  | { readonly type: 'templateChanged'; readonly template: string }
  | { readonly type: 'strokeSeen'; readonly stroke: Stroke }
  | { readonly type: 'dragChanged'; readonly isDragging: boolean }
  | { readonly type: 'pasteWasEmpty' };

function withProgress(state: State, id: number, progress: Progress): State {
  const index = indexOf(state, id);
  const before = state.pictures[index];
  if (before === undefined) return state;
  const pictures = [...state.pictures];
  pictures[index] = { ...before, progress };
  return { ...state, pictures };
}

function waiting(picture: NewPicture): PictureEntry {
  return { ...picture, progress: { kind: 'waiting' } };
}

function withPages(
  state: State,
  { id, name, others }: Extract<Action, { type: 'pagesFound' }>,
): State {
  const index = indexOf(state, id);
  const first = state.pictures[index];
  if (first === undefined) return state;
  const pictures = [...state.pictures];
  pictures.splice(index, 1, { ...first, name }, ...others.map(waiting));
  return { ...state, pictures };
}

function reduceBatch(state: State, action: Action): State {
  const { batch } = state;
  if (batch === null) return state;
  switch (action.type) {
    case 'batchPaused':
      return batch.pausedMs !== null
        ? state
        : { ...state, batch: { ...batch, pausedMs: action.nowMs } };
    case 'batchResumed': {
      if (batch.pausedMs === null) return state;
      const startedMs = batch.startedMs + action.nowMs - batch.pausedMs;
      return { ...state, batch: { ...batch, startedMs, pausedMs: null } };
    }
    case 'batchCancelled': {
      const pictures = state.pictures.filter(({ progress }) => progress.kind !== 'waiting');
      const isEmpty = pictures.length <= batch.first;
      return { ...state, pictures, batch: isEmpty ? null : { ...batch, pausedMs: null } };
    }
    default:
      return state;
  }
}

function withAdded(state: State, added: readonly NewPicture[], nowMs: number): State {
  if (added.length === 0) return state;
  const entries = added.map(waiting);
  const continues = state.batch !== null && !state.pictures.every(isFinished);
  const batch = continues
    ? state.batch
    : { startedMs: nowMs, first: state.pictures.length, pausedMs: null };
  return { ...state, pictures: [...state.pictures, ...entries], batch, isPasteEmpty: false };
}

type PictureRead = Extract<Action, { type: 'pictureRead' }>;

function withRead(state: State, action: PictureRead): State {
  const { id, reading, preview, key, crops, atMs } = action;
  const next = withProgress(state, id, { kind: 'read', reading, preview, key });
  if (next === state || state.engine.kind !== 'ready') return next;
  const { model } = state.engine.identity;
  return { ...next, review: withReading(next.review, { key, reading, crops, model, atMs }) };
}

/** In the gallery there is always a cell that the next key acts on. */
function withCursor(state: State): State {
  const { review } = state;
  if (state.room !== 'review' || state.field !== null) return state;
  if (review.cursor !== null || review.cells.size === 0) return state;
  const cursor = nextWaiting(review, []) ?? cellsInOrder(review)[0]?.id ?? null;
  return cursor === null ? state : { ...state, review: { ...review, cursor } };
}

/** A new case for the same person: their classes and settings stay. */
function emptied({ own, areSuggestionsHidden, columns }: Review): Review {
  return { ...kNoReview, own, areSuggestionsHidden, columns };
}

/** A case takes the place of the one that was here; what is set for the person stays. */
function withCase(state: State, { review, settings }: OpenedCase): State {
  const { areSuggestionsHidden, columns } = state.review;
  const range = settings.range ?? state.differential.settings.range;
  return {
    ...state,
    pictures: [],
    batch: null,
    openId: null,
    field: null,
    review: { ...review, areSuggestionsHidden, columns },
    differential: { ...state.differential, settings: { ...settings, range }, result: null },
  };
}

/** A new case knows nothing of the smear before, but the ranges that the person uses. */
function withNewCase(state: State): State {
  const settings = { ...kNoSettings, range: state.differential.settings.range };
  return { ...state, differential: { ...state.differential, settings, result: null } };
}

function reduceCases(state: State, action: Action): State {
  const caseFile = reduceCase(state.caseFile, action);
  const next = caseFile === state.caseFile ? state : { ...state, caseFile };
  if (!isCaseAction(action)) return next;
  if (action.type === 'caseOpened') return withCase(next, action.opened);
  if (action.type === 'caseBegan') return withNewCase(next);
  return action.type === 'caseMerged' ? { ...next, review: action.review } : next;
}

function reduceDialog(state: State, action: Action): State {
  const { dialog } = state;
  switch (action.type) {
    case 'dialogOpened':
      return { ...state, dialog: action.dialog };
    case 'dialogClosed':
      return { ...state, dialog: null };
    case 'keyAsked':
      return { ...state, dialog: { kind: 'keys', asksFor: action.command, refused: null } };
    case 'keyChosen':
      return { ...state, dialog: { kind: 'keys', asksFor: null, refused: null } };
    case 'keyRefused': {
      if (dialog?.kind !== 'keys') return state;
      const { chord, by } = action;
      return { ...state, dialog: { ...dialog, refused: { chord, by } } };
    }
    case 'cellsFiled':
      return dialog?.kind === 'move' ? { ...state, dialog: null } : state;
    case 'classAdded':
    case 'classChanged':
    case 'classDropped':
      return { ...state, dialog: null };
    default:
      return state;
  }
}

function reduceField(state: State, action: Action): State {
  const { field } = state;
  switch (action.type) {
    case 'fieldOpened':
      return { ...state, openId: null, field: { picture: action.picture, zoom: 0, draft: null } };
    case 'fieldClosed':
    case 'roomOpened':
    case 'cleared':
      return field === null ? state : { ...state, field: null };
    case 'fieldZoomed':
      return field === null ? state : { ...state, field: { ...field, zoom: action.zoom } };
    case 'draftMoved':
      return field === null ? state : { ...state, field: { ...field, draft: action.draft } };
    case 'cellAdded':
      return field === null ? state : { ...state, field: { ...field, draft: null } };
    default:
      return state;
  }
}

/** The cursor is on a cell of the field that is shown, if it has any. */
function withCursorInField(before: State, state: State): State {
  const { field, review } = state;
  if (field === null) return state;
  const cell = review.cursor === null ? undefined : review.cells.get(review.cursor);
  if (cell?.picture === field.picture) return state;
  const hasMoved = before.field !== null && before.review.cursor !== review.cursor;
  if (hasMoved && cell !== undefined) {
    return { ...state, field: { ...field, picture: cell.picture, draft: null } };
  }
  const first = cellsInOrder(review).find(({ picture }) => picture === field.picture);
  return { ...state, review: { ...review, cursor: first?.id ?? null, anchor: null } };
}

function reduceKeys(keys: KeySettings, action: Action): KeySettings {
  switch (action.type) {
    case 'keysSwitched':
      return { ...keys, areOn: action.areOn };
    case 'keyChosen':
      return { ...keys, own: { ...keys.own, [action.command]: [action.chord] } };
    case 'keysReset':
      return { ...kDefaultKeys, caps: keys.caps };
    case 'keysLoaded':
      return action.keys;
    case 'strokeSeen':
      return withCap(keys, action.stroke);
    default:
      return keys;
  }
}

function reducePage(state: State, action: Action): State {
  switch (action.type) {
    case 'languageChosen':
      return { ...state, language: action.language };
    case 'pinSwitched':
      return { ...state, isPinned: action.isPinned };
    case 'templateChanged':
      return { ...state, template: action.template };
    case 'engineLoading':
      return { ...state, engine: { kind: 'loading' } };
    case 'engineReady':
      return { ...state, engine: { kind: 'ready', identity: action.identity } };
    case 'engineUnavailable':
      return {
        ...state,
        engine: { kind: 'unavailable', reason: action.reason, what: action.what },
      };
    case 'offlineChanged':
      return { ...state, offline: action.offline };
    case 'picturesAdded':
      return withAdded(state, action.pictures, action.nowMs);
    case 'pictureBegan':
      return withProgress(state, action.id, { kind: 'reading' });
    case 'pictureRead':
      return withRead(state, action);
    case 'pictureFailed':
      return withProgress(state, action.id, { kind: 'failed', failure: action.failure });
    case 'pagesFound':
      return withPages(state, action);
    case 'pictureOpened':
      return indexOf(state, action.id) < 0 ? state : { ...state, openId: action.id };
    case 'pictureClosed':
      return { ...state, openId: null };
    case 'closeUpMade':
      return action.id === shownLarge(state)?.id ? { ...state, closeUp: action.preview } : state;
    case 'cleared':
      return {
        ...state,
        pictures: [],
        batch: null,
        openId: null,
        review: emptied(state.review),
      };
    case 'dragChanged':
      return { ...state, isDragging: action.isDragging };
    case 'pasteWasEmpty':
      return { ...state, isPasteEmpty: true };
    case 'roomOpened':
      return state.room === action.room ? state : { ...state, room: action.room };
    default:
      return state;
  }
}

/** A finer preview goes when another picture is shown large, or none. */
function withoutOldCloseUp(before: State, state: State): State {
  const isSame = shownLarge(before)?.id === shownLarge(state)?.id;
  return isSame || state.closeUp === null ? state : { ...state, closeUp: null };
}

export function reduce(before: State, action: Action): State {
  let state = reducePage(before, action);
  state = reduceBatch(reduceField(reduceDialog(state, action), action), action);
  const keys = reduceKeys(state.keys, action);
  if (keys !== state.keys) state = { ...state, keys };
  if (isDifferentialAction(action)) {
    state = { ...state, differential: reduceDifferential(state.differential, action) };
  }
  if (isEvaluationAction(action)) {
    state = { ...state, evaluation: reduceEvaluation(state.evaluation, action) };
  }
  if (isAboutAction(action)) state = { ...state, about: reduceAbout(state.about, action) };
  if (isCameraAction(action)) state = { ...state, camera: reduceCamera(state.camera, action) };
  if (isQuizAction(action)) state = { ...state, quiz: reduceQuiz(state.quiz, action) };
  if (isTallyAction(action)) {
    const tally = reduceTally(state.tally, action, binsOf(state.review));
    state = { ...state, tally };
  }
  if (isReviewAction(action)) {
    state = { ...state, review: reduceReview(state.review, action) };
  }
  state = reduceCases(state, action);
  return withoutOldCloseUp(before, withCursor(withCursorInField(before, state)));
}
export interface Command {
  readonly label: TextKey;
  /** Values of KeyboardEvent.key that call it while a picture is open. */
  readonly keys: readonly string[];
  /** The action it stands for, or null while it makes no sense. */
  action(state: State): Action | null;
}

function neighbour(state: State, step: number): Action | null {
  if (state.openId === null) return null;
  const picture = state.pictures[indexOf(state, state.openId) + step];
  return picture === undefined ? null : { type: 'pictureOpened', id: picture.id };
}

export const kCommands = {
  previous: {
    label: 'command.previous',
    keys: ['ArrowLeft'],
    action: (state) => neighbour(state, -1),
  },
  next: {
    label: 'command.next',
    keys: ['ArrowRight'],
    action: (state) => neighbour(state, 1),
  },
  close: {
    label: 'command.close',
    keys: ['Escape'],
    action: (state) => (state.openId === null ? null : { type: 'pictureClosed' }),
  },
  clearAll: {
    label: 'command.clear_all',
    keys: [],
    action: (state) => (state.pictures.length === 0 ? null : { type: 'cleared' }),
  },
} satisfies Record<string, Command>;

export type CommandName = keyof typeof kCommands;
