// What a case file holds, member by member; case.schema.json says the same for other programs.
//
// The file is a ZIP archive: case.json as described here, and the pictures and cells it names as
// members of their own, stored without compression. Its name ends in ".leukolens".
import type { Verdict } from '../messages';
import type { BinId, Counting } from '../review/bins';

export const kCaseSchema = 'leukolens-case/1';
export const kCaseMember = 'case.json';
export const kCaseEnding = '.leukolens';

/** A moment in UTC, such as "2026-11-23T18:05:12.123Z". */
export type Instant = string;

export interface CaseFile {
  readonly schema: typeof kCaseSchema;
  readonly intended_use: string;
  readonly program: { readonly name: string; readonly version: string };
  /** Names the case for good: two files with the same id are two states of one case. */
  readonly id: string;
  readonly created_at: Instant;
  readonly saved_at: Instant;
  /** Every model that answered a cell here. */
  readonly models: readonly FileModel[];
  /** Classes of the person's own. */
  readonly own_classes: readonly FileClass[];
  /** Numbers ascend. */
  readonly pictures: readonly FilePicture[];
  /** Numbers ascend; those taken away by the person are here too, filed as "removed". */
  readonly cells: readonly FileCell[];
  readonly differential: FileDifferential;
  readonly work: FileWork;
}

export interface FileModel {
  readonly sha256: string;
  readonly name: string;
  readonly version: string;
  readonly labels: readonly string[];
}

export interface FileClass {
  readonly id: BinId;
  readonly name: string;
  readonly counting: Counting;
}

export interface FilePicture {
  readonly number: number;
  /** Of the picture's bytes as they came; null where the page could not tell it. */
  readonly original_sha256: string | null;
  /** The archive's member with the picture, without what cameras write about it; null: not kept. */
  readonly file: string | null;
  readonly width: number;
  readonly height: number;
  /** The file's name, only if the person chose to keep names. */
  readonly name?: string;
}

export interface FileCell {
  readonly number: number;
  /** Number of its picture. */
  readonly picture: number;
  /** x, y, width, height in pixels of the picture as seen; may reach beyond its edge. */
  readonly box: readonly [number, number, number, number];
  readonly found_by: 'model' | 'person';
  /** What the model answered; null: it was not asked. */
  readonly model: FileModelAnswer | null;
  /** What the person answered; null: nobody looked at the cell yet. */
  readonly person: FilePersonAnswer | null;
  /** The archive's member with the cell cut out, a JPEG; null: not kept. */
  readonly crop: string | null;
}

export interface FileModelAnswer {
  /** SHA-256 of one of `models`. */
  readonly model: string;
  readonly class: string;
  readonly verdict: Verdict;
  /** One for each of the model's labels, 0..1, sum 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  readonly at: Instant;
}

export interface FilePersonAnswer {
  /** A class, "unsure", "removed", or the id of one of `own_classes`. */
  readonly class: BinId;
  readonly at: Instant;
}

export interface FileDifferential {
  /** Whether the cells come from one smear, counted one after the other; null: not asked. */
  readonly one_smear: boolean | null;
  /** As typed, in 10⁹/L; empty: none. */
  readonly white_count: string;
  readonly includes_erythroblasts: boolean;
  /** Name of a set of reference ranges; null: the default one. */
  readonly range: string | null;
}

export interface FileWork {
  /** Keys and pointer presses that answered cells, over all sessions with this case. */
  readonly keys_pressed: number;
}
