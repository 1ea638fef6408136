// The cells under review, as plain data: what the model said, what the person said, and how both
// came about. A cell is never deleted: one that was taken away keeps its place for undo.
import type { Box, Verdict } from '../messages';
import { type Bin, type BinId, kUnsure } from './bins';
import { type History, kNoHistory } from './history';

export type CellId = number;
/** Names a picture within a case: its SHA-256, or a number where that could not be had. */
export type PictureKey = string;

export interface KnownModel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly labels: readonly string[];
}

export interface ModelAnswer {
  /** SHA-256 of the model, a key of `Review.models`. */
  readonly model: string;
  readonly label: string;
  readonly verdict: Verdict;
  /** In the order of the model's labels. */
  readonly probabilities: readonly number[];
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

export interface PersonAnswer {
  readonly bin: BinId;
  readonly atMs: number;
}

/** What a person can change of a cell; undo puts an earlier mark back. */
export interface Mark {
  readonly person: PersonAnswer | null;
  /** false after the adding of the cell was undone. */
  readonly isThere: boolean;
}

export interface ReviewCell extends Mark {
  readonly id: CellId;
  readonly picture: PictureKey;
  readonly box: Box;
  readonly source: 'model' | 'person';
  readonly model: ModelAnswer | null;
}

export interface CasePicture {
  readonly key: PictureKey;
  /** From 1, in order of arrival: how the picture is called wherever names must not appear. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
}

export interface Review {
  readonly pictures: ReadonlyMap<PictureKey, CasePicture>;
  readonly models: ReadonlyMap<string, KnownModel>;
  /** Ids ascend in order of arrival. */
  readonly cells: ReadonlyMap<CellId, ReviewCell>;
  /** Small pictures of the cells as data: addresses. */
  readonly crops: ReadonlyMap<CellId, string>;
  /** Classes of the person's own. */
  readonly own: readonly Bin[];
  readonly history: History;
  /** The cell that keys act on, and the other end of a range of cells, or null for this one only. */
  readonly cursor: CellId | null;
  readonly anchor: CellId | null;
  readonly areSuggestionsHidden: boolean;
  /** Tiles in a row of the gallery, as laid out. */
  readonly columns: number;
}

export const kNoReview: Review = {
  pictures: new Map(),
  models: new Map(),
  cells: new Map(),
  crops: new Map(),
  own: [],
  history: kNoHistory,
  cursor: null,
  anchor: null,
  areSuggestionsHidden: false,
  columns: 1,
};

/** Where the model alone would file the cell. */
export function modelBin({ model }: ReviewCell): BinId {
  if (model === null) return kUnsure;
  return model.verdict === 'classified' ? model.label : model.verdict;
}

/** What a person agrees to by accepting: of an unsure answer, the closest class. */
export function suggestionOf({ model }: ReviewCell): BinId | null {
  if (model === null) return null;
  const isNamed = model.verdict === 'classified' || model.verdict === 'unsure';
  return isNamed ? model.label : model.verdict;
}

/** The person's answer, or else the model's. */
export function binOf(cell: ReviewCell): BinId {
  return cell.person?.bin ?? modelBin(cell);
}

/** How far the best answer leads over the second, 0..1; a cell without an answer is least sure. */
export function marginOf({ model }: ReviewCell): number {
  if (model === null) return 0;
  const [first = 0, second = 0] = [...model.probabilities].sort((a, b) => b - a);
  return first - second;
}

export function topShareOf({ model }: ReviewCell): number {
  return model === null ? 0 : Math.max(...model.probabilities);
}
