// A few words on a class of cell: general reference with its sources, kept apart from the answer.
import { sourceNamed } from '../findings/findings';
import { formatMonth, formatNumber, isTextKey, text } from '../i18n';
import clinical from '../text/clinical.json';
import { element } from './element';

type Classes = typeof clinical.classes;

function words(key: string): string {
  return isTextKey(key) ? text(key) : key;
}

function cite(ids: readonly string[]): string {
  return text('clinical.sources', { list: ids.map((id) => sourceNamed(id).title).join('; ') });
}

function list(prefix: string, names: readonly string[]): HTMLElement {
  return element('ul', {}, ...names.map((name) => element('li', {}, words(`${prefix}.${name}`))));
}

/** Nothing for what has no size of its own. */
function size(diameterUm: readonly number[] | null): readonly HTMLElement[] {
  if (diameterUm === null) return [];
  const [from = 0, to = 0] = diameterUm;
  const gaps = { from: formatNumber(from), to: formatNumber(to) };
  return [element('p', {}, text('clinical.size', gaps))];
}

function looks(label: keyof Classes): readonly HTMLElement[] {
  const { diameterUm, hallmarks, lookAlikes, sources } = clinical.classes[label];
  return [
    element('h4', {}, text('clinical.hallmarks')),
    list(`clinical.${label}.hallmark`, hallmarks),
    ...size(diameterUm),
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
      'p',
      { class: 'hint' },
      text('clinical.checked', { date: formatMonth(clinical.checked) }),
    ),
  );
}
