// Pictures out of a drop, a paste or a folder. Nothing is chosen by name or MIME type: Firefox gives
// files of a dropped folder an empty type, and the core tells formats by their bytes.

import { withFolders } from './folders';

const collator = new Intl.Collator(undefined, { numeric: true });

function isHidden(name: string): boolean {
  return name.startsWith('.');
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** All entries of a folder: browsers hand out a hundred at a time, so it asks until none is left. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return entries;
    entries.push(...some);
  }
}

/** What could not be had, told in its place among the pictures. */
export interface Unread {
  readonly name: string;
  readonly problem: string;
}

export type Found = File | Unread;

function unread(name: string, error: unknown): Unread {
  return { name, problem: error instanceof Error ? error.name : String(error) };
}

async function* walk(entry: FileSystemEntry): AsyncGenerator<Found> {
  try {
    if (entry.isFile) {
      yield withFolders(await fileOf(entry as FileSystemFileEntry), entry.fullPath);
      return;
    }
    const inside = await entriesOf(entry as FileSystemDirectoryEntry);
    inside.sort((a, b) => collator.compare(a.name, b.name));
    for (const child of inside) {
      if (!isHidden(child.name)) yield* walk(child);
    }
  } catch (error) {
    yield unread(entry.name, error);
  }
}

// Few enough that the page shows them without a halt, and many enough to be done soon.
const kAtOnce = 100;

/**
 * Files of a drop, folders opened, sorted by name within a folder, hidden ones left out; handed over
 * in order, some at a time, so that the first are read while a large folder is still listed. The
 * transfer is only readable during its event, so this reads it before the first await.
 */
export async function filesOfDrop(
  transfer: DataTransfer,
  take: (found: readonly Found[]) => void,
): Promise<void> {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const sources = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  let some: Found[] = [];
  const add = (found: Found): void => {
    some.push(found);
    if (some.length < kAtOnce) return;
    take(some);
    some = [];
  };
  for (const source of sources) {
    if (source instanceof File) add(source);
    else if (source !== null) for await (const found of walk(source)) add(found);
  }
  if (some.length > 0) take(some);
}

/** Files that were picked: as listed, or of a folder in order and without the hidden ones. */
export function filesOfPicker({ files }: Pick<HTMLInputElement, 'files'>): File[] {
  const isShown = ({ webkitRelativePath: path }: File): boolean => !path.split('/').some(isHidden);
  return [...(files ?? [])]
    .filter(isShown)
    .sort((a, b) => collator.compare(a.webkitRelativePath, b.webkitRelativePath));
}

/** Files that a paste event carries. */
export function filesOfPaste(event: ClipboardEvent): File[] {
  return [...(event.clipboardData?.files ?? [])];
}

/** Pictures on the clipboard, after the browser has asked the person. */
export async function filesOfClipboard(name: string): Promise<File[]> {
  const files: File[] = [];
  for (const item of await navigator.clipboard.read()) {
    const type = item.types.find((candidate) => candidate.startsWith('image/'));
    if (type !== undefined) files.push(new File([await item.getType(type)], name, { type }));
  }
  return files;
}
