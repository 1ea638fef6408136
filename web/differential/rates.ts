// How often the model takes one kind for another, from its card: what the second interval carries
// through. The same choice as `leukolens differential --card`.
import type { ModelUsed } from './differential';

/** Cells by their true kind (rows) and the model's answer. */
export interface AnswerTable {
  readonly source: string;
  readonly kinds: readonly string[];
  readonly answers: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** The rates hold for this model alone. */
export interface Rates {
  readonly model: ModelUsed;
  readonly table: AnswerTable;
}

type Confusion = Readonly<Record<string, Readonly<Record<string, number>>>>;
interface Looked {
  readonly confusion: Confusion;
}
interface CardSet {
  readonly title: string;
  readonly views: readonly { readonly per_original?: Looked; readonly per_picture: Looked }[];
}
/** Of leukolens-card/1, what is read here. */
export interface Card {
  readonly model: ModelUsed;
  readonly sets: readonly CardSet[];
}

// What was not found is in no count of a smear.
const kNotFound = 'no_cell_found';
const kEnough = 20;

function tableOf({ title, views }: CardSet, { name, version }: ModelUsed): AnswerTable | null {
  const [view] = views;
  if (view === undefined) return null;
  const { confusion } = view.per_original ?? view.per_picture;
  const kinds = Object.keys(confusion).sort();
  const answers = Object.keys(confusion[kinds[0] ?? ''] ?? {}).sort();
  const counted = answers.filter((answer) => answer !== kNotFound);
  const how = view.per_original === undefined ? 'per picture' : 'per original';
  const counts = kinds.map((kind) => counted.map((answer) => confusion[kind]?.[answer] ?? 0));
  return { source: `${name} ${version}, ${title}, ${how}`, kinds, answers: counted, counts };
}

function isWellChecked({ counts }: AnswerTable): boolean {
  return counts.every((row) => row.reduce((sum, cells) => sum + cells, 0) >= kEnough);
}

/** Of the first set in which each kind was looked at on 20 cells or more, else of the first. */
export function ratesOf({ model, sets }: Card): Rates | null {
  const tables = sets.flatMap((set) => tableOf(set, model) ?? []);
  const table = tables.find(isWellChecked) ?? tables[0];
  return table === undefined ? null : { model, table };
}

/** null: some of these models have no known rates, or none answered. */
export function tableFor(rates: Rates | null, models: readonly ModelUsed[]): AnswerTable | null {
  const isKnown = models.length > 0 && models.every(({ sha256 }) => sha256 === rates?.model.sha256);
  return isKnown ? (rates?.table ?? null) : null;
}
