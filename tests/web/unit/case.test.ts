import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isCaseFile, type Member, pack, unpack } from '../../../web/case/archive';
import { type CaseFile, kCaseMember } from '../../../web/case/format';
import { CaseFault, toReview, toSettings } from '../../../web/case/from_file';
import { merge } from '../../../web/case/merge';
import { parseCase } from '../../../web/case/parse';
import { strip } from '../../../web/case/strip';
import { type CaseFacts, toCaseFile } from '../../../web/case/to_file';
import { kNoSettings } from '../../../web/differential/differential';
import { reduceReview, type ReviewAction, withReading } from '../../../web/review/actions';
import { kNoReview, type Review } from '../../../web/review/review';
import { kModel, reading, sureCell } from './samples';

const kKeyA = 'a'.repeat(64);
const kKeyB = 'b'.repeat(64);

function after(review: Review, ...actions: ReviewAction[]): Review {
  return actions.reduce<Review>((now, action) => reduceReview(now, action), review);
}

function withPicture(review: Review, key: string, labels: readonly string[], x = 0): Review {
  const cells = labels.map((label, at) => {
    const box = { x: x + 100 * at, y: 7, width: 30.5, height: 40 };
    return { ...sureCell(label, 0.97), box };
  });
  const crops = labels.map(() => 'data:image/jpeg;base64,/9j/');
  return withReading(review, { key, reading: reading(...cells), crops, model: kModel, atMs: 5 });
}

function sample(): Review {
  const read = withPicture(kNoReview, kKeyA, ['neutrophil', 'lymphocyte', 'monocyte']);
  return after(
    read,
    { type: 'classAdded', name: 'hairy cell', counting: 'in_n' },
    { type: 'cellsFiled', ids: [1], bin: 'own:1', atMs: 1000 },
    { type: 'cellsFiled', ids: [2], bin: 'removed', atMs: 2000 },
    { type: 'cellAdded', picture: kKeyA, box: { x: -3, y: 1, width: 20, height: 20 } },
    { type: 'cellAdded', picture: kKeyA, box: { x: 50, y: 1, width: 20, height: 20 } },
    { type: 'undone' },
  );
}

const kFacts: CaseFacts = {
  id: '0b6cdd5e-58a5-4ac4-a3c0-0d7c0e2e0f11',
  createdMs: 0,
  savedMs: 86_400_000,
  keysPressed: 12,
  programVersion: '0.1.0',
  intendedUse: 'For education and research.',
  names: new Map(),
  files: new Map([[kKeyA, 'pictures/0001.png']]),
};

function file(review = sample(), facts = kFacts): CaseFile {
  return toCaseFile(review, { ...kNoSettings, isOneSmear: true, whiteCount: '7,2' }, facts);
}

/** What a case has to bring back. */
function told(review: Review): unknown {
  const there = [...review.cells.values()].filter(({ isThere }) => isThere);
  return [there, review.own, [...review.pictures], [...review.models]];
}

test('a case goes into its file and comes back with both answers, their times and hashes', () => {
  const words = JSON.stringify(file());
  const back = parseCase(words);
  assert.deepEqual(told(toReview(back)), told(sample()));
  assert.deepEqual(toSettings(back).whiteCount, '7,2');
  assert.equal(back.saved_at, '1970-01-02T00:00:00.000Z');
  assert.deepEqual(back.cells[0]?.model?.probabilities['neutrophil'], 0.97);
});

test('names of files are in the case only where the person chose them', () => {
  assert.ok(!JSON.stringify(file()).includes('"name":"smear'));
  const named = file(sample(), { ...kFacts, names: new Map([[kKeyA, 'smear 7.jpg']]) });
  assert.equal(named.pictures[0]?.name, 'smear 7.jpg');
});

/** A copy with the member at `path` changed, or left out if `value` is undefined. */
function changed(path: string, value: unknown): string {
  const copy = structuredClone(file()) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const place = keys.reduce((part, key) => part[key] as Record<string, unknown>, copy);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return JSON.stringify(copy);
}

test('what is no case is refused with the place of its fault', () => {
  const faults: [string, unknown, RegExp][] = [
    ['schema', 'leukolens-case/2', /schema/],
    ['intended_use', undefined, /intended_use/],
    ['id', 'case 7', /id/],
    ['saved_at', '2026-13-01T00:00:00Z', /saved_at/],
    ['models.0.sha256', 'F'.repeat(64), /sha256/],
    ['own_classes.0.id', 'blast', /own_classes\/0\/id/],
    ['pictures.0.file', '../secret.png', /pictures\/0\/file/],
    ['pictures.0.width', 0, /width/],
    ['cells.0.box', [1, 2, 0, 4], /box/],
    ['cells.0.person.at', 7, /person/],
    ['cells.0.model.probabilities', { neutrophil: 2 }, /model/],
    ['work.keys_pressed', -1, /keys_pressed/],
  ];
  for (const [path, value, words] of faults) {
    const broken = changed(path, value);
    assert.throws(
      () => parseCase(broken),
      (fault) => fault instanceof CaseFault && words.test(fault.message),
      path,
    );
  }
  assert.throws(() => parseCase('{'), CaseFault);
});

test('what fits the schema but leads nowhere is refused too', () => {
  const faults: [string, unknown][] = [
    ['cells.1.picture', 9],
    ['cells.1.number', 1],
    ['cells.0.person.class', 'own:7'],
    ['cells.0.model.model', 'e'.repeat(64)],
    ['cells.0.model.class', 'basophil'],
  ];
  for (const [path, value] of faults) {
    assert.throws(() => toReview(parseCase(changed(path, value))), CaseFault, path);
  }
});

test('members that a later program adds do not trouble a reader', () => {
  assert.ok(parseCase(changed('cells.0.stain', 'Wright')));
});

async function* members(...list: Member[]): AsyncGenerator<Member> {
  yield* list;
}

test('an archive gives back every member, and is told by its first bytes', async () => {
  const json = new TextEncoder().encode(JSON.stringify(file()));
  const picture = Uint8Array.from({ length: 70_000 }, (_, at) => (at * at) % 251);
  const blob = await pack(
    members({ name: kCaseMember, bytes: json }, { name: 'pictures/0001.png', bytes: picture }),
    Date.UTC(2026, 0, 2),
  );
  assert.ok(await isCaseFile(blob));
  assert.ok(!(await isCaseFile(new Blob(['PK\x03\x04 something else']))));
  const archive = await unpack(blob);
  assert.deepEqual(parseCase(archive.json).id, kFacts.id);
  assert.deepEqual(archive.member('pictures/0001.png'), picture);
  assert.equal(archive.member('pictures/0002.png'), null);
  assert.deepEqual([...archive.folder('pictures/').keys()], ['pictures/0001.png']);
  await assert.rejects(unpack(blob.slice(0, blob.size - 40)));
});

test('two reviews of one picture become one, the later answer kept and the differing counted', () => {
  const read = withPicture(kNoReview, kKeyA, ['neutrophil', 'lymphocyte', 'monocyte']);
  const ours = after(
    read,
    { type: 'cellsFiled', ids: [1], bin: 'monocyte', atMs: 100 },
    { type: 'cellsFiled', ids: [2], bin: 'lymphocyte', atMs: 300 },
  );
  const theirs = after(
    read,
    { type: 'cellsFiled', ids: [1], bin: 'neutrophil', atMs: 200 },
    { type: 'cellsFiled', ids: [2], bin: 'blast', atMs: 200 },
    { type: 'cellsAccepted', ids: [3], atMs: 200 },
  );
  const merged = merge(ours, theirs);
  const bins = [...merged.review.cells.values()].map(({ person }) => person?.bin);
  assert.deepEqual(bins, ['neutrophil', 'lymphocyte', 'monocyte']);
  const { pictures, cells, answers, differing } = merged;
  assert.deepEqual(
    { pictures, cells, answers, differing },
    {
      pictures: 0,
      cells: 0,
      answers: 2,
      differing: 2,
    },
  );
});

test('another picture, a cell added by hand and a class of their own come along', () => {
  const ours = after(withPicture(kNoReview, kKeyA, ['neutrophil']), {
    type: 'classAdded',
    name: 'plasma cell',
    counting: 'in_n',
  });
  const theirs = after(
    withPicture(withPicture(kNoReview, kKeyB, ['monocyte']), kKeyA, ['neutrophil']),
    { type: 'classAdded', name: 'hairy cell', counting: 'in_n' },
    { type: 'cellAdded', picture: kKeyA, box: { x: 9, y: 9, width: 9, height: 9 } },
    { type: 'cellsFiled', ids: [3], bin: 'own:1', atMs: 7 },
  );
  const { review, pictures, cells } = merge(ours, theirs);
  assert.deepEqual([pictures, cells], [1, 2]);
  assert.deepEqual(
    [...review.pictures.values()].map(({ number }) => number),
    [1, 2],
  );
  assert.deepEqual(
    review.own.map(({ ownName }) => ownName),
    ['plasma cell', 'hairy cell'],
  );
  const bins = [...review.cells.values()].map(({ person }) => person?.bin ?? null);
  assert.deepEqual(bins, [null, null, 'own:2']);
  assert.equal(merge(review, theirs).cells, 0);
});

function fixture(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join('tests/fixtures/pictures', name)));
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** A JPEG with EXIF that turns it, names a person and holds a comment, and bytes behind its end. */
function talkative(): Uint8Array {
  const jpeg = fixture('baseline.jpg');
  const entries = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const exif = [...Buffer.from('Exif\0\0'), 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, ...entries];
  const app1 = [...exif, ...Buffer.from('Jane Doe 1970')];
  const comment = [...Buffer.from('ward 7')];
  return Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe1, 0, app1.length + 2, ...app1],
    ...[0xff, 0xfe, 0, comment.length + 2, ...comment],
    ...jpeg.subarray(2),
    ...Buffer.from('thumbnail behind the end'),
  ]);
}

test('nothing of EXIF is kept but how the picture is turned', () => {
  const stripped = strip(talkative());
  assert.equal(stripped?.ending, 'jpg');
  const words = latin(stripped.bytes);
  for (const part of ['Jane', 'ward', 'thumbnail']) assert.ok(!words.includes(part), part);
  const plain = strip(fixture('baseline.jpg'));
  assert.ok(plain !== null);
  // The same picture, and 38 bytes that turn it.
  assert.equal(stripped.bytes.length, plain.bytes.length + 36);
  assert.ok(words.endsWith(latin(plain.bytes.subarray(2))));
});

test('progressive, grey and CMYK pictures keep what decoding needs', () => {
  for (const name of [
    'baseline.jpg',
    'progressive.jpg',
    'grey.jpg',
    'cmyk.jpg',
    'subsampled.jpg',
  ]) {
    const jpeg = fixture(name);
    const stripped = strip(jpeg);
    assert.ok(stripped !== null, name);
    const scans = (bytes: Uint8Array): number => latin(bytes).split('\xff\xda').length;
    assert.equal(scans(stripped.bytes), scans(jpeg), name);
    assert.equal(latin(stripped.bytes).includes('Adobe'), latin(jpeg).includes('Adobe'), name);
    assert.deepEqual(strip(stripped.bytes)?.bytes, stripped.bytes, name);
  }
});

test('a PNG loses its texts and keeps its pixels', () => {
  const png = fixture('palette.png');
  const text = Buffer.concat([
    Buffer.from([0, 0, 0, 15]),
    Buffer.from('tEXtAuthor\0Jane Doe'),
    Buffer.alloc(4),
  ]);
  const talking = Uint8Array.from([...png.subarray(0, 33), ...text, ...png.subarray(33)]);
  const stripped = strip(talking);
  assert.equal(stripped?.ending, 'png');
  assert.ok(!latin(stripped.bytes).includes('Jane'));
  assert.deepEqual(stripped.bytes, strip(png)?.bytes);
});

test('other formats and damaged pictures are not copied', () => {
  assert.equal(strip(fixture('frames.gif')), null);
  assert.equal(strip(fixture('baseline.jpg').subarray(0, 30)), null);
  assert.equal(strip(fixture('palette.png').subarray(0, 60)), null);
});
