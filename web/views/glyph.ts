// A small drawing per class, so that no class is told by colour alone: lobes, granules, a round
// nucleus, a kidney.
import { svg } from './element';

const kNuclei: Readonly<Record<string, readonly string[]>> = {
  neutrophil: [
    'M8.2 7.2a2.7 2.7 0 1 1-.1 5.3 2.7 2.7 0 0 1 .1-5.3z',
    'M15.6 6.6a2.6 2.6 0 1 1-.1 5.2 2.6 2.6 0 0 1 .1-5.2z',
    'M12.6 13.2a2.7 2.7 0 1 1-.1 5.4 2.7 2.7 0 0 1 .1-5.4z',
    'M9 9.3h6.2v1H9z',
    'm14.9 10.2.9.5-2.3 4.2-.9-.5z',
  ],
  eosinophil: [
    'M7.4 6.6a3 3.4 0 1 1-.1 6.8 3 3.4 0 0 1 .1-6.8z',
    'M14.2 5.6a3 3.2 0 1 1-.1 6.4 3 3.2 0 0 1 .1-6.4z',
    'M9 8.6h4v1.3H9z',
    'M8.6 15.2a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2z',
    'M12 14.1a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2z',
    'M15.6 13.2a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2z',
    'M12.6 17.4a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2z',
    'M18.3 10.6a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2z',
  ],
  lymphocyte: ['M12.3 5.2a6.7 6.7 0 1 1-.1 13.4 6.7 6.7 0 0 1 .1-13.4z'],
  monocyte: [
    'M8.2 5.6c4.8-2 10.2.9 10.3 6 .1 5-4.700 8.300-9.300 6.600-2.300-.9-2.600-3.600-.5-4.600 1.500-.7 2.300-1.500 2.200-2.400-.1-1-1.300-1.200-2.700-1.200-2.400 0-2.600-3.300 0-4.400z',
  ],
};

/** Coloured by the class's own colour; hidden from screen readers, its name stands beside it. */
export function glyph(label: string): SVGSVGElement {
  const nucleus = kNuclei[label] ?? [];
  return svg(
    'svg',
    { viewBox: '0 0 24 24', class: 'glyph', 'data-class': label, 'aria-hidden': 'true' },
    svg('circle', { cx: 12, cy: 12, r: 10.5, class: 'glyph-cell' }),
    ...nucleus.map((path) => svg('path', { d: path, class: 'glyph-nucleus' })),
  );
}
