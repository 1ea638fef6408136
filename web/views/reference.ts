// A few words on a class of cell: general reference with its sources, kept apart from the answer.
import { formatNumber, isTextKey, kLocale, text } from '../i18n';
import clinical from '../text/clinical.json';
import { element } from './element';

type Classes = typeof clinical.classes;
type Direction = 'high' | 'low';

function words(key: string): string {
  return isTextKey(key) ? text(key) : key;
}

function cite(ids: readonly string[]): string {
  const sources: Readonly<Record<string, string>> = clinical.sources;
  return text('clinical.sources', { list: ids.map((id) => sources[id] ?? id).join('; ') });
}

function list(prefix: string, names: readonly string[]): HTMLElement {
  return element('ul', {}, ...names.map((name) => element('li', {}, words(`${prefix}.${name}`))));
}

function counts(label: keyof Classes, direction: Direction): HTMLElement {
  const prefix = `clinical.${label}.${direction}`;
  const facts = clinical.classes[label][direction];
  if (facts === null) return element('p', {}, words(`${prefix}.none`));
  const { limit, items, isWeak, sources } = facts;
  const gaps = { term: words(`${prefix}.term`), limit: formatNumber(limit) };
  return element(
    'div',
    { class: 'counts' },
    element('h4', {}, text(`clinical.${direction}`, gaps)),
    element('p', {}, text('clinical.may_go_with')),
    list(prefix, items),
    isWeak ? element('p', { class: 'hint' }, text('clinical.weak')) : null,
    element('p', { class: 'cite' }, cite(sources)),
  );
}

function checkedDate(): string {
  const format = new Intl.DateTimeFormat(kLocale, { month: 'long', year: 'numeric' });
  return format.format(new Date(`${clinical.checked}-15`));
}

function looks(label: keyof Classes): readonly HTMLElement[] {
  const { diameterUm, hallmarks, lookAlikes, sources } = clinical.classes[label];
  const [from, to] = diameterUm;
  const size = { from: formatNumber(from ?? 0), to: formatNumber(to ?? 0) };
  return [
    element('h4', {}, text('clinical.hallmarks')),
    list(`clinical.${label}.hallmark`, hallmarks),
    element('p', {}, text('clinical.size', size)),
    element('h4', {}, text('clinical.look_alikes')),
    list(`clinical.${label}.look_alike`, lookAlikes),
    element('p', { class: 'cite' }, cite(sources)),
  ];
}

/** How cells of the class look; null where the reference has no words for it. */
export function appearance(label: string): HTMLElement | null {
  if (!Object.hasOwn(clinical.classes, label)) return null;
  return element('div', { class: 'reference' }, ...looks(label as keyof Classes));
}

/** null for a class the reference has no words for. */
export function reference(label: string): HTMLElement | null {
  if (!Object.hasOwn(clinical.classes, label)) return null;
  const known = label as keyof Classes;
  return element(
    'section',
    { class: 'reference', 'aria-labelledby': 'reference-title' },
    element('h3', { id: 'reference-title' }, text('clinical.heading')),
    ...looks(known),
    element(
      'details',
      {},
      element('summary', {}, text('clinical.counts')),
      element('p', { class: 'notice' }, text('clinical.counts.note')),
      counts(known, 'high'),
      counts(known, 'low'),
    ),
    element('p', { class: 'hint' }, text('clinical.checked', { date: checkedDate() })),
  );
}
