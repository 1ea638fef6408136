// One picture in the gallery: at once as a placeholder, then with preview, box and answer.
import { className, formatNumber, formatShare, plural, text } from '../i18n';
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

/** How many of each, where a picture shows several cells. */
function several(cells: readonly Cell[]): HTMLElement {
  const counts = new Map<string, number>();
  for (const { verdict, label } of cells) {
    const key = verdict === 'classified' ? label : verdict;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const entries = [...counts].map(([key, count]) =>
    element(
      'li',
      {},
      glyph(key),
      element('span', {}, className(key)),
      element('strong', {}, formatNumber(count)),
    ),
  );
  return element(
    'div',
    { class: 'card-several' },
    element('p', { class: 'card-answer' }, plural('card.cells', cells.length)),
    element('ul', { class: 'card-counts' }, ...entries),
  );
}

function answerOf(cells: readonly Cell[], labels: readonly string[]): readonly HTMLElement[] {
  const [cell] = cells;
  if (cell === undefined) {
    return [element('p', { class: 'card-answer card-none' }, text('card.no_cell'))];
  }
  return cells.length === 1 ? [head(cell), bars(cell, labels, false)] : [several(cells)];
}

function readCard(
  picture: PictureEntry,
  reading: Reading,
  preview: Shown,
  labels: readonly string[],
  opened: () => void,
): HTMLElement {
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
    ...answerOf(reading.cells, labels),
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
