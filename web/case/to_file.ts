// From the cells under review to what case.json says of them.
import type { Settings } from '../differential/differential';
import type { Review, ReviewCell } from '../review/review';
import {
  type CaseFile,
  type FileCell,
  type FileModelAnswer,
  type FilePicture,
  type Instant,
  kCaseSchema,
} from './format';

/** What the file says beside the cells. */
export interface CaseFacts {
  readonly id: string;
  readonly createdMs: number;
  readonly savedMs: number;
  readonly keysPressed: number;
  readonly programVersion: string;
  readonly intendedUse: string;
  /** Names of pictures by their keys; empty unless the person chose to keep names. */
  readonly names: ReadonlyMap<string, string>;
  /** The archive's members with pictures, by the pictures' keys. */
  readonly files: ReadonlyMap<string, string>;
}

const kSha256 = /^[0-9a-f]{64}$/;

export function toInstant(ms: number): Instant {
  return new Date(ms).toISOString();
}

export function cropMember(cell: number): string {
  return `cells/${String(cell).padStart(4, '0')}.jpg`;
}

export function pictureMember(number: number, ending: string): string {
  return `pictures/${String(number).padStart(4, '0')}.${ending}`;
}

function toModelAnswer(review: Review, { model }: ReviewCell): FileModelAnswer | null {
  if (model === null) return null;
  const labels = review.models.get(model.model)?.labels ?? [];
  const shares = labels.map((label, at) => [label, model.probabilities[at] ?? 0] as const);
  return {
    model: model.model,
    class: model.label,
    verdict: model.verdict,
    probabilities: Object.fromEntries(shares),
    at: toInstant(model.atMs),
  };
}

function toCell(review: Review, cell: ReviewCell): FileCell {
  const { x, y, width, height } = cell.box;
  const { person } = cell;
  return {
    number: cell.id,
    picture: review.pictures.get(cell.picture)?.number ?? 0,
    box: [x, y, width, height],
    found_by: cell.source,
    model: toModelAnswer(review, cell),
    person: person === null ? null : { class: person.bin, at: toInstant(person.atMs) },
    crop: review.crops.has(cell.id) ? cropMember(cell.id) : null,
  };
}

function toPictures(review: Review, { names, files }: CaseFacts): FilePicture[] {
  return [...review.pictures.values()].map(({ key, number, width, height }) => {
    const name = names.get(key);
    const picture = {
      number,
      original_sha256: kSha256.test(key) ? key : null,
      file: files.get(key) ?? null,
      width,
      height,
    };
    return name === undefined ? picture : { ...picture, name };
  });
}

/** A cell that was added and then undone is in no file. */
export function toCaseFile(review: Review, settings: Settings, facts: CaseFacts): CaseFile {
  const cells = [...review.cells.values()].filter(({ isThere }) => isThere);
  return {
    schema: kCaseSchema,
    intended_use: facts.intendedUse,
    program: { name: 'LeukoLens', version: facts.programVersion },
    id: facts.id,
    created_at: toInstant(facts.createdMs),
    saved_at: toInstant(facts.savedMs),
    models: [...review.models.values()],
    own_classes: review.own.map(({ id, ownName, counting }) => ({
      id,
      name: ownName ?? id,
      counting,
    })),
    pictures: toPictures(review, facts),
    cells: cells.map((cell) => toCell(review, cell)),
    differential: {
      one_smear: settings.isOneSmear,
      white_count: settings.whiteCount,
      includes_erythroblasts: settings.includesErythroblasts,
      range: settings.range,
    },
    work: { keys_pressed: facts.keysPressed },
  };
}
