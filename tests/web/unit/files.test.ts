import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesOfDrop } from '../../../web/input/files';

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
  return (await filesOfDrop(transfer)).map(({ name }) => name);
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
