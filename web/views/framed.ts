// A preview with the found boxes drawn over it, and the square around one cell enlarged.
import type { Box, Cell, Reading } from '../messages';
import type { Shown } from '../state';
import { element, svg } from './element';
import { evidenceLayer } from './evidence';

function outline(box: Box, isChosen = false): SVGGElement {
  const { x, y, width, height } = box;
  const place = { x, y, width, height, rx: Math.min(width, height) * 0.06 };
  return svg(
    'g',
    { class: isChosen ? 'box box-chosen' : 'box' },
    svg('rect', { ...place, class: 'box-under' }),
    svg('rect', { ...place, class: 'box-over' }),
  );
}

function others(reading: Reading): SVGGElement {
  const { redCells, platelets } = reading.surroundings;
  const rects = (boxes: readonly Box[], kind: string): readonly SVGElement[] =>
    boxes.map(({ x, y, width, height }) => svg('rect', { x, y, width, height, class: kind }));
  return svg(
    'g',
    { class: 'others' },
    ...rects(redCells, 'other-red'),
    ...rects(platelets, 'other-platelet'),
  );
}

/** All boxes over the picture; the `chosen` one of the cells stands out. */
export function framed(
  preview: Shown,
  reading: Reading,
  alt: string,
  chosen: number | null = null,
): HTMLElement {
  const image = element('img', {
    src: preview.url,
    alt,
    width: preview.width,
    height: preview.height,
    decoding: 'async',
  });
  const overlay = svg(
    'svg',
    { viewBox: `0 0 ${reading.width} ${reading.height}`, class: 'overlay', 'aria-hidden': 'true' },
    chosen === null ? null : others(reading),
    ...reading.cells.map((cell, index) => outline(cell.box, index === chosen)),
  );
  return element('div', { class: 'framed' }, image, overlay);
}

/** The square the net looked at, with its evidence over it; `cropScale` as in the model. */
export function closeUp(
  preview: Shown,
  reading: Reading,
  { box, evidence }: Cell,
  cropScale: number,
): SVGElement {
  const side = Math.max(box.width, box.height) * cropScale;
  const left = box.x + box.width / 2 - side / 2;
  const top = box.y + box.height / 2 - side / 2;
  return svg(
    'svg',
    { viewBox: `${left} ${top} ${side} ${side}`, class: 'close-up', 'aria-hidden': 'true' },
    svg('image', { href: preview.url, width: reading.width, height: reading.height }),
    evidence.values.length === 0 ? null : evidenceLayer(evidence, box, cropScale),
  );
}
