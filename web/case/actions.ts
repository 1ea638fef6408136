// What happens to the case as a whole: begun, saved, opened, merged; and the state it makes.
import type { Settings } from '../differential/differential';
import type { Bin } from '../review/bins';
import type { Review } from '../review/review';

/** What a file held when it was written; while the case still is that, nothing waits for saving. */
export interface Snapshot {
  readonly cells: Review['cells'];
  readonly own: readonly Bin[];
  readonly settings: Settings;
}

export interface SavedFile {
  readonly name: string;
  readonly atMs: number;
  readonly of: Snapshot;
}

/** Said once, until it is closed or the next one comes. */
export type Notice =
  | {
      readonly kind: 'merged';
      readonly name: string;
      readonly pictures: number;
      readonly cells: number;
      readonly answers: number;
      readonly differing: number;
    }
  | { readonly kind: 'opened'; readonly name: string }
  | { readonly kind: 'restored' }
  | { readonly kind: 'no_case'; readonly name: string; readonly what: string }
  | { readonly kind: 'not_saved'; readonly what: string }
  | { readonly kind: 'other_tab' }
  | { readonly kind: 'storage_lost' }
  | { readonly kind: 'wiped' };

/** A case that was chosen while another one is here: the person says what is to be done with it. */
export interface WaitingCase {
  readonly name: string;
  readonly pictures: number;
  readonly cells: number;
}

/** A case of the local history. */
export interface PastCase {
  readonly id: string;
  readonly touchedMs: number;
  readonly cells: number;
}

export interface CaseState {
  readonly id: string;
  readonly createdMs: number;
  /** Keys and pointer presses that moved among cells or answered them. */
  readonly keysPressed: number;
  readonly keepsNames: boolean;
  /** The case file, once there is one. */
  readonly saved: SavedFile | null;
  readonly isSaving: boolean;
  /** The browser's own copy, for a reload: 'off' where there is none, such as in a local file. */
  readonly storage: 'off' | 'kept' | 'lost';
  readonly history: 'unavailable' | 'off' | 'on';
  readonly past: readonly PastCase[];
  readonly notice: Notice | null;
  readonly waiting: WaitingCase | null;
}

export const kNoCase: CaseState = {
  id: '',
  createdMs: 0,
  keysPressed: 0,
  keepsNames: false,
  saved: null,
  isSaving: false,
  storage: 'off',
  history: 'unavailable',
  past: [],
  notice: null,
  waiting: null,
};

export interface OpenedCase {
  readonly id: string;
  readonly createdMs: number;
  readonly keysPressed: number;
  readonly review: Review;
  readonly settings: Settings;
}

export type CaseAction =
  | { readonly type: 'caseBegan'; readonly id: string; readonly createdMs: number }
  | { readonly type: 'caseSaveAsked' }
  | { readonly type: 'caseSaving' }
  | { readonly type: 'caseSaved'; readonly file: SavedFile }
  | {
      readonly type: 'caseOpened';
      readonly opened: OpenedCase;
      readonly file: { readonly name: string; readonly atMs: number } | null;
      readonly notice: Notice;
    }
  | { readonly type: 'caseMerged'; readonly review: Review; readonly notice: Notice }
  | { readonly type: 'caseFound'; readonly waiting: WaitingCase | null }
  | { readonly type: 'caseNoticed'; readonly notice: Notice | null }
  | { readonly type: 'caseStored'; readonly storage: CaseState['storage'] }
  | { readonly type: 'namesSwitched'; readonly areKept: boolean }
  | { readonly type: 'historySwitched'; readonly history: CaseState['history'] }
  | { readonly type: 'historyListed'; readonly past: readonly PastCase[] };

type Steps = {
  readonly [Type in CaseAction['type']]: (
    now: CaseState,
    action: Extract<CaseAction, { type: Type }>,
  ) => CaseState;
};

const kSteps: Steps = {
  caseBegan: (now, { id, createdMs }) => ({
    ...kNoCase,
    id,
    createdMs,
    keepsNames: now.keepsNames,
    storage: now.storage === 'lost' ? 'kept' : now.storage,
    history: now.history,
    past: now.past,
    notice: now.notice,
  }),
  caseSaveAsked: (now) => now,
  caseSaving: (now) => ({ ...now, isSaving: true }),
  caseSaved: (now, { file }) => ({
    ...now,
    saved: file,
    isSaving: false,
    notice: null,
    storage: now.storage === 'lost' ? 'kept' : now.storage,
  }),
  caseOpened(now, { opened, file, notice }) {
    const { id, createdMs, keysPressed, review, settings } = opened;
    const of = { cells: review.cells, own: review.own, settings };
    const saved = file === null ? null : { ...file, of };
    return { ...now, id, createdMs, keysPressed, saved, notice, waiting: null };
  },
  caseMerged: (now, { notice }) => ({ ...now, notice, waiting: null }),
  caseFound: (now, { waiting }) => ({ ...now, waiting }),
  caseNoticed: (now, { notice }) => ({ ...now, notice, isSaving: false }),
  caseStored: (now, { storage }) => (now.storage === storage ? now : { ...now, storage }),
  namesSwitched: (now, { areKept }) => ({ ...now, keepsNames: areKept }),
  historySwitched: (now, { history }) => ({ ...now, history }),
  historyListed: (now, { past }) => ({ ...now, past }),
};

export function isCaseAction(action: { readonly type: string }): action is CaseAction {
  return Object.hasOwn(kSteps, action.type);
}

function step<Type extends CaseAction['type']>(
  now: CaseState,
  action: Extract<CaseAction, { type: Type }>,
): CaseState {
  const take = kSteps[action.type as Type] as (
    now: CaseState,
    action: Extract<CaseAction, { type: Type }>,
  ) => CaseState;
  return take(now, action);
}

// One press each, by key, button, menu or drop.
const kPresses = new Set([
  'cellsFiled',
  'cellsAccepted',
  'answersTakenBack',
  'cellAdded',
  'cursorMoved',
  'undone',
  'redone',
]);

export function reduceCase(now: CaseState, action: { readonly type: string }): CaseState {
  if (isCaseAction(action)) return step(now, action);
  return kPresses.has(action.type) ? { ...now, keysPressed: now.keysPressed + 1 } : now;
}

/** The default range is set when the room is first opened, which is nothing that a person did. */
function isSameSettings(a: Settings, b: Settings): boolean {
  const isSameRange = a.range === b.range || a.range === null;
  return (
    JSON.stringify({ ...a, range: null }) === JSON.stringify({ ...b, range: null }) && isSameRange
  );
}

/** Whether there is work that no file holds. */
export function isUnsaved({ saved }: CaseState, now: Snapshot): boolean {
  if (now.cells.size === 0) return false;
  if (saved === null) return true;
  const { cells, own, settings } = saved.of;
  return cells !== now.cells || own !== now.own || !isSameSettings(settings, now.settings);
}
