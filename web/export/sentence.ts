// The differential as one sentence for a laboratory system, by a template that people can change.
import type { Differential } from '../differential/differential';
import { className, formatPercentage, plural, text, type TextKey } from '../i18n';
import { type Provenance, sourceWords } from './provenance';

/** What a template can hold. */
export const kGaps = [
  'n',
  'status',
  'classes',
  'intervals',
  'per_100',
  'unreviewed',
  'date',
  'source',
  'intended_use',
] as const;
type Gap = (typeof kGaps)[number];

/** Stand in every sentence: where the template leaves them out, they come after it. */
const kObliged: readonly Gap[] = ['unreviewed', 'source', 'intended_use'];

type Row = Differential['classes'][number];

function share({ class: label, count, percent }: Row): string {
  const figure = percent === null ? String(count) : formatPercentage(percent);
  return `${className(label)} ${figure}`;
}

function shareWithInterval(row: Row): string {
  if (row.interval === null) return share(row);
  const [lower, upper] = row.interval.map(formatPercentage);
  return `${share(row)} (${lower ?? ''} – ${upper ?? ''})`;
}

function besides({ per_100 }: Differential): string {
  const parts = Object.entries(per_100).flatMap(([name, value]) =>
    value === null
      ? []
      : [`${className(name)} ${text('differential.per_100', { count: String(value) })}`],
  );
  return parts.join(', ');
}

function wordsFor(made: Differential, from: Provenance, date: string): Record<Gap, string> {
  const rows = made.classes.filter(({ count }) => count > 0);
  return {
    n: String(made.n),
    status: text(`differential.status.${made.status}` as TextKey),
    classes: rows.map(share).join(', '),
    intervals: rows.map(shareWithInterval).join(', '),
    per_100: besides(made),
    unreviewed: made.unreviewed === 0 ? '' : plural('export.unverified', made.unreviewed),
    date,
    source: `${sourceWords(from)}.`,
    intended_use: from.intendedUse,
  };
}

/** Names in braces that mean nothing here. */
export function unknownGaps(template: string): readonly string[] {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  return names.filter((name) => !kGaps.some((gap) => gap === name));
}

export function sentence(
  template: string,
  made: Differential,
  from: Provenance,
  date: string,
): string {
  const words = wordsFor(made, from, date);
  const missing = kObliged.filter((gap) => !template.includes(`{${gap}}`));
  const whole = [template, ...missing.map((gap) => `{${gap}}`)].join(' ');
  const filled = whole.replace(/\{(\w+)\}/g, (gap, name: string) =>
    Object.hasOwn(words, name) ? words[name as Gap] : gap,
  );
  return filled
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;])/g, '$1')
    .trim();
}
