// The probabilities of one cell as labelled bars, in the model's order so that they stay in place.
import { className, formatFineShare, formatShare, text } from '../i18n';
import type { Cell } from '../messages';
import { element } from './element';
import { glyph } from './glyph';

export function bars(cell: Cell, labels: readonly string[], isFine: boolean): HTMLElement {
  const rows = labels.map((label, index) => {
    const share = cell.probabilities[index] ?? 0;
    const isTop = label === cell.label;
    const name = className(label);
    return element(
      'li',
      { class: isTop ? 'bar bar-top' : 'bar', 'data-class': label },
      isFine ? glyph(label) : null,
      element('span', { class: 'bar-name' }, name),
      element('progress', { max: 1, value: share, 'aria-label': name }),
      element('span', { class: 'bar-share' }, isFine ? formatFineShare(share) : formatShare(share)),
    );
  });
  const style = isFine ? 'bars bars-fine' : 'bars';
  return element('ul', { class: style, 'aria-label': text('card.probabilities') }, ...rows);
}
