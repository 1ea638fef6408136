// A row for each cell: where it is, what the model said, what the person said. Pictures go by their
// numbers; names of files are told only if the person chose to keep them.
import { binOf, type PictureKey, type Review, type ReviewCell } from '../review/review';
import { binsOf } from '../review/groups';
import type { Field } from './csv';
import { modelsWords, type Provenance } from './provenance';

export interface CellTable {
  /** By the pictures' keys; empty unless names are kept. */
  readonly names: ReadonlyMap<PictureKey, string>;
  readonly from: Provenance;
}

const kSha256 = /^[0-9a-f]{64}$/;

function instant(ms: number | undefined): Field {
  return ms === undefined ? null : new Date(ms).toISOString();
}

/** Of all models in this case, in order of their first meeting. */
function labelsOf({ models }: Review): readonly string[] {
  return [...new Set([...models.values()].flatMap(({ labels }) => labels))];
}

function headOf(labels: readonly string[], hasNames: boolean): Field[] {
  const picture = hasNames ? ['picture', 'name'] : ['picture'];
  const model = ['model_class', 'model_verdict', ...labels.map((label) => `p_${label}`)];
  const person = ['model_time', 'person_class', 'person_time', 'class', 'counting'];
  const box = ['picture_sha256', 'cell', 'x', 'y', 'width', 'height', 'found_by'];
  return [...picture, ...box, ...model, ...person, 'models', 'program', 'intended_use'];
}

function shares(review: Review, { model }: ReviewCell, labels: readonly string[]): Field[] {
  const known = model === null ? undefined : review.models.get(model.model)?.labels;
  const share = (label: string): Field => model?.probabilities[known?.indexOf(label) ?? -1] ?? null;
  return labels.map((label) => share(label));
}

/** The header and a row for each cell that is there. */
export function cellRows(review: Review, { names, from }: CellTable): Field[][] {
  const labels = labelsOf(review);
  const bins = new Map(binsOf(review).map((bin) => [bin.id, bin]));
  const nameOf = (id: string): string => bins.get(id)?.ownName ?? id;
  const tail: Field[] = [modelsWords(from), from.program, from.intendedUse];
  const row = (cell: ReviewCell): Field[] => {
    const { box, model, person, picture } = cell;
    const number = review.pictures.get(picture)?.number ?? null;
    return [
      number,
      ...(names.size > 0 ? [names.get(picture) ?? null] : []),
      kSha256.test(picture) ? picture : null,
      cell.id,
      ...[box.x, box.y, box.width, box.height],
      cell.source,
      model?.label ?? null,
      model?.verdict ?? null,
      ...shares(review, cell, labels),
      instant(model?.atMs),
      person === null ? null : nameOf(person.bin),
      instant(person?.atMs),
      nameOf(binOf(cell)),
      bins.get(binOf(cell))?.counting ?? null,
      ...tail,
    ];
  };
  const there = [...review.cells.values()].filter(({ isThere }) => isThere);
  return [headOf(labels, names.size > 0), ...there.map(row)];
}
