// Below every room: the way to the model card, and to what this page is.
import { text } from '../i18n';
import { kIsOneFile, partAddress } from '../parts';
import type { State } from '../state';
import { element } from './element';
import type { View } from './view';

/** A page of its own beside this one; out of one file it opens in a tab of its own. */
function card(): HTMLElement {
  const href = partAddress('model/cells_card.html');
  const place = kIsOneFile ? { target: '_blank' } : {};
  return element('a', { href, ...place }, text('about.model.card'));
}

export function createAbout(): View {
  const root = element(
    'footer',
    { class: 'about' },
    element('p', {}, text('about.footer')),
    element(
      'p',
      { class: 'about-links' },
      card(),
      element('a', { href: '#about' }, text('about.more')),
    ),
  );
  return {
    root,
    update({ room }: State) {
      root.hidden = room === 'about';
    },
  };
}
