// What moved the net, laid over the square it saw, behind a switch.
import { text } from '../i18n';
import type { Box, Evidence } from '../messages';
import { element, svg } from './element';

/** Below this share of the strongest place nothing is drawn. */
const kFaintest = 0.1;

/** Warm where a place spoke for the answer, cool where it spoke against it. */
export function evidenceLayer(evidence: Evidence, box: Box, cropScale: number): SVGElement {
  const side = Math.max(box.width, box.height) * cropScale;
  const left = box.x + box.width / 2 - side / 2;
  const top = box.y + box.height / 2 - side / 2;
  const [wide, high] = [side / evidence.columns, side / evidence.rows];
  const strongest = Math.max(1e-6, ...evidence.values.map(Math.abs));
  const places = evidence.values.flatMap((value, index) => {
    const strength = Math.abs(value) / strongest;
    if (strength < kFaintest) return [];
    const column = index % evidence.columns;
    const row = Math.floor(index / evidence.columns);
    const place = { x: left + column * wide, y: top + row * high, width: wide, height: high };
    const kind = value > 0 ? 'evidence-for' : 'evidence-against';
    return [svg('rect', { ...place, class: kind, opacity: (strength * 0.75).toFixed(3) })];
  });
  const blur = svg('feGaussianBlur', { stdDeviation: wide * 0.4 });
  const filter = svg('filter', { id: 'evidence-blur', x: 0, y: 0, width: 1, height: 1 }, blur);
  return svg('g', { class: 'evidence', filter: 'url(#evidence-blur)' }, filter, ...places);
}

/** The switch and what to make of the picture; the style sheet shows the layer while it is on. */
export function evidenceSwitch(): HTMLElement {
  return element(
    'label',
    { class: 'evidence-switch' },
    element('input', { type: 'checkbox', 'data-evidence': '' }),
    element('span', {}, text('detail.evidence')),
    element('span', { class: 'hint' }, text('detail.evidence.hint')),
  );
}
