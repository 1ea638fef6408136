// Every change of the state: an action is a record, `reduce` gives the next state. Commands are the
// actions a person can ask for by button or key; both take the same road.
import type { TextKey } from './i18n';
import type { EngineIdentity, Failure, Reading } from './messages';
import {
  indexOf,
  isFinished,
  type OfflineState,
  type PictureEntry,
  type Progress,
  type Shown,
  type State,
} from './state';

export interface NewPicture {
  readonly id: number;
  readonly name: string;
}

export type Action =
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
  | { readonly type: 'pictureBegan'; readonly id: number }
  | {
      readonly type: 'pictureRead';
      readonly id: number;
      readonly reading: Reading;
      readonly preview: Shown;
    }
  | { readonly type: 'pictureFailed'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'pictureOpened'; readonly id: number }
  | { readonly type: 'pictureClosed' }
  | { readonly type: 'closeUpMade'; readonly id: number; readonly preview: Shown }
  | { readonly type: 'cleared' }
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

function withAdded(state: State, added: readonly NewPicture[], nowMs: number): State {
  if (added.length === 0) return state;
  const entries: PictureEntry[] = added.map((picture) => ({
    ...picture,
    progress: { kind: 'waiting' },
  }));
  const continues = state.batch !== null && !state.pictures.every(isFinished);
  const batch = continues ? state.batch : { startedMs: nowMs, first: state.pictures.length };
  return { ...state, pictures: [...state.pictures, ...entries], batch, isPasteEmpty: false };
}

export function reduce(state: State, action: Action): State {
  switch (action.type) {
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
    case 'pictureRead': {
      const { reading, preview } = action;
      return withProgress(state, action.id, { kind: 'read', reading, preview });
    }
    case 'pictureFailed':
      return withProgress(state, action.id, { kind: 'failed', failure: action.failure });
    case 'pictureOpened':
      return indexOf(state, action.id) < 0 ? state : { ...state, openId: action.id, closeUp: null };
    case 'pictureClosed':
      return { ...state, openId: null, closeUp: null };
    case 'closeUpMade':
      return action.id === state.openId ? { ...state, closeUp: action.preview } : state;
    case 'cleared':
      return { ...state, pictures: [], batch: null, openId: null, closeUp: null };
    case 'dragChanged':
      return { ...state, isDragging: action.isDragging };
    case 'pasteWasEmpty':
      return { ...state, isPasteEmpty: true };
  }
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
