// One picture in the gallery: at once as a placeholder, then with preview, box and answer.
import { className, formatShare, text } from '../i18n';
import type { Cell, Reading } from '../messages';
import type { PictureEntry, Shown } from '../state';
import { pictureInWords, topShare } from './answer';
import { bars } from './bars';
import { element } from './element';
import { framed } from './framed';
import { glyph } from './glyph';

function head(cell: Cell): HTMLElement {
  if (cell.verdict === 'classified') {
    return element(
      'p',
      { class: 'card-answer' },
      glyph(cell.label),
      element('strong', {}, className(cell.label)),
      element('span', { class: 'card-share' }, formatShare(topShare(cell))),
    );
  }
  const closest = text('card.closest', { name: className(cell.label) });
  return element(
    'p',
    { class: 'card-answer' },
    element('span', { class: 'doubt' }, text(`verdict.${cell.verdict}`)),
    element('span', { class: 'card-closest' }, closest),
  );
}

function readCard(
  picture: PictureEntry,
  reading: Reading,
  preview: Shown,
  labels: readonly string[],
  opened: () => void,
): HTMLElement {
  const cell = reading.cells[0];
  const warnings = reading.warnings.filter((warning) => warning !== 'no_cell_found');
  const node = element(
    'button',
    {
      type: 'button',
      class: 'card-body',
      'aria-label': `${picture.name}: ${pictureInWords(picture)}`,
    },
    framed(preview, reading, ''),
    element('span', { class: 'card-name', title: picture.name }, picture.name),
    cell === undefined
      ? element('p', { class: 'card-answer card-none' }, text('card.no_cell'))
      : head(cell),
    cell === undefined ? null : bars(cell, labels, false),
    ...warnings.map((warning) =>
      element('p', { class: 'card-warning' }, text(`warning.${warning}`)),
    ),
  );
  node.addEventListener('click', opened);
  return node;
}

function plainCard(picture: PictureEntry): HTMLElement {
  const { progress } = picture;
  const hasFailed = progress.kind === 'failed';
  return element(
    'div',
    { class: 'card-body' },
    element(
      'div',
      { class: 'framed placeholder' },
      element('span', {}, hasFailed ? text('card.failed') : pictureInWords(picture)),
    ),
    element('span', { class: 'card-name', title: picture.name }, picture.name),
    hasFailed ? element('p', { class: 'card-reason' }, pictureInWords(picture)) : null,
  );
}

export function fillCard(
  item: HTMLElement,
  picture: PictureEntry,
  labels: readonly string[],
  opened: () => void,
): void {
  const { progress } = picture;
  item.dataset['progress'] = progress.kind;
  item.replaceChildren(
    progress.kind === 'read'
      ? readCard(picture, progress.reading, progress.preview, labels, opened)
      : plainCard(picture),
  );
}
