// Pictures in folders named after classes: what they are, what the model said of them, and how good
// that is. The arithmetic is the core's.
import type { Cell } from '../messages';
import type { PictureEntry, State } from '../state';

/** One labelled picture that was read. */
export interface Outcome {
  /** Index of its class in the model's labels. */
  readonly truth: number;
  /** null: no cell was found. */
  readonly answer: number | null;
  /** The answer's probability, 0..1; 0 without one. */
  readonly confidence: number;
}

/** `hits` of `n`, with the limits of its 95 % interval (Clopper-Pearson). */
export interface Proportion {
  readonly hits: number;
  readonly n: number;
  readonly lower: number;
  readonly upper: number;
}

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly answers: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** What the module reckons; lists in the order of the model's labels. */
export interface Figures {
  readonly pictures: number;
  readonly unanswered: number;
  readonly accuracy: Proportion;
  readonly recalls: readonly Proportion[];
  readonly precisions: readonly Proportion[];
  readonly meanRecall: number;
  readonly calibrationError: number;
  /** A row for each true class; its last column counts pictures without an answer. */
  readonly confusion: readonly (readonly number[])[];
  readonly reliability: readonly ReliabilityBin[];
}

/** The outermost folder that is named like a class; null: none is. */
export function truthOf(folders: readonly string[], labels: readonly string[]): number | null {
  for (const folder of folders) {
    const index = labels.findIndex((label) => label.toLowerCase() === folder.toLowerCase());
    if (index >= 0) return index;
  }
  return null;
}

export function labelsOf({ engine }: State): readonly string[] {
  return engine.kind === 'ready' ? engine.identity.model.labels : [];
}

export interface Labelled {
  readonly picture: PictureEntry;
  readonly truth: number;
}

/** The pictures whose folders name their class. */
export function labelledIn(state: State): readonly Labelled[] {
  const labels = labelsOf(state);
  return state.pictures.flatMap((picture) => {
    const truth = truthOf(picture.folders ?? [], labels);
    return truth === null ? [] : [{ picture, truth }];
  });
}

/** Folders beside those of the classes that name none: their pictures are left out. */
export function strangersIn(state: State): readonly string[] {
  const labels = labelsOf(state);
  const strange = state.pictures.filter(
    ({ folders = [] }) => folders.length > 0 && truthOf(folders, labels) === null,
  );
  return [...new Set(strange.map(({ folders = [] }) => folders.at(-1) ?? ''))];
}

/** The surest find's; null: no cell was found, or the picture isn't read. */
export function cellOf({ progress }: PictureEntry): Cell | null {
  return progress.kind === 'read' ? (progress.reading.cells[0] ?? null) : null;
}

/** Of the labelled pictures that were read. */
export function outcomesIn(state: State): readonly Outcome[] {
  const labels = labelsOf(state);
  const read = labelledIn(state).filter(({ picture }) => picture.progress.kind === 'read');
  return read.map(({ picture, truth }) => {
    const cell = cellOf(picture);
    if (cell === null) return { truth, answer: null, confidence: 0 };
    const answer = labels.indexOf(cell.label);
    return { truth, answer, confidence: cell.probabilities[answer] ?? 0 };
  });
}

/** Counted by their likeliest class. */
export function unsureIn(state: State): number {
  return labelledIn(state).filter(({ picture }) => cellOf(picture)?.verdict === 'unsure').length;
}
