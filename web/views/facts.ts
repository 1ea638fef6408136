// Pairs of term and value.
import { element } from './element';

export type Fact = readonly [term: string, value: Node | string];

export function facts(pairs: readonly Fact[]): HTMLElement {
  const rows = pairs.map(([term, value]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, value)),
  );
  return element('dl', { class: 'facts' }, ...rows);
}
