// What a cell can be filed as: the classes of white cells, and the bins beside them. Which of them
// count in n follows the rules of counting: n is all white cells, also the abnormal and the unsure;
// erythroblasts and smudges are told per 100 of them; what is no white cell is not counted.

export type BinId = string;

/** 'in_n': one of the hundred per cent. 'per_100': beside them, per 100 white cells. */
export type Counting = 'in_n' | 'per_100' | 'outside';

export interface Bin {
  readonly id: BinId;
  readonly counting: Counting;
  /** The person's own name for a class of their own; all others are named by the texts. */
  readonly ownName: string | null;
}

function bin(id: BinId, counting: Counting): Bin {
  return { id, counting, ownName: null };
}

export const kUnsure = 'unsure';
/** A box that should not be there; the cell is kept, but nowhere counted. */
export const kRemoved = 'removed';
/** Where cells wait while suggestions are hidden; nothing can be filed there. */
export const kToReview = 'to_review';

/** In the order in which they are shown and take the digit keys. */
export const kBins: readonly Bin[] = [
  bin('neutrophil', 'in_n'),
  bin('lymphocyte', 'in_n'),
  bin('monocyte', 'in_n'),
  bin('eosinophil', 'in_n'),
  bin('basophil', 'in_n'),
  bin('immature_granulocyte', 'in_n'),
  bin('blast', 'in_n'),
  bin('other_or_abnormal', 'in_n'),
  bin('erythroblast', 'per_100'),
  bin(kUnsure, 'in_n'),
  bin('smudge', 'per_100'),
  bin('not_a_white_cell', 'outside'),
  bin('artefact', 'outside'),
];

const kRemovedBin: Bin = bin(kRemoved, 'outside');
const kOwnPrefix = 'own:';

export function isOwn(id: BinId): boolean {
  return id.startsWith(kOwnPrefix);
}

/** The id of the next class of one's own. */
export function nextOwnId(own: readonly Bin[]): BinId {
  const numbers = own.map(({ id }) => Number(id.slice(kOwnPrefix.length)));
  return `${kOwnPrefix}${Math.max(0, ...numbers) + 1}`;
}

/** All that cells can be filed as: the table, labels of a model beyond it, one's own classes. */
export function allBins(labels: Iterable<string>, own: readonly Bin[]): readonly Bin[] {
  const known = new Set(kBins.map(({ id }) => id));
  const beyond = [...new Set(labels)].filter((label) => !known.has(label));
  return [...kBins, ...beyond.map((label) => bin(label, 'in_n')), ...own, kRemovedBin];
}
