// Drawings to try the page with, labelled as drawings.
import { className, text } from '../i18n';
import { partAddress } from '../parts';
import type { State } from '../state';
import { element } from './element';
import type { Door, Sample, View } from './view';

export function createSamples(door: Door, samples: readonly Sample[]): View {
  const items = samples.map((sample) => {
    const label = text('samples.item', { name: sample.labels.map(className).join(', ') });
    const picture = element('img', {
      src: partAddress(sample.path),
      alt: '',
      width: 104,
      height: 78,
    });
    const node = element('button', { type: 'button', class: 'sample', title: label }, picture);
    node.setAttribute('aria-label', label);
    node.addEventListener('click', () => door.addSample(sample));
    return element('li', {}, node);
  });
  const root = element(
    'section',
    { class: 'samples', 'aria-labelledby': 'samples-title' },
    element('h2', { id: 'samples-title' }, text('samples.title')),
    element('ul', { class: 'samples-list' }, ...items),
    element('p', { class: 'hint' }, text('samples.note')),
  );
  return {
    root,
    update(state: State) {
      root.hidden = samples.length === 0 || state.pictures.length > 0;
    },
  };
}
