// A case and its members: what goes into an archive or the browser's storage, and back out of them.
import type { Settings } from '../differential/differential';
import type { CellId, PictureKey, Review } from '../review/review';
import type { OpenedCase } from './actions';
import type { Member } from './archive';
import { kCaseMember } from './format';
import { keyOf, toReview, toSettings } from './from_file';
import { parseCase } from './parse';
import type { KeptPicture } from './pictures';
import { type CaseFacts, cropMember, pictureMember, toCaseFile } from './to_file';

const kCropAddress = 'data:image/jpeg;base64,';

function cropBytes(address: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(address.slice(kCropAddress.length)), (one) => one.charCodeAt(0));
}

function cropAddress(bytes: Uint8Array): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return kCropAddress + btoa(letters);
}

export type KeptPictures = ReadonlyMap<PictureKey, KeptPicture>;

/** The archive's members with the pictures at hand, by the pictures' keys. */
export function membersOf(review: Review, pictures: KeptPictures): Map<PictureKey, string> {
  const members = new Map<PictureKey, string>();
  for (const { key, number } of review.pictures.values()) {
    const picture = pictures.get(key);
    if (picture !== undefined) members.set(key, pictureMember(number, picture.ending));
  }
  return members;
}

export function writeCase(
  review: Review,
  settings: Settings,
  facts: Omit<CaseFacts, 'files'>,
  pictures: KeptPictures,
): string {
  const files = membersOf(review, pictures);
  return JSON.stringify(toCaseFile(review, settings, { ...facts, files }), null, 1);
}

export function cropMembers(review: Review, known: ReadonlySet<string> = new Set()): Member[] {
  const isWanted = (id: CellId): boolean =>
    review.cells.get(id)?.isThere === true && !known.has(cropMember(id));
  const crops = [...review.crops].filter(([id]) => isWanted(id));
  return crops.map(([id, address]) => ({ name: cropMember(id), bytes: cropBytes(address) }));
}

/** Everything in its order: case.json first, by which the file is told. */
export async function* allMembers(
  json: string,
  review: Review,
  pictures: KeptPictures,
): AsyncGenerator<Member> {
  yield { name: kCaseMember, bytes: new TextEncoder().encode(json) };
  for (const [key, name] of membersOf(review, pictures)) {
    const buffer = await pictures.get(key)?.blob.arrayBuffer();
    if (buffer !== undefined) yield { name, bytes: new Uint8Array(buffer) };
  }
  yield* cropMembers(review);
}

/** A picture that lies in the case, to be shown again. */
export interface OpenedPicture extends KeptPicture {
  readonly key: PictureKey;
  readonly number: number;
  /** null where names were not kept. */
  readonly name: string | null;
}

export interface Opened {
  readonly opened: OpenedCase;
  readonly pictures: readonly OpenedPicture[];
  /** Names of pictures, if the person had chosen to keep them. */
  readonly names: ReadonlyMap<PictureKey, string>;
}

/** Where members come from: an archive, or the browser's storage. */
export interface MemberSource {
  readonly json: string;
  crops(): Promise<ReadonlyMap<string, Uint8Array>>;
  picture(name: string): Promise<Blob | null>;
}

/** Throws a CaseFault where the words are no case. */
export async function readCase(source: MemberSource): Promise<Opened> {
  const file = parseCase(source.json);
  const review = toReview(file);
  const members = await source.crops();
  const crops = new Map<CellId, string>();
  for (const { number, crop } of file.cells) {
    const bytes = crop === null ? undefined : members.get(crop);
    if (bytes !== undefined) crops.set(number, cropAddress(bytes));
  }
  const pictures: OpenedPicture[] = [];
  const names = new Map<PictureKey, string>();
  for (const picture of file.pictures) {
    const key = keyOf(file.id, picture);
    if (picture.name !== undefined) names.set(key, picture.name);
    const blob = picture.file === null ? null : await source.picture(picture.file);
    if (blob === null) continue;
    const ending = picture.file?.split('.').pop() ?? '';
    pictures.push({ key, blob, ending, number: picture.number, name: picture.name ?? null });
  }
  const opened: OpenedCase = {
    id: file.id,
    createdMs: Date.parse(file.created_at),
    keysPressed: file.work.keys_pressed,
    review: { ...review, crops },
    settings: toSettings(file),
  };
  return { opened, pictures, names };
}
