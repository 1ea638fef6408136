// Words, plurals and numbers of the page's language. A text is found by its key; a missing key does
// not compile.
import en from './text/en.json';

type Texts = typeof en;
export type TextKey = {
  [Key in keyof Texts]: Texts[Key] extends string ? Key : never;
}[keyof Texts];
export type PluralKey = Exclude<keyof Texts, TextKey>;
export type Gaps = Readonly<Record<string, string>>;

export const kLocale = en['locale'];

const pluralRules = new Intl.PluralRules(kLocale);
const whole = new Intl.NumberFormat(kLocale, { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat(kLocale, { style: 'percent', maximumFractionDigits: 0 });
const finePercent = new Intl.NumberFormat(kLocale, {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const decimal = new Intl.NumberFormat(kLocale, { maximumFractionDigits: 2 });

function fill(sentence: string, gaps: Gaps): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap);
}

export function text(key: TextKey, gaps: Gaps = {}): string {
  return fill(en[key], gaps);
}

/** The form that goes with `count`, which also fills the gap {count}. */
export function plural(key: PluralKey, count: number, gaps: Gaps = {}): string {
  const forms: Readonly<Record<string, string>> = en[key];
  const form = forms[pluralRules.select(count)] ?? forms['other'] ?? '';
  return fill(form, { count: whole.format(count), ...gaps });
}

/** Whether there are words for a name that comes from outside, such as a model's label. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key) && typeof en[key as keyof Texts] === 'string';
}

/** The class's name in this language, or the model's own label where it has none. */
export function className(label: string): string {
  const key = `class.${label}`;
  return isTextKey(key) ? text(key) : label;
}

/** "97 %"; never a rounded 100 or 0 for what is not quite so. */
export function formatShare(share: number): string {
  if (share < 1 && share >= 0.995) return text('number.above', { number: percent.format(0.99) });
  if (share > 0 && share < 0.005) return text('number.below', { number: percent.format(0.01) });
  return percent.format(share);
}

export function formatFineShare(share: number): string {
  return finePercent.format(share);
}

const scale = new Intl.NumberFormat(kLocale, { maximumSignificantDigits: 2 });

/** Two figures: more would pretend to know a scale better than it is known. */
export function formatScale(value: number): string {
  return scale.format(value);
}

export function formatNumber(number: number): string {
  return decimal.format(number);
}

const oneDecimal = new Intl.NumberFormat(kLocale, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** "58.4%" of 58.4, as the core has rounded it. */
export function formatPercentage(percentage: number): string {
  return oneDecimal.format(percentage / 100);
}

const moment = new Intl.DateTimeFormat(kLocale, { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat(kLocale, { timeStyle: 'short' });

/** Day and time of milliseconds since 1970; the time alone if it was today. */
export function formatDate(ms: number, nowMs = Date.now()): string {
  const [day, today] = [new Date(ms).toDateString(), new Date(nowMs).toDateString()];
  return (day === today ? clock : moment).format(ms);
}

const month = new Intl.DateTimeFormat(kLocale, {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** "November 2026" of "2026-11". */
export function formatMonth(yearAndMonth: string): string {
  return month.format(new Date(`${yearAndMonth}-15`));
}

export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute'];
  const format = new Intl.NumberFormat(kLocale, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(value);
}
