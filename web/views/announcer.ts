// Speaks to screen readers when a batch is finished, not after each of a thousand pictures.
import { plural, text } from '../i18n';
import { batchProgress, type State } from '../state';
import { pictureInWords } from './answer';
import { element } from './element';
import type { View } from './view';

function summary(state: State): string {
  const members = state.batch === null ? [] : state.pictures.slice(state.batch.first);
  const only = members.length === 1 ? members[0] : undefined;
  if (only === undefined) return plural('batch.finished', members.length);
  return text('announce.read', { name: only.name, answer: pictureInWords(only) });
}

export function createAnnouncer(): View {
  const root = element('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  let wasFinished = true;
  return {
    root,
    update(state: State) {
      const progress = batchProgress(state, 0);
      const isFinished = progress === null || progress.finished === progress.total;
      if (isFinished && !wasFinished) root.textContent = summary(state);
      if (!isFinished && wasFinished) root.textContent = '';
      wasFinished = isFinished;
    },
  };
}
