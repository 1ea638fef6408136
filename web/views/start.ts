// The first screen, and after the first picture the slim bar that stays: add, progress, clear.
import { formatDuration, plural, text } from '../i18n';
import { batchProgress, type BatchProgress, type State } from '../state';
import { button, element, svg } from './element';
import type { Door, View } from './view';

function emblem(): SVGSVGElement {
  const corner = 'M6 18V6h12M78 6h12v12M90 78v12H78M18 90H6V78';
  return svg(
    'svg',
    { viewBox: '0 0 96 96', class: 'emblem', 'aria-hidden': 'true' },
    svg('circle', { cx: 22, cy: 70, r: 11, class: 'emblem-red' }),
    svg('circle', { cx: 76, cy: 26, r: 11, class: 'emblem-red' }),
    svg('circle', { cx: 48, cy: 48, r: 25, class: 'emblem-cell' }),
    svg('path', {
      d: 'M38 38c5-6 14-5 16 1s10 2 12 9-4 14-12 13-8-5-14-3-12-3-10-9 4-6 8-11z',
      class: 'emblem-nucleus',
    }),
    svg('path', { d: corner, class: 'emblem-corner' }),
  );
}

function buttons(door: Door, chooseLabel: string): HTMLElement {
  return element(
    'div',
    { class: 'buttons' },
    button(chooseLabel, 'button button-main', () => door.chooseFiles()),
    'webkitdirectory' in HTMLInputElement.prototype
      ? button(text('start.folder'), 'button', () => door.chooseFolder())
      : null,
    'mediaDevices' in navigator
      ? button(text('start.camera'), 'button button-camera', () => door.camera.open(null))
      : null,
    'clipboard' in navigator && 'read' in navigator.clipboard
      ? button(text('start.paste'), 'button', () => door.pasteFromClipboard())
      : null,
  );
}

export function createWelcome(door: Door): View {
  const pasteEmpty = element('p', { class: 'hint', role: 'status' });
  const root = element(
    'section',
    { class: 'welcome', 'aria-labelledby': 'welcome-title' },
    emblem(),
    element('h1', { id: 'welcome-title' }, text('start.title')),
    element('p', { class: 'lead' }, text('start.lead')),
    buttons(door, text('start.choose')),
    element('p', { class: 'hint' }, text('start.formats')),
    pasteEmpty,
  );
  return {
    root,
    update(state) {
      root.hidden = state.pictures.length > 0;
      const isHere = state.isPasteEmpty && !root.hidden;
      pasteEmpty.textContent = isHere ? text('start.paste_empty') : '';
    },
  };
}

function progressInWords({ total, finished, leftMs, isPaused }: BatchProgress): string {
  if (finished === total) return plural('batch.finished', total);
  const done = text('batch.progress', { finished: String(finished), total: String(total) });
  if (isPaused) return `${done}, ${text('batch.paused')}`;
  if (leftMs === null) return done;
  return `${done}, ${text('batch.left', { duration: formatDuration(leftMs) })}`;
}

export function createToolbar(door: Door): View {
  const bar = element('progress', { max: 1, 'aria-label': text('batch.label') });
  const words = element('p', { class: 'batch-words' });
  const pasteEmpty = element('p', { class: 'hint', role: 'status' });
  let isPaused = false;
  const pause = button('', 'button button-quiet', () =>
    door.dispatch({
      type: isPaused ? 'batchResumed' : 'batchPaused',
      nowMs: performance.now(),
    }),
  );
  const cancel = button(text('batch.cancel'), 'button button-quiet', () =>
    door.dispatch({ type: 'batchCancelled' }),
  );
  const root = element(
    'section',
    { class: 'toolbar', 'aria-label': text('start.more') },
    buttons(door, text('start.add')),
    element('div', { class: 'batch' }, words, bar),
    element('div', { class: 'buttons batch-buttons' }, pause, cancel),
    button(text('command.clear_all'), 'button button-quiet', () => door.command('clearAll')),
    pasteEmpty,
  );
  return {
    root,
    update(state: State) {
      root.hidden = state.pictures.length === 0;
      const isHere = state.isPasteEmpty && !root.hidden;
      pasteEmpty.textContent = isHere ? text('start.paste_empty') : '';
      const progress = batchProgress(state, performance.now());
      const isRunning = progress !== null && progress.finished < progress.total;
      pause.hidden = cancel.hidden = !isRunning || progress.total < 2;
      words.hidden = progress === null;
      bar.hidden = !isRunning;
      if (progress === null) return;
      isPaused = progress.isPaused;
      pause.textContent = text(isPaused ? 'batch.resume' : 'batch.pause');
      bar.max = progress.total;
      bar.value = progress.finished;
      words.textContent = progressInWords(progress);
    },
  };
}
