// The ZIP archive of a case file: members in, a Blob out, and back. Members are stored as they are,
// since pictures are compressed already; other programs may have packed them tighter.
import { unzipSync, Zip, ZipPassThrough } from 'fflate';
import { kCaseMember } from './format';

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** More than this can't be opened by a page. */
const kMaxBytes = 2 ** 31 - 1;
const kMaxCaseBytes = 2 ** 28;
/** Chunks are handed to the browser, which may lay them on the disk, in pieces of this size. */
const kPieceBytes = 2 ** 24;

/** case.json has to be the first member: by it the file is told. */
export async function pack(members: AsyncIterable<Member>, atMs: number): Promise<Blob> {
  const pieces: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let fault: Error | null = null;
  let waiting = 0;
  const zip = new Zip((error, chunk) => {
    if (error !== null) fault = error;
    // A copy, since a Blob takes no views of shared memory and the types can't tell.
    else chunks.push(new Uint8Array(chunk));
    waiting += chunk?.length ?? 0;
  });
  for await (const { name, bytes } of members) {
    const member = new ZipPassThrough(name);
    member.mtime = atMs;
    zip.add(member);
    member.push(bytes, true);
    if (waiting < kPieceBytes) continue;
    pieces.push(new Blob(chunks));
    [chunks, waiting] = [[], 0];
  }
  zip.end();
  if (fault !== null) throw fault as Error;
  return new Blob([...pieces, ...chunks], { type: 'application/zip' });
}

const kLocalHeader = [0x50, 0x4b, 3, 4];
const kNameAt = 30;

/** Told by its first bytes: an archive that begins with case.json. */
export async function isCaseFile(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, kNameAt + kCaseMember.length).arrayBuffer());
  const name = String.fromCharCode(...head.subarray(kNameAt));
  return kLocalHeader.every((byte, at) => head[at] === byte) && name === kCaseMember;
}

export interface Archive {
  readonly json: string;
  /** All members of a folder, by name. */
  folder(prefix: string): ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** One member, or null. */
  member(name: string): Uint8Array<ArrayBuffer> | null;
}

/** Throws where the file is no sound archive with a case. */
export async function unpack(file: Blob): Promise<Archive> {
  if (file.size > kMaxBytes) throw new Error(`${Math.ceil(file.size / 2 ** 20)} MiB`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const take = (wants: (name: string) => boolean): Record<string, Uint8Array<ArrayBuffer>> => {
    let left = kMaxBytes;
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!wants(name)) return false;
        left -= originalSize;
        if (left < 0) throw new Error(`${name}: too large`);
        return true;
      },
    }) as Record<string, Uint8Array<ArrayBuffer>>;
  };
  const json = take((name) => name === kCaseMember)[kCaseMember];
  if (json === undefined || json.length > kMaxCaseBytes) throw new Error(kCaseMember);
  return {
    json: new TextDecoder('utf-8', { fatal: true }).decode(json),
    folder: (prefix) => new Map(Object.entries(take((name) => name.startsWith(prefix)))),
    member: (wanted) => take((name) => name === wanted)[wanted] ?? null,
  };
}
