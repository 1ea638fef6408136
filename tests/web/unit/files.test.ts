import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesOfDrop, filesOfPicker } from '../../../web/input/files';

type Entry = FileSystemEntry;

function fileEntry(name: string): Entry {
  const file = (done: (file: File) => void): void => done(new File(['x'], name));
  return { isFile: true, isDirectory: false, name, fullPath: `/${name}`, file } as unknown as Entry;
}

/** Hands out at most a hundred entries at a time, as Chromium does. */
function folder(name: string, entries: Entry[]): Entry {
  const createReader = () => {
    let next = 0;
    return {
      readEntries(done: (some: Entry[]) => void) {
        done(entries.slice(next, (next += 100)));
      },
    };
  };
  return { isFile: false, isDirectory: true, name, createReader } as unknown as Entry;
}

function drop(...entries: Entry[]): DataTransfer {
  const items = entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry }));
  const text = { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null };
  return { items: [text, ...items] } as unknown as DataTransfer;
}

async function namesOf(transfer: DataTransfer): Promise<string[]> {
  const names: string[] = [];
  await filesOfDrop(transfer, (found) => names.push(...found.map(({ name }) => name)));
  return names;
}

for (const count of [100, 101, 1001]) {
  test(`a folder of ${count} files arrives complete`, async () => {
    const entries = Array.from({ length: count }, (_, index) => fileEntry(`${index}.png`));
    const names = await namesOf(drop(folder('smear', entries)));
    assert.equal(new Set(names).size, count);
  });
}

test('folders in folders are opened, sorted by number, hidden files left out', async () => {
  const inner = folder('b', [fileEntry('10.png'), fileEntry('9.png'), fileEntry('.DS_Store')]);
  const outer = folder('a', [inner, fileEntry('a.png')]);
  assert.deepEqual(await namesOf(drop(outer, fileEntry('z.png'))), [
    'a.png',
    '9.png',
    '10.png',
    'z.png',
  ]);
});

test('the first files of a large folder are handed over while it is still listed', async () => {
  const entries = Array.from({ length: 250 }, (_, index) => fileEntry(`${index}.png`));
  const sizes: number[] = [];
  await filesOfDrop(drop(folder('smear', entries)), (found) => sizes.push(found.length));
  assert.deepEqual(sizes, [100, 100, 50]);
});

test('a file or folder that can not be read is told in its place', async () => {
  const gone = {
    isFile: true,
    name: 'gone.png',
    file: (_: unknown, refuse: (error: Error) => void) =>
      refuse(new DOMException('', 'NotFoundError')),
  } as unknown as Entry;
  const found: unknown[] = [];
  await filesOfDrop(drop(folder('smear', [fileEntry('a.png'), gone])), (some) =>
    found.push(...some),
  );
  assert.equal(found.length, 2);
  assert.deepEqual(found[1], { name: 'gone.png', problem: 'NotFoundError' });
});

test('a picked folder comes in order and without what is hidden', () => {
  const paths = ['s/10.png', 's/9.png', 's/.DS_Store', 's/.git/1.png'];
  const files = paths.map((webkitRelativePath) => ({ webkitRelativePath }));
  const picked = filesOfPicker({ files } as unknown as HTMLInputElement);
  assert.deepEqual(
    picked.map((file) => file.webkitRelativePath),
    ['s/9.png', 's/10.png'],
  );
});
