// Every language is whole, and the page writes each as people write it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { noteWords } from '../../../web/views/notes';
import { excelOf, toCsv } from '../../../web/export/csv';
import {
  className,
  formatDate,
  formatDuration,
  formatFineShare,
  formatMonth,
  formatNumber,
  formatPercentage,
  formatShare,
  kLanguages,
  languageName,
  locale,
  plural,
  setLanguage,
} from '../../../web/i18n';
import { firstLanguage } from '../../../web/language';
import en from '../../../web/text/en.json';
import { faultsOf } from '../../../web/text/language_faults.mjs';
import tr from '../../../web/text/tr.json';
import { spokenLiterals } from './literals';

afterEach(() => setLanguage('en'));

const kFiles = readdirSync('web/text').filter((name) => /^[a-z]{2,3}(-\w+)?\.json$/.test(name));

test('every language has the texts, gaps and plural forms it needs, and no others', () => {
  assert.deepEqual([...kLanguages].sort(), kFiles.map((name) => name.slice(0, -5)).sort());
  for (const name of kFiles) {
    const own = JSON.parse(readFileSync(join('web/text', name), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(faultsOf(en, own), [], name);
  }
});

test('what is planted in a language is found', () => {
  const { 'start.lead': _, ...lacking } = tr;
  assert.deepEqual(faultsOf(en, lacking), ['start.lead is missing']);
  assert.deepEqual(faultsOf(en, { ...tr, 'start.hello': 'merhaba' }), ['start.hello is unknown']);
  const other = { ...tr, 'review.n': 'n = {m}', 'card.cells': { one: '{count} x', other: 'x' } };
  assert.deepEqual(faultsOf(en, other), [
    'card.cells, “other”: other gaps',
    'review.n: other gaps',
  ]);
  const polish = faultsOf(en, { ...en, locale: 'pl' });
  assert.ok(polish.includes('card.cells lacks the form “few”'));
  assert.deepEqual(faultsOf(en, { ...tr, 'start.lead': ' ' }), ['start.lead is empty']);
  assert.deepEqual(faultsOf(en, { ...tr, direction: 'up' }), ['direction is neither ltr nor rtl']);
});

test('Turkish sentences stand under most keys, not the English ones', () => {
  const same = Object.entries(en).filter(([key, words]) => {
    const [own, other] = [words, tr[key as keyof typeof tr]].map((one) => JSON.stringify(one));
    return own === other && /[a-z]{4} [a-z]{2}/.test(own ?? '') && !/WebAssembly/.test(own ?? '');
  });
  assert.deepEqual(same, []);
});

test('Turkish has the sign before the number and the comma in it', () => {
  setLanguage('tr');
  assert.equal(locale(), 'tr-TR');
  assert.equal(formatPercentage(12.3), '%12,3');
  assert.equal(formatPercentage(100), '%100,0');
  assert.equal(formatFineShare(0.0512), '%5,12');
  assert.equal(formatShare(0.9996), '> %99');
  assert.equal(formatNumber(1234.5), '1.234,5');
  assert.equal(plural('batch.finished', 1234), '1.234 görüntü okundu');
  assert.equal(formatDuration(89_000), '89 saniye');
  assert.equal(formatMonth('2026-11'), 'Kasım 2026');
  assert.match(formatDate(Date.UTC(2026, 10, 23, 12), 0), /^23 Kas 2026/);
  assert.equal(className('lymphocyte'), 'Lenfosit');
});

test('Excel gets the separators of the language', () => {
  const rows = [['Nötrofil', 58.4]];
  assert.equal(toCsv(rows, excelOf('tr-TR')), '\uFEFFNötrofil;58,4\r\n');
  assert.equal(toCsv(rows, excelOf('en-GB')), '\uFEFFNötrofil,58.4\r\n');
});

test('the chosen language goes first, then the browser’s own in their order, then English', () => {
  assert.equal(firstLanguage('tr', ['en-US']), 'tr');
  assert.equal(firstLanguage(null, ['tr-TR', 'en']), 'tr');
  assert.equal(firstLanguage(null, ['de-DE', 'TR', 'en']), 'tr');
  assert.equal(firstLanguage(null, ['en-US', 'tr']), 'en');
  assert.equal(firstLanguage('klingon', ['de']), 'en');
  assert.equal(languageName('tr'), 'Türkçe');
});

test('every note of the core is worded, and what changes in it is written anew', () => {
  const source = readFileSync('core/differential/notes.def', 'utf8');
  const notes = [...source.matchAll(/^LEUKOLENS_NOTE\(\w+, "(\w+)", "(.*)"\)$/gm)];
  assert.ok(notes.length > 15);
  for (const [, code = '', sentence = ''] of notes) {
    const words = en[`note.${code}` as keyof typeof en];
    assert.equal(words, sentence.replace('{}', '{what}'), code);
  }
  setLanguage('tr');
  const worded = (code: string, text: string): string => noteWords({ code, text });
  assert.equal(
    worded(
      'unverified',
      'Unverified: 12 (6.0 %) of the counted cells were not looked at by a person.',
    ),
    'Doğrulanmamış: sayılan hücrelerden 12 (%6,0) tanesine bir kişi bakmadı.',
  );
  assert.match(
    worded(
      'none_seen',
      'None seen is not none there: the interval says how many there may be (basophil, Eigene).',
    ),
    /\(Bazofil, Eigene\)/,
  );
  assert.match(worded('second_interval', 'The core says something else.'), /^The core says/);
});

test('every population of a reference range is worded', () => {
  const { sets } = JSON.parse(readFileSync('core/differential/reference_ranges.json', 'utf8')) as {
    sets: { population: string; name: Record<string, string> }[];
  };
  for (const { population, name } of sets) {
    const key = `population.${population.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
    assert.equal((en as Record<string, unknown>)[key], population);
    for (const language of kLanguages) assert.ok(name[language], `${name['en']}: ${language}`);
  }
});

test('no words for people stand in the code', () => {
  const files = readdirSync('web', { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ts$/.test(file) && !/\.d\.ts$|node_modules/.test(file),
  );
  const found = files.flatMap((file) =>
    spokenLiterals(file, readFileSync(join('web', file), 'utf8')),
  );
  assert.deepEqual(found, []);
  const page = readFileSync('web/index.html', 'utf8').replace(/<!--[^]*?-->/g, '');
  const written = page.split(/<[^>]*>|%[a-z_.]+%/).filter((words) => /\p{L}/u.test(words));
  assert.deepEqual(written, []);
});

test('words in code are found where they are planted', () => {
  const planted = [
    'html`<p>Hello ${name}</p>`',
    'html`<button aria-label="Close it"></button>`',
    "element('p', {}, isOn ? 'Switched on' : text('x'))",
    "element('img', { alt: 'A cell' })",
    "button('Save', 'style', save)",
    'root.textContent = `Saved ${name}`',
  ];
  for (const source of planted) assert.equal(spokenLiterals('x.ts', source).length, 1, source);
  const innocent = [
    'html`<p class="notice">${text(\'x\')} 10⁹/L</p>`',
    "element('p', { class: 'some words' })",
  ];
  for (const source of innocent) assert.deepEqual(spokenLiterals('x.ts', source), []);
});
