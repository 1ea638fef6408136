// The rooms of the page in reading order.
import { text } from '../i18n';
import type { State } from '../state';
import { createAbout } from './about';
import { createAnnouncer } from './announcer';
import { createDetail } from './detail';
import { element } from './element';
import { createGallery } from './gallery';
import { createSamples } from './samples';
import { createToolbar, createWelcome } from './start';
import { createStatus, createTrouble } from './status';
import { createTally } from './tally';
import type { Door, Sample, View } from './view';

function brand(): HTMLElement {
  return element(
    'a',
    { class: 'brand', href: './' },
    element('img', { src: 'icons/icon.svg', alt: '', width: 28, height: 28 }),
    'LeukoLens',
  );
}

export function createPage(door: Door, samples: readonly Sample[]): View {
  const status = createStatus(door);
  const main = [
    createTrouble(door),
    createWelcome(door),
    createSamples(door, samples),
    createToolbar(door),
    createTally(),
    createGallery(door),
  ];
  const rest = [createAbout(), createDetail(door), createAnnouncer()];
  const views: readonly View[] = [status, ...main, ...rest];
  const drop = element('div', { class: 'drop-veil', 'aria-hidden': 'true' }, text('start.drop'));
  const root = element(
    'div',
    { class: 'page' },
    element('a', { class: 'skip', href: '#main' }, text('page.skip')),
    element('header', { class: 'top' }, brand(), status.root),
    element('p', { class: 'banner', role: 'note' }, text('page.notice')),
    element('main', { id: 'main', tabindex: -1 }, ...main.map((view) => view.root)),
    ...rest.map((view) => view.root),
    drop,
  );
  return {
    root,
    update(state: State) {
      drop.hidden = !state.isDragging;
      for (const view of views) view.update(state);
    },
  };
}
