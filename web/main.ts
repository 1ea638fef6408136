// The page: events become actions, actions the next state, the state is shown.
import { loadAbout } from './about/load';
import { type Action, reduce } from './actions';
import { createBack } from './back';
import { isCaseFile } from './case/archive';
import { commandsOf } from './commands';
import { type Answer, Engine } from './engine';
import { createEvaluating } from './evaluating';
import { text } from './i18n';
import {
  filesOfClipboard,
  filesOfDrop,
  filesOfPaste,
  filesOfPicker,
  type Found,
} from './input/files';
import { actionOfKey } from './input/keyboard';
import { strokesOfLayout } from './input/layout';
import { createIntake, toShown } from './intake';
import { createKeeping } from './keeping';
import { firstLanguage, speak } from './language';
import { createLive } from './live';
import type { Source } from './messages';
import { type Offline, startOffline } from './offline';
import { takeEvaluation, takeOut } from './outlet';
import { openWorker, partBlob } from './parts';
import { tryInWorker } from './privacy/from_worker';
import { putAwayCalls } from './privacy/put_away';
import { runSelfTest } from './privacy/self_test';
import { openQuiz } from './quiz/open';
import { shuffled } from './quiz/quiz';
import { createReckoner } from './reckoner';
import { createReckoning } from './reckoning';
import { binsOf } from './review/groups';
import type { PictureKey } from './review/review';
import {
  loadKeys,
  loadLanguage,
  loadPin,
  loadTemplate,
  saveKeys,
  saveLanguage,
  savePin,
  saveTemplate,
} from './settings';
import { kRooms, kStart, pictureOf, type Room, shownLarge, type State } from './state';
import { loadTally, saveTally } from './tally/keep';
import { createTones } from './tally/tones';
import { createPage } from './views/page';
import type { Door, Sample, View } from './views/view';

/** Written by build.mjs from the drawings in samples/. */
declare const kSamples: readonly Sample[];

const kCloseUpSidePx = 1600;
/** No picture is larger. */
const kWholeSidePx = 2 ** 16;
// Without HEIC, so that iOS hands over a JPEG instead; dropped files are judged by their bytes only.
const kAccept =
  'image/jpeg,image/png,image/tiff,image/webp,image/avif,image/bmp,image/gif,.tif,.tiff,.pnm,.ppm,.pgm';

let state: State = kStart;
let isShowing = false;
let shownRoom: Room = state.room;
const reckoner = createReckoner();
const reckoning = createReckoning(reckoner, dispatch, () => state);
const evaluating = createEvaluating(reckoner, dispatch, () => state);
const back = createBack(dispatch, () => state);
const tones = createTones();

function show(): void {
  isShowing = false;
  // A room begins at its top, wherever the one before it was left, or where its cursor takes it.
  if (state.room !== shownRoom) scrollTo({ top: 0, behavior: 'instant' });
  shownRoom = state.room;
  page.update(state);
}

function dispatch(action: Action): void {
  const before = state;
  state = reduce(state, action);
  // Asks for a deed, not for another state.
  if (action.type === 'caseSaveAsked') void keeping.save();
  if (state === before) return;
  intake.follow(before, state);
  if (before.closeUp !== null && before.closeUp !== state.closeUp) {
    URL.revokeObjectURL(before.closeUp.url);
  }
  if (shownLarge(state)?.id !== shownLarge(before)?.id) makeCloseUp();
  if (action.type === 'cellAdded') askAboutAdded();
  if (before.keys !== state.keys) saveKeys(state.keys);
  if (before.isPinned !== state.isPinned) savePin(state.isPinned);
  if (before.language !== state.language) changeLanguage();
  if (before.template !== state.template) saveTemplate(state.template);
  if (before.tally !== state.tally) {
    saveTally(state.tally);
    if (action.type !== 'tallyRestored')
      tones.update(before.tally, state.tally, binsOf(state.review));
  }
  back.update(before, state);
  live.update(before, state);
  if (state.room === 'about' && before.room !== 'about') askAboutCards();
  reckoning.update(before, state);
  evaluating.update(before, state);
  keeping.update(action, before, state);
  if (isShowing) return;
  isShowing = true;
  // Not requestAnimationFrame: a page in the background goes on and tells when it is finished.
  setTimeout(show);
}

/** Once, and again after it failed. */
function askAboutCards(): void {
  const { about } = state.about;
  if (about !== null && typeof about !== 'string') return;
  void loadAbout(partBlob).then((loaded) => dispatch({ type: 'aboutLoaded', about: loaded }));
}

/** Asks the engine about a cell that was added by hand; the box is kept also without an answer. */
function askAboutAdded(): void {
  const { cursor, cells } = state.review;
  const cell = cursor === null ? undefined : cells.get(cursor);
  const picture = cell === undefined ? null : pictureOf(state, cell.picture);
  const source = picture === null ? undefined : intake.sourceOf(picture.id);
  if (cell === undefined || picture === null || source === undefined) return;
  const { id, box } = cell;
  engine.read(
    { kind: 'box', id: picture.id, ...source, box },
    intake.signal,
    (answer) => {
      if (answer.kind !== 'boxRead' || state.engine.kind !== 'ready') return;
      const { label, verdict, probabilities } = answer.cell;
      const model = state.engine.identity.model.sha256;
      const given = { model, label, verdict, probabilities, atMs: Date.now() };
      dispatch({ type: 'cellAnswered', id, answer: given, crop: answer.crop });
    },
    { isUrgent: true },
  );
}

/** Reads the picture that is shown large once more for a finer preview, where the one of its card is coarser. */
function makeCloseUp(): void {
  const picture = shownLarge(state);
  const source = picture === null ? undefined : intake.sourceOf(picture.id);
  if (picture === null || picture.progress.kind !== 'read' || source === undefined) return;
  const { reading, preview } = picture.progress;
  if (preview.width >= reading.width && preview.height >= reading.height) return;
  const { id } = picture;
  engine.read(
    { kind: 'read', id, ...source, previewSide: kCloseUpSidePx },
    intake.signal,
    (answer) => {
      if (answer.kind !== 'read' || shownLarge(state)?.id !== id) return;
      dispatch({ type: 'closeUpMade', id, preview: toShown(answer.preview) });
    },
    { isUrgent: true },
  );
}

const engine = new Engine(openWorker, {
  ready: (identity) => dispatch({ type: 'engineReady', identity }),
  unavailable: (reason, what) => dispatch({ type: 'engineUnavailable', reason, what }),
});

const intake = createIntake(engine, dispatch);

const live = createLive({ engine, dispatch, add: (file) => intake.add([file]) });

function sourceOf(key: PictureKey): { id: number; source: Source } | null {
  const id = pictureOf(state, key)?.id;
  const source = id === undefined ? undefined : intake.sourceOf(id);
  return id === undefined || source === undefined ? null : { id, source };
}

/** The whole picture as the engine read it. */
function pixelsOf(key: PictureKey): Promise<Blob | null> {
  const found = sourceOf(key);
  if (found === null) return Promise.resolve(null);
  const { id, source } = found;
  const { signal } = intake;
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null));
    const request = { kind: 'read', id, ...source, previewSide: kWholeSidePx } as const;
    const answered = (answer: Answer): void =>
      resolve(answer.kind === 'read' ? answer.preview.image : null);
    engine.read(request, signal, answered, { isUrgent: true });
  });
}

const keeping = createKeeping({
  dispatch,
  state: () => state,
  fileOf: (key) => sourceOf(key)?.source.file ?? null,
  pixelsOf,
  show(pictures) {
    const nameOf = (number: number): string =>
      text('case.picture_name', { number: String(number) });
    const named = pictures.map(
      ({ blob, name, number }) => new File([blob], name ?? nameOf(number), { type: blob.type }),
    );
    intake.add(
      named,
      pictures.map(({ key }) => key),
    );
  },
});

function askAbout(file: Blob): void {
  dispatch({ type: 'quizOpening' });
  void openQuiz(file, Math.random).then(dispatch);
}

/**
 * Case files are opened, everything else is read as a picture. In the quiz a case is asked about
 * instead: opened, it would show its answers.
 */
async function takeIn(found: readonly Found[]): Promise<void> {
  const [first] = found;
  if (state.room === 'quiz' && first instanceof File && (await isCaseFile(first))) {
    return askAbout(first);
  }
  intake.add(await keeping.takeFrom(found));
}

/** One after the other, so that the parts of a large folder keep their order. */
let taking = Promise.resolve();
function take(found: readonly Found[]): void {
  taking = taking.then(() => takeIn(found)).catch(reportError);
}

function createPicker(prepare: (input: HTMLInputElement) => void): HTMLInputElement {
  const picker = document.createElement('input');
  picker.type = 'file';
  picker.multiple = true;
  prepare(picker);
  picker.addEventListener('change', () => {
    take(filesOfPicker(picker));
    picker.value = '';
  });
  return picker;
}
const picker = createPicker((input) => (input.accept = kAccept));
const folderPicker = createPicker((input) => (input.webkitdirectory = true));

const casePicker = document.createElement('input');
casePicker.type = 'file';
casePicker.accept = '.leukolens';
casePicker.addEventListener('change', () => {
  take([...(casePicker.files ?? [])]);
  casePicker.value = '';
});

function command(name: string): void {
  const called = commandsOf(state).find((one) => one.name === name);
  const action = called?.action(state, Date.now()) ?? null;
  if (action !== null) dispatch(action);
}

async function pasteFromClipboard(): Promise<void> {
  // Refused by the person or empty: the page says the same.
  const pasted = await filesOfClipboard(text('start.pasted_name')).catch(() => []);
  if (pasted.length === 0) dispatch({ type: 'pasteWasEmpty' });
  else intake.add(pasted);
}

async function addSample(sample: Sample): Promise<void> {
  const name = sample.path.slice(sample.path.lastIndexOf('/') + 1);
  intake.add([new File([await partBlob(sample.path)], name)]);
}

const quizPicker = document.createElement('input');
quizPicker.type = 'file';
quizPicker.accept = '.leukolens';
quizPicker.addEventListener('change', () => {
  const [file] = quizPicker.files ?? [];
  quizPicker.value = '';
  if (file !== undefined) askAbout(file);
});

async function testPrivacy(address: string): Promise<void> {
  dispatch({ type: 'selfTestBegan', address });
  await runSelfTest(address, {
    inWorker: (where) => tryInWorker(openWorker, where),
    told: (result) => dispatch({ type: 'selfTestTold', result }),
  });
  dispatch({ type: 'selfTestEnded' });
}

const door: Door = {
  dispatch,
  command,
  chooseFiles: () => picker.click(),
  chooseFolder: () => folderPicker.click(),
  pasteFromClipboard: () => void pasteFromClipboard(),
  camera: live,
  addSample: (sample) => void addSample(sample),
  keeping,
  chooseCase: () => casePicker.click(),
  chooseQuiz: () => quizPicker.click(),
  beginQuiz(questions, choices) {
    dispatch({ type: 'quizBegan', questions: shuffled(questions, Math.random), choices });
  },
  takeOut: (what) =>
    takeOut(what, { state: () => state, reckoning, names: keeping.names, pixelsOf }),
  takeEvaluation: (what, isForExcel) => takeEvaluation(what, isForExcel, state, keeping.names()),
  retryEngine() {
    dispatch({ type: 'engineLoading' });
    engine.start();
  },
  useUpdate: () => offline?.useUpdate(),
  testPrivacy: (address) => void testPrivacy(address),
};

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** The address names the room; a name it doesn't know leaves the person where they are. */
function openRoom(hash: string): void {
  const room = kRooms.find((name): name is Room => `#${name}` === hash);
  if (room !== undefined) dispatch({ type: 'roomOpened', room });
}

function listen(): void {
  window.addEventListener('hashchange', () => {
    openRoom(location.hash);
  });
  // The browser changes the address some time after the click; a key pressed meanwhile is meant for
  // the new room.
  document.addEventListener('click', (event) => {
    const opensElsewhere =
      event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented;
    if (opensElsewhere || !(event.target instanceof Element)) return;
    openRoom(event.target.closest('a')?.getAttribute('href') ?? '');
  });
  document.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    dispatch({ type: 'dragChanged', isDragging: true });
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) dispatch({ type: 'dragChanged', isDragging: false });
  });
  document.addEventListener('drop', (event) => {
    if (!holdsFiles(event) || event.dataTransfer === null) return;
    event.preventDefault();
    dispatch({ type: 'dragChanged', isDragging: false });
    void filesOfDrop(event.dataTransfer, take);
  });
  document.addEventListener('paste', (event) => {
    const pasted = filesOfPaste(event);
    if (pasted.length > 0) take(pasted);
    else dispatch({ type: 'pasteWasEmpty' });
  });
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    dispatch({ type: 'strokeSeen', stroke: event });
    const action = actionOfKey(state, event, Date.now());
    if (action === null) return;
    event.preventDefault();
    dispatch(action);
  });
}

let page: View;
/** Words stand in views that are made once, so all are made anew. */
function openIn(language: string): void {
  speak(language);
  page = createPage(door, kSamples);
  document.body.replaceChildren(page.root);
}

function changeLanguage(): void {
  saveLanguage(state.language);
  openIn(state.language);
  show();
  document.querySelector<HTMLElement>('.language')?.focus();
}

/** Lets the browser draw and listen between two tasks. */
const breath = (): Promise<void> => new Promise((go) => setTimeout(go));

function open(): void {
  state = { ...state, language: firstLanguage(loadLanguage(), navigator.languages) };
  openIn(state.language);
  dispatch({ type: 'keysLoaded', keys: loadKeys() });
  dispatch({ type: 'templateChanged', template: loadTemplate() });
  dispatch({ type: 'pinSwitched', isPinned: loadPin() });
  const kept = loadTally();
  if (kept !== null) dispatch({ type: 'tallyRestored', tally: kept });
  openRoom(location.hash);
  show();
  listen();
}

let offline: Offline | null = null;
async function start(): Promise<void> {
  putAwayCalls();
  await breath();
  open();
  engine.start();
  await breath();
  void strokesOfLayout().then((strokes) => {
    for (const stroke of strokes) dispatch({ type: 'strokeSeen', stroke });
  });
  void keeping.start();
  offline = startOffline((now) => dispatch({ type: 'offlineChanged', offline: now }));
}

void start();
