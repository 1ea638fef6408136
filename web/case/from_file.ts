// From case.json back to cells under review. What the schema can't say is checked here: numbers are
// given once, and every name leads to something.
import { kNoSettings, type Settings } from '../differential/differential';
import { kNoHistory } from '../review/history';
import {
  type CasePicture,
  kNoReview,
  type KnownModel,
  type ModelAnswer,
  type PictureKey,
  type Review,
  type ReviewCell,
} from '../review/review';
import type { CaseFile, FileCell, FileModelAnswer, FilePicture } from './format';

/** Why a file that fits the schema still is no case. */
export class CaseFault extends Error {
  override readonly name = 'CaseFault';
}

/** A picture without a hash is known by its number, in this case alone. */
export function keyOf(caseId: string, { original_sha256, number }: FilePicture): PictureKey {
  return original_sha256 ?? `picture ${number} of ${caseId}`;
}

function byNumber<Part extends { readonly number: number }>(
  parts: readonly Part[],
  what: string,
): Map<number, Part> {
  const found = new Map<number, Part>();
  for (const part of parts) {
    if (found.has(part.number)) throw new CaseFault(`${what} ${part.number} twice`);
    found.set(part.number, part);
  }
  return found;
}

function toModelAnswer(
  answer: FileModelAnswer | null,
  models: ReadonlyMap<string, KnownModel>,
  where: string,
): ModelAnswer | null {
  if (answer === null) return null;
  const labels = models.get(answer.model)?.labels;
  if (labels === undefined) throw new CaseFault(`${where}: unknown model`);
  if (!labels.includes(answer.class)) throw new CaseFault(`${where}: unknown class`);
  return {
    model: answer.model,
    label: answer.class,
    verdict: answer.verdict,
    probabilities: labels.map((label) => answer.probabilities[label] ?? 0),
    atMs: Date.parse(answer.at),
  };
}

interface Known {
  readonly caseId: string;
  readonly models: ReadonlyMap<string, KnownModel>;
  readonly pictures: ReadonlyMap<number, FilePicture>;
  readonly own: ReadonlySet<string>;
}

function toReviewCell(cell: FileCell, known: Known): ReviewCell {
  const { caseId, models, pictures, own } = known;
  const where = `cell ${cell.number}`;
  const picture = pictures.get(cell.picture);
  if (picture === undefined) throw new CaseFault(`${where}: unknown picture`);
  const { person } = cell;
  if (person !== null && person.class.startsWith('own:') && !own.has(person.class)) {
    throw new CaseFault(`${where}: unknown class`);
  }
  const [x, y, width, height] = cell.box;
  return {
    id: cell.number,
    picture: keyOf(caseId, picture),
    box: { x, y, width, height },
    source: cell.found_by,
    model: toModelAnswer(cell.model, models, where),
    person: person === null ? null : { bin: person.class, atMs: Date.parse(person.at) },
    isThere: true,
  };
}

/** The review without crops, which lie beside case.json. Throws a CaseFault. */
export function toReview(file: CaseFile): Review {
  const pictures = byNumber(file.pictures, 'picture');
  const numbered = byNumber(file.cells, 'cell');
  const models = new Map(file.models.map((model) => [model.sha256, model]));
  const own = file.own_classes.map(({ id, name, counting }) => ({ id, counting, ownName: name }));
  const known = { caseId: file.id, models, pictures, own: new Set(own.map(({ id }) => id)) };
  const inOrder = [...pictures.values()].sort((a, b) => a.number - b.number);
  const cells = [...numbered.values()].sort((a, b) => a.number - b.number);
  const toPicture = (one: FilePicture): [PictureKey, CasePicture] => {
    const { number, width, height } = one;
    const key = keyOf(file.id, one);
    return [key, { key, number, width, height }];
  };
  const byKey = new Map(inOrder.map(toPicture));
  if (byKey.size < inOrder.length) throw new CaseFault('a picture twice');
  return {
    ...kNoReview,
    models,
    own,
    pictures: byKey,
    cells: new Map(cells.map((cell) => [cell.number, toReviewCell(cell, known)])),
    history: kNoHistory,
  };
}

export function toSettings({ differential }: CaseFile): Settings {
  return {
    ...kNoSettings,
    isOneSmear: differential.one_smear,
    whiteCount: differential.white_count,
    includesErythroblasts: differential.includes_erythroblasts,
    range: differential.range,
  };
}
