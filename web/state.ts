// Everything the page shows, as plain data. Views read it, actions make the next one.
import { type AboutRoom, kEmptyAbout } from './about/actions';
import type { Camera } from './camera/camera';
import { type KeySettings, kDefaultKeys } from './keys';
import type { Box, EngineIdentity, Failure, Reading } from './messages';
import { type CaseState, kNoCase } from './case/actions';
import { kEmptyRoom, type Room as DifferentialRoom } from './differential/actions';
import type { BinId } from './review/bins';
import { kNoReview, type PictureKey, type Review } from './review/review';
import { kEmptyRoom as kNoEvaluation, type Room as EvaluationRoom } from './evaluation/actions';
import { kNoQuiz, type Quiz } from './quiz/quiz';
import { kNoTally, type Tally as HandTally } from './tally/tally';

/** A preview the page can show: an object URL and its size in pixels. */
export interface Shown {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export type Progress =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'reading' }
  | {
      readonly kind: 'read';
      readonly reading: Reading;
      readonly preview: Shown;
      readonly key: PictureKey;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface PictureEntry {
  readonly id: number;
  readonly name: string;
  /** Those the file lay in, outermost first; missing where it came by itself. */
  readonly folders?: readonly string[];
  readonly progress: Progress;
}

export type EngineState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly identity: EngineIdentity }
  | {
      readonly kind: 'unavailable';
      readonly reason: 'no_simd' | 'not_loaded';
      readonly what: string;
    };

/** 'one_file': everything lies in this file; 'unavailable': this address or browser has no service worker. */
export type OfflineState = 'preparing' | 'ready' | 'update' | 'one_file' | 'unavailable';

/** The page's rooms; the address names the one that is shown. */
export const kRooms = [
  'pictures',
  'review',
  'tally',
  'differential',
  'quiz',
  'evaluation',
  'about',
] as const;
export type Room = (typeof kRooms)[number];

/** A picture with all its cells, the one with the cursor among them or none. */
export interface Field {
  readonly picture: PictureKey;
  /** 0: the whole field; each step looks closer at the cell. */
  readonly zoom: number;
  /** Where a cell that was missed is about to be added; null: none is. */
  readonly draft: Box | null;
}

/** What stands before the room until it is closed. */
export type Dialog =
  | { readonly kind: 'move' }
  | { readonly kind: 'class'; readonly id: BinId | null }
  | {
      readonly kind: 'keys';
      /** The command whose key is asked for. */
      readonly asksFor: string | null;
      /** A key that was refused, and the command that has it; null: it can't be a shortcut. */
      readonly refused: { readonly chord: string; readonly by: string | null } | null;
    };

/** What was added together while nothing else was waiting; the progress bar counts it. */
export interface Batch {
  /** Moved on by the time it was paused. */
  readonly startedMs: number;
  /** Index of its first picture. */
  readonly first: number;
  /** null while it goes on. */
  readonly pausedMs: number | null;
}

export interface State {
  readonly engine: EngineState;
  readonly offline: OfflineState;
  /** No newer version is offered. */
  readonly isPinned: boolean;
  /** Tag of the page's language, such as "tr". */
  readonly language: string;
  /** In order of arrival, pages of a file after each other. */
  readonly pictures: readonly PictureEntry[];
  readonly batch: Batch | null;
  readonly room: Room;
  readonly review: Review;
  readonly tally: HandTally;
  readonly quiz: Quiz;
  readonly differential: DifferentialRoom;
  readonly evaluation: EvaluationRoom;
  readonly about: AboutRoom;
  readonly caseFile: CaseState;
  readonly keys: KeySettings;
  /** Of the sentence that is copied for a laboratory system; empty: the page's own. */
  readonly template: string;
  readonly dialog: Dialog | null;
  /** null while no field is open. */
  readonly field: Field | null;
  /** The live view; null while it is closed. */
  readonly camera: Camera | null;
  readonly openId: number | null;
  /** A finer preview of the open picture, once the worker has made it. */
  readonly closeUp: Shown | null;
  readonly isDragging: boolean;
  /** The clipboard was asked and held no picture. */
  readonly isPasteEmpty: boolean;
}

export const kStart: State = {
  engine: { kind: 'loading' },
  offline: 'preparing',
  isPinned: false,
  language: 'en',
  pictures: [],
  batch: null,
  room: 'pictures',
  review: kNoReview,
  tally: kNoTally,
  quiz: kNoQuiz,
  differential: kEmptyRoom,
  evaluation: kNoEvaluation,
  about: kEmptyAbout,
  caseFile: kNoCase,
  keys: kDefaultKeys,
  template: '',
  dialog: null,
  field: null,
  camera: null,
  openId: null,
  closeUp: null,
  isDragging: false,
  isPasteEmpty: false,
};

export function isFinished(picture: PictureEntry): boolean {
  return picture.progress.kind === 'read' || picture.progress.kind === 'failed';
}

export function indexOf(state: State, id: number): number {
  return state.pictures.findIndex((picture) => picture.id === id);
}

export function openPicture(state: State): PictureEntry | null {
  return state.pictures.find((picture) => picture.id === state.openId) ?? null;
}

/** The picture itself, where it is at hand. */
export function pictureOf(state: State, key: PictureKey): PictureEntry | null {
  const has = ({ progress }: PictureEntry): boolean =>
    progress.kind === 'read' && progress.key === key;
  return state.pictures.find(has) ?? null;
}

/** The picture that is shown large: opened from its card, or the field of the cell at hand. */
export function shownLarge(state: State): PictureEntry | null {
  if (state.openId !== null) return openPicture(state);
  return state.field === null ? null : pictureOf(state, state.field.picture);
}

export interface BatchProgress {
  readonly total: number;
  readonly finished: number;
  /** null until two pictures are finished, and when all are. */
  readonly leftMs: number | null;
  readonly isPaused: boolean;
}

export function batchProgress(state: State, nowMs: number): BatchProgress | null {
  if (state.batch === null) return null;
  const members = state.pictures.slice(state.batch.first);
  const finished = members.filter(isFinished).length;
  const left = members.length - finished;
  const { startedMs, pausedMs } = state.batch;
  const perPictureMs = ((pausedMs ?? nowMs) - startedMs) / finished;
  const leftMs = finished >= 2 && left > 0 ? perPictureMs * left : null;
  return { total: members.length, finished, leftMs, isPaused: pausedMs !== null };
}

export interface Tally {
  /** Cells the model named with enough certainty, by label. */
  readonly classified: ReadonlyMap<string, number>;
  readonly unsure: number;
  /** Those the net calls other, abnormal or no white cell. */
  readonly refused: number;
  readonly noCell: number;
  readonly failed: number;
  readonly finished: number;
}

export function tally(state: State): Tally {
  const classified = new Map<string, number>();
  let [unsure, refused, noCell, failed, finished] = [0, 0, 0, 0, 0];
  for (const { progress } of state.pictures) {
    if (progress.kind === 'failed') failed += 1;
    if (progress.kind === 'failed' || progress.kind === 'read') finished += 1;
    if (progress.kind !== 'read') continue;
    const { cells } = progress.reading;
    if (cells.length === 0) noCell += 1;
    for (const cell of cells) {
      if (cell.verdict === 'classified') {
        classified.set(cell.label, (classified.get(cell.label) ?? 0) + 1);
      } else if (cell.verdict === 'unsure') {
        unsure += 1;
      } else {
        refused += 1;
      }
    }
  }
  return { classified, unsure, refused, noCell, failed, finished };
}
