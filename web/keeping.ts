// Keeps the case: begins it, saves it to its file and to the browser's copy after every action, opens
// and merges files, and brings the case back after a reload.
import type { Action } from './actions';
import { isUnsaved, type Notice } from './case/actions';
import { isCaseFile, type Member, pack, unpack } from './case/archive';
import {
  allMembers,
  cropMembers,
  membersOf,
  type KeptPictures,
  type Opened,
  type OpenedPicture,
  readCase,
  writeCase,
} from './case/contents';
import { Copy } from './case/copy';
import { CaseOnDisk } from './case/file';
import { type CaseLock, lockCase, lockedCases } from './case/lock';
import { merge } from './case/merge';
import { type KeptPicture, Pictures, type Sources } from './case/pictures';
import { type CaseRecord, type Part, Store } from './case/store';
import {
  caseOfTab,
  forgetAll,
  isHistoryOn,
  isWebOrigin,
  keepInTab,
  rememberHistory,
} from './case/tab';
import { text } from './i18n';
import type { Found } from './input/files';
import { kDefaultKeys } from './keys';
import { kNoHistory } from './review/history';
import type { PictureKey, Review } from './review/review';
import { pictureOf, type State } from './state';
import { kNoTally } from './tally/tally';

/** What the page does for the case. */
export interface KeepingPage extends Sources {
  dispatch(action: Action): void;
  state(): State;
  /** Reads pictures of a case again, to show them. */
  show(pictures: readonly OpenedPicture[]): void;
}

export interface Keeping {
  /** Brings back the case that this tab had before it was loaded again, or begins one. */
  start(): Promise<void>;
  update(action: Action, before: State, now: State): void;
  /** To its file; the first time the browser may ask where. */
  save(): Promise<void>;
  /** Takes case files out of files that were chosen, dropped or pasted; the rest is given back. */
  takeFrom(found: readonly Found[]): Promise<Found[]>;
  decide(what: 'merge' | 'replace' | 'drop'): void;
  openPast(id: string): void;
  switchHistory(isOn: boolean): void;
  wipe(): Promise<void>;
  /** Of the pictures, by their keys; empty unless the person chose to keep names. */
  names(): ReadonlyMap<PictureKey, string>;
}

/** Of the program; written by build.mjs. */
declare const kProgramVersion: string;

/** A copy that no tab has any more goes at the next visit, unless the history is on. */
const kOrphanMs = 3_600_000;
const kReloadPatienceMs = 2000;
/** The file is written anew not sooner than this many times the last writing's length. */
const kWritingShare = 5;

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** "case 2026-11-23 18.05.leukolens": no name of a person, patient or picture. */
function fileName(createdMs: number): string {
  const local = new Date(createdMs - new Date(createdMs).getTimezoneOffset() * 60_000);
  const words = local.toISOString().slice(0, 16).replace('T', ' ').replace(':', '.');
  return `${text('case.file_name')} ${words}.leukolens`;
}

function snapshotOf({ review, differential }: State) {
  return { cells: review.cells, own: review.own, settings: differential.settings };
}

/** Whether something changed that the copy or the file has to hold. */
function hasChanged(before: State, now: State): boolean {
  const [a, b] = [before, now];
  return (
    a.review.cells !== b.review.cells ||
    a.review.crops !== b.review.crops ||
    a.review.pictures !== b.review.pictures ||
    a.review.own !== b.review.own ||
    a.review.history !== b.review.history ||
    a.differential.settings !== b.differential.settings ||
    a.caseFile.keepsNames !== b.caseFile.keepsNames
  );
}

export function createKeeping(page: KeepingPage): Keeping {
  const { dispatch } = page;
  const pictures = new Pictures(page);
  const disk = new CaseOnDisk();
  let copy: Copy | null = null;
  let store: Store | null = null;
  let lock: CaseLock | null = null;
  let waiting: Opened | null = null;
  let names: ReadonlyMap<PictureKey, string> = new Map();
  let [isWriting, isDirty] = [false, false];

  function notice(one: Notice): void {
    dispatch({ type: 'caseNoticed', notice: one });
  }

  async function picturesNow({ review }: State): Promise<KeptPictures> {
    const found = new Map<PictureKey, KeptPicture>();
    for (const key of review.pictures.keys()) {
      const picture = await pictures.take(key);
      if (picture !== null) found.set(key, picture);
    }
    return found;
  }

  function namesNow(state: State): ReadonlyMap<PictureKey, string> {
    if (!state.caseFile.keepsNames) return new Map();
    const found = new Map(names);
    for (const key of state.review.pictures.keys()) {
      const picture = pictureOf(state, key);
      if (picture !== null) found.set(key, picture.name);
    }
    return found;
  }

  function wordsOf(state: State, kept: KeptPictures): string {
    const { review, differential, caseFile } = state;
    const { id, createdMs, keysPressed } = caseFile;
    const programVersion = kProgramVersion;
    const intendedUse = text('case.intended_use');
    const facts = { id, createdMs, keysPressed, programVersion, intendedUse };
    const more = { savedMs: Date.now(), names: namesNow(state) };
    return writeCase(review, differential.settings, { ...facts, ...more }, kept);
  }

  /** Writes the file anew with what is newest now. */
  async function writeFile(): Promise<void> {
    if (isWriting) {
      isDirty = true;
      return;
    }
    [isWriting, isDirty] = [true, false];
    dispatch({ type: 'caseSaving' });
    const began = performance.now();
    const state = page.state();
    const of = snapshotOf(state);
    try {
      const kept = await picturesNow(state);
      const members = allMembers(wordsOf(state, kept), state.review, kept);
      const blob = await pack(members, Date.now());
      const name = await disk.write(fileName(state.caseFile.createdMs), blob);
      dispatch({ type: 'caseSaved', file: { name, atMs: Date.now(), of } });
    } catch (error) {
      disk.forget();
      notice({ kind: 'not_saved', what: message(error) });
    }
    const restMs = disk.isHeld ? kWritingShare * (performance.now() - began) : 0;
    setTimeout(() => {
      isWriting = false;
      if (isDirty) void writeFile();
    }, restMs);
  }

  async function save(): Promise<void> {
    if (await disk.choose(fileName(page.state().caseFile.createdMs))) await writeFile();
  }

  /** What the browser's copy is to hold now. */
  async function taking(known: ReadonlySet<string>) {
    const state = page.state();
    if (state.review.pictures.size === 0) return null;
    const kept = await picturesNow(state);
    const parts: Part[] = cropMembers(state.review, known).map(({ name, bytes }: Member) => ({
      name,
      blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    }));
    const json = wordsOf(state, kept);
    for (const { name, blob } of newPictures(state.review, kept, known)) parts.push({ name, blob });
    const { id } = state.caseFile;
    const { history, cells } = state.review;
    const record: CaseRecord = { id, touchedMs: Date.now(), cells: cells.size, json, history };
    return { record, parts };
  }

  function stored(storage: State['caseFile']['storage']): void {
    const before = page.state().caseFile.storage;
    // Said until the case is safe in a file.
    if (before !== 'lost') dispatch({ type: 'caseStored', storage });
    if (storage === 'lost' && before !== 'lost') notice({ kind: 'storage_lost' });
  }

  async function own(id: string, patienceMs: number): Promise<boolean> {
    const next = await lockCase(id, patienceMs);
    if (next === null) return false;
    lock?.release();
    lock = next;
    keepInTab(id);
    return true;
  }

  async function begin(): Promise<void> {
    const id = crypto.randomUUID();
    disk.forget();
    pictures.forget();
    names = new Map();
    copy?.begin(null, []);
    // At once: a reload right now must not bring back the case that was cleared.
    keepInTab(id);
    dispatch({ type: 'caseBegan', id, createdMs: Date.now() });
    await own(id, 0);
  }

  function show(
    { opened, pictures: found, names: known }: Opened,
    file: { name: string; atMs: number } | null,
    said: Notice,
  ): void {
    disk.forget();
    pictures.forget();
    for (const picture of found) pictures.put(picture.key, picture);
    names = known;
    dispatch({ type: 'caseOpened', opened, file, notice: said });
    if (known.size > 0) dispatch({ type: 'namesSwitched', areKept: true });
    page.show(found);
  }

  /** Puts a case in the place of the one that is here. */
  async function replaceBy(found: Opened, name: string): Promise<void> {
    if (!(await own(found.opened.id, 0))) return notice({ kind: 'other_tab' });
    copy?.begin(null, []);
    show(found, { name, atMs: Date.now() }, { kind: 'opened', name });
  }

  function mergeWith(found: Opened, name: string): void {
    const { review, ids: _, ...counts } = merge(page.state().review, found.opened.review);
    const isNew = ({ key }: OpenedPicture): boolean => !page.state().review.pictures.has(key);
    const added = found.pictures.filter(isNew);
    for (const picture of added) pictures.put(picture.key, picture);
    names = new Map([...found.names, ...names]);
    dispatch({ type: 'caseMerged', review, notice: { kind: 'merged', name, ...counts } });
    page.show(added.map((one) => renumbered(one, review)));
  }

  async function openFile(file: File): Promise<void> {
    let found: Opened;
    try {
      const archive = await unpack(file);
      found = await readCase({
        json: archive.json,
        crops: async () => archive.folder('cells/'),
        picture: async (name) => {
          const bytes = archive.member(name);
          return bytes === null ? null : new Blob([bytes]);
        },
      });
    } catch (error) {
      return notice({ kind: 'no_case', name: file.name, what: message(error) });
    }
    if (page.state().review.cells.size === 0) return replaceBy(found, file.name);
    waiting = found;
    const { pictures: all, cells } = found.opened.review;
    const sizes = { pictures: all.size, cells: cells.size };
    dispatch({ type: 'caseFound', waiting: { name: file.name, ...sizes } });
  }

  async function restore(id: string): Promise<boolean> {
    const record = await store?.get(id);
    if (store === null || record === null || record === undefined) return false;
    if (!(await own(id, kReloadPatienceMs))) {
      notice({ kind: 'other_tab' });
      return false;
    }
    const parts = await store.parts(id);
    const found = await readCase({
      json: record.json,
      crops: () => bytesOf(parts, 'cells/'),
      picture: async (name) => parts.get(name) ?? null,
    });
    const history = (record.history as Review['history'] | undefined) ?? kNoHistory;
    const review = { ...found.opened.review, history };
    copy?.begin(id, parts.keys());
    show({ ...found, opened: { ...found.opened, review } }, null, { kind: 'restored' });
    return true;
  }

  async function listPast(): Promise<void> {
    const all = (await store?.list()) ?? [];
    const here = page.state().caseFile.id;
    const past = all.filter(({ id }) => id !== here).sort((a, b) => b.touchedMs - a.touchedMs);
    const listed = past.map(({ id, touchedMs, cells }) => ({ id, touchedMs, cells }));
    dispatch({ type: 'historyListed', past: listed });
  }

  /** Copies that no tab has any more. */
  async function removeOrphans(): Promise<void> {
    if (store === null || page.state().caseFile.history === 'on') return;
    const locked = await lockedCases();
    for (const { id, touchedMs } of await store.list()) {
      const isOld = Date.now() - touchedMs > kOrphanMs;
      if (!locked.has(id) && isOld) await store.remove(id);
    }
  }

  async function start(): Promise<void> {
    store = isWebOrigin() ? await Store.open() : null;
    if (store !== null) {
      const events = { kept: () => stored('kept'), lost: () => stored('lost') };
      copy = new Copy(store, taking, events);
      dispatch({ type: 'historySwitched', history: isHistoryOn() ? 'on' : 'off' });
    }
    const id = caseOfTab();
    const isBack = id !== null && (await restore(id).catch(() => false));
    if (!isBack) await begin();
    await removeOrphans().catch(() => undefined);
    if (isHistoryOn()) await listPast();
  }

  async function wipe(): Promise<void> {
    dispatch({ type: 'cleared' });
    dispatch({ type: 'tallyRestored', tally: kNoTally });
    dispatch({ type: 'keysLoaded', keys: kDefaultKeys });
    dispatch({ type: 'templateChanged', template: '' });
    dispatch({ type: 'pinSwitched', isPinned: false });
    await store?.wipe();
    forgetAll();
    dispatch({ type: 'historyListed', past: [] });
    dispatch({ type: 'historySwitched', history: store === null ? 'unavailable' : 'off' });
    notice({ kind: 'wiped' });
  }

  async function takeFrom(found: readonly Found[]): Promise<Found[]> {
    const rest: Found[] = [];
    for (const one of found) {
      const isCase = one instanceof File && (await isCaseFile(one).catch(() => false));
      if (isCase) await openFile(one);
      else rest.push(one);
    }
    return rest;
  }

  function decide(what: 'merge' | 'replace' | 'drop'): void {
    const name = page.state().caseFile.waiting?.name ?? '';
    const found = waiting;
    waiting = null;
    dispatch({ type: 'caseFound', waiting: null });
    if (found === null || what === 'drop') return;
    if (what === 'merge') mergeWith(found, name);
    else void replaceBy(found, name);
  }

  function update(action: Action, before: State, now: State): void {
    if (action.type === 'cleared') void begin();
    if (!hasChanged(before, now)) return;
    void copy?.write();
    const isOpened = action.type === 'caseOpened' || action.type === 'caseBegan';
    if (!isOpened && disk.isHeld && isUnsaved(now.caseFile, snapshotOf(now))) void writeFile();
  }

  window.addEventListener('beforeunload', (event) => {
    const state = page.state();
    const isSafe = state.caseFile.storage === 'kept';
    if (!isSafe && isUnsaved(state.caseFile, snapshotOf(state))) event.preventDefault();
  });

  return {
    start,
    update,
    save,
    takeFrom,
    decide,
    wipe,
    openPast: (id) => void restore(id),
    switchHistory(isOn) {
      rememberHistory(isOn);
      dispatch({ type: 'historySwitched', history: isOn ? 'on' : 'off' });
      void (isOn ? listPast() : removeOrphans());
    },
    names: () => namesNow(page.state()),
  };
}

/** Pictures that the copy has not got yet, by their members' names. */
function newPictures(review: Review, kept: KeptPictures, known: ReadonlySet<string>): Part[] {
  const members = [...membersOf(review, kept)].filter(([, name]) => !known.has(name));
  return members.flatMap(([key, name]) => {
    const picture = kept.get(key);
    return picture === undefined ? [] : [{ name, blob: picture.blob }];
  });
}

function renumbered(picture: OpenedPicture, { pictures }: Review): OpenedPicture {
  return { ...picture, number: pictures.get(picture.key)?.number ?? picture.number };
}

async function bytesOf(
  parts: ReadonlyMap<string, Blob>,
  folder: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const [name, blob] of parts) {
    if (name.startsWith(folder)) found.set(name, new Uint8Array(await blob.arrayBuffer()));
  }
  return found;
}
