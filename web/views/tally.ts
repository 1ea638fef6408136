// How many of each in the pictures at hand; said to be no blood count.
import { className, formatNumber, text } from '../i18n';
import { tally, type State } from '../state';
import { element } from './element';
import { glyph } from './glyph';
import type { View } from './view';

function entry(count: number, words: string, mark: Node | null): HTMLElement | null {
  if (count === 0) return null;
  return element(
    'li',
    {},
    mark,
    element('span', {}, words),
    element('strong', {}, formatNumber(count)),
  );
}

export function createTally(): View {
  const list = element('ul', { class: 'tally-list' });
  const root = element(
    'section',
    { class: 'tally', 'aria-labelledby': 'tally-title' },
    element('h2', { id: 'tally-title' }, text('tally.title')),
    list,
    element('p', { class: 'hint' }, text('tally.note')),
  );

  function update(state: State): void {
    const { classified, unsure, refused, noCell, failed, finished } = tally(state);
    root.hidden = finished < 2 || state.engine.kind !== 'ready';
    if (root.hidden || state.engine.kind !== 'ready') return;
    const named = state.engine.identity.model.labels.map((label) =>
      entry(classified.get(label) ?? 0, className(label), glyph(label)),
    );
    const rest = [
      entry(unsure, text('tally.unsure'), null),
      entry(refused, text('tally.refused'), null),
      entry(noCell, text('tally.no_cell'), null),
      entry(failed, text('tally.failed'), null),
    ];
    list.replaceChildren(...[...named, ...rest].filter((item) => item !== null));
  }

  return { root, update };
}
