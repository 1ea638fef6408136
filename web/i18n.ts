/// <reference path="./text/languages.d.ts" />
// Words, plurals and numbers of the page's language. A text is found by its key; a missing key does
// not compile, and a language that lacks one does not build.
import { texts as read } from 'leukolens-languages';
import type en from './text/en.json';

type Texts = typeof en;
export type TextKey = {
  [Key in keyof Texts]: Texts[Key] extends string ? Key : never;
}[keyof Texts];
export type PluralKey = Exclude<keyof Texts, TextKey>;
export type Gaps = Readonly<Record<string, string>>;

/** By language tag. The build has checked that each has every text of the English one. */
const kTexts = read as Readonly<Record<string, Texts>> & { readonly en: Texts };

export const kLanguages: readonly string[] = Object.keys(kTexts);

/** What a language calls itself. */
export function languageName(language: string): string {
  return (kTexts[language] ?? kTexts.en)['language.name'];
}

function formatsOf(locale: string) {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const percent = (digits: number) =>
    number({
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  return {
    plurals: new Intl.PluralRules(locale),
    whole: number({ maximumFractionDigits: 0 }),
    decimal: number({ maximumFractionDigits: 2 }),
    tenths: number({ minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    hundredths: number({ minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    fine: number({ minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    scale: number({ maximumSignificantDigits: 2 }),
    percent: percent(0),
    percentage: percent(1),
    finePercent: percent(2),
    moment: date({ dateStyle: 'medium', timeStyle: 'short' }),
    clock: date({ timeStyle: 'short' }),
    month: date({ month: 'long', year: 'numeric', timeZone: 'UTC' }),
  };
}

let texts: Texts = kTexts.en;
let formats = formatsOf(texts.locale);

/** From here on everything is worded in it; English where there is no such language. */
export function setLanguage(language: string): void {
  texts = kTexts[language] ?? kTexts.en;
  formats = formatsOf(texts.locale);
}

/** Such as "tr-TR". */
export function locale(): string {
  return texts.locale;
}

function fill(sentence: string, gaps: Gaps): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap);
}

export function text(key: TextKey, gaps: Gaps = {}): string {
  return fill(texts[key], gaps);
}

/** The form that goes with `count`, which also fills the gap {count}. */
export function plural(key: PluralKey, count: number, gaps: Gaps = {}): string {
  const forms: Readonly<Record<string, string>> = texts[key];
  const form = forms[formats.plurals.select(count)] ?? forms['other'] ?? '';
  return fill(form, { count: formats.whole.format(count), ...gaps });
}

/** Whether there are words for a name that comes from outside, such as a model's label. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(texts, key) && typeof texts[key as keyof Texts] === 'string';
}

/** The class's name in this language, or the model's own label where it has none. */
export function className(label: string): string {
  const key = `class.${label}`;
  return isTextKey(key) ? text(key) : label;
}

/** "97%", "%97" in Turkish; never a rounded 100 or 0 for what is not quite so. */
export function formatShare(share: number): string {
  const { percent } = formats;
  if (share < 1 && share >= 0.995) return text('number.above', { number: percent.format(0.99) });
  if (share > 0 && share < 0.005) return text('number.below', { number: percent.format(0.01) });
  return percent.format(share);
}

export function formatFineShare(share: number): string {
  return formats.finePercent.format(share);
}

/** Two figures: more would pretend to know a scale better than it is known. */
export function formatScale(value: number): string {
  return formats.scale.format(value);
}

export function formatNumber(number: number): string {
  return formats.decimal.format(number);
}

/** "60.0", as the core has rounded it. */
export function formatTenths(number: number): string {
  return formats.tenths.format(number);
}

/** "5.60", as the core has rounded it. */
export function formatHundredths(number: number): string {
  return formats.hundredths.format(number);
}

/** "0.086": of errors and scores below 1. */
export function formatFine(number: number): string {
  return formats.fine.format(number);
}

/** "58.4%" of 58.4, as the core has rounded it. */
export function formatPercentage(percentage: number): string {
  return formats.percentage.format(percentage / 100);
}

/** Day and time of milliseconds since 1970; the time alone if it was today. */
export function formatDate(ms: number, nowMs = Date.now()): string {
  const [day, today] = [new Date(ms).toDateString(), new Date(nowMs).toDateString()];
  return (day === today ? formats.clock : formats.moment).format(ms);
}

/** "November 2026" of "2026-11". */
export function formatMonth(yearAndMonth: string): string {
  return formats.month.format(new Date(`${yearAndMonth}-15`));
}

export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute'];
  const format = new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(value);
}
