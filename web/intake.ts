// Files on their way to the engine: each becomes a picture that waits, a file with pages several.
// Keeps the files by the pictures' ids and follows what the state says of pause and end.
import type { Action } from './actions';
import type { Answer, Engine } from './engine';
import { text } from './i18n';
import type { Found } from './input/files';
import { foldersOf } from './input/folders';
import type { Preview, Source } from './messages';
import type { PictureKey } from './review/review';
import { isFinished, type Shown, type State } from './state';

export interface Intake {
  /** `keys`: of pictures out of a case, the keys that they have there. */
  add(found: readonly Found[], keys?: readonly PictureKey[]): void;
  /** The file behind a picture, while it is at hand. */
  sourceOf(id: number): Source | undefined;
  /** Raised when all pictures are cleared. */
  readonly signal: AbortSignal;
  /** To be told of every change of the state. */
  follow(before: State, after: State): void;
}

const kCardSidePx = 360;

export function toShown({ image, width, height }: Preview): Shown {
  return { url: URL.createObjectURL(image), width, height };
}

function keyOf(id: number, page: number, sha256: string | null): PictureKey {
  if (sha256 === null) return `picture ${id}`;
  return page === 0 ? sha256 : `${sha256} page ${page + 1}`;
}

export function createIntake(engine: Engine, dispatch: (action: Action) => void): Intake {
  const sources = new Map<number, Source>();
  let abort = new AbortController();
  /** Of pictures that came out of a case. */
  const keysOfCase = new Map<number, PictureKey>();
  let lastId = 0;

  function read(id: number, name: string, source: Source): void {
    sources.set(id, source);
    const request = { kind: 'read', id, ...source, previewSide: kCardSidePx } as const;
    engine.read(request, abort.signal, (answer) => answered(id, name, source, answer), {
      began: () => dispatch({ type: 'pictureBegan', id }),
    });
  }

  /** The first page was read: the others wait with their file's name. */
  function addPages(id: number, name: string, file: Blob, pages: number): void {
    const named = (page: number): string => text('picture.page', { name, page: String(page + 1) });
    const others = Array.from({ length: pages - 1 }, (_, index) => ({
      id: ++lastId,
      name: named(index + 1),
    }));
    dispatch({ type: 'pagesFound', id, name: named(0), others });
    others.forEach((other, index) => read(other.id, name, { file, page: index + 1 }));
  }

  function answered(id: number, name: string, { file, page }: Source, answer: Answer): void {
    if (answer.kind === 'boxRead') return;
    if (page === 0 && answer.pages > 1) addPages(id, name, file, answer.pages);
    if (answer.kind === 'failed') {
      dispatch({ type: 'pictureFailed', id, failure: answer.failure });
      return;
    }
    const { reading, crops, sha256 } = answer;
    const key = keysOfCase.get(id) ?? keyOf(id, page, sha256);
    const preview = toShown(answer.preview);
    dispatch({ type: 'pictureRead', id, reading, preview, key, crops, atMs: Date.now() });
  }

  function add(found: readonly Found[], keys: readonly PictureKey[] = []): void {
    const pictures = found.map((one) => ({ id: ++lastId, name: one.name, one }));
    for (const [at, key] of keys.entries()) keysOfCase.set(pictures[at]?.id ?? 0, key);
    const named = pictures.map(({ id, name, one }) =>
      one instanceof File ? { id, name, folders: foldersOf(one) } : { id, name },
    );
    dispatch({ type: 'picturesAdded', pictures: named, nowMs: performance.now() });
    for (const { id, name, one } of pictures) {
      if (one instanceof File) read(id, name, { file: one, page: 0 });
      else {
        const failure = { code: 'unreadable_file', what: one.problem } as const;
        dispatch({ type: 'pictureFailed', id, failure });
      }
    }
  }

  /** Previews and files of pictures that are no longer shown. */
  function forget(before: State, after: State): void {
    const kept = new Set(after.pictures.map(({ id }) => id));
    for (const { id, progress } of before.pictures) {
      if (kept.has(id)) continue;
      sources.delete(id);
      keysOfCase.delete(id);
      if (progress.kind === 'read') URL.revokeObjectURL(progress.preview.url);
    }
  }

  function follow(before: State, after: State): void {
    if (after.pictures.length === 0 && before.pictures.length > 0) {
      abort.abort();
      abort = new AbortController();
    }
    if (after.pictures.length < before.pictures.length) {
      if (before.pictures.some((picture) => !isFinished(picture))) engine.dropWaiting();
      forget(before, after);
    }
    engine.setPaused(after.batch !== null && after.batch.pausedMs !== null);
  }

  return {
    add,
    follow,
    sourceOf: (id) => sources.get(id),
    get signal() {
      return abort.signal;
    },
  };
}
