// General reference: what the data hold, and when a differential points to it.
import Ajv from 'ajv/dist/2020.js';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Differential, Flag } from '../../../web/differential/differential';
import { type Findings, findingsIn, pointedBy } from '../../../web/findings/findings';
import clinical from '../../../web/text/clinical.json';
import sources from '../../../web/text/sources.json';

function read(name: string): unknown {
  return JSON.parse(readFileSync(`web/text/${name}`, 'utf8'));
}

const kFiles = readdirSync('web/text').filter((name) => /^findings\.[a-z]{2,3}\.json$/.test(name));
const kEnglish = read('findings.en.json') as Findings;
const fits = new Ajv({ allErrors: true }).compile(read('findings.schema.json') as object);

/** Of a file's own copy with one thing changed. */
function changed(change: (copy: { classes: Record<string, Record<string, unknown>> }) => void) {
  const copy = structuredClone(kEnglish) as unknown as Parameters<typeof change>[0];
  change(copy);
  return copy;
}

test('every language fits the schema: each class high and low, each statement a source and a date', () => {
  assert.ok(kFiles.includes('findings.en.json') && kFiles.includes('findings.tr.json'));
  for (const name of kFiles) assert.ok(fits(read(name)), `${name}: ${JSON.stringify(fits.errors)}`);
});

test('the schema finds what is planted', () => {
  const first = (copy: { classes: Record<string, Record<string, unknown>> }) =>
    (copy.classes['monocyte']?.['low'] as { usuallyNext: Record<string, unknown>[] })
      .usuallyNext[0] as Record<string, unknown>;
  const planted = [
    changed((copy) => delete copy.classes['basophil']?.['low']),
    changed((copy) => delete copy.classes['eosinophil']),
    changed((copy) => (first(copy)['sources'] = [])),
    changed((copy) => delete first(copy)['checked']),
    changed((copy) => (first(copy)['checked'] = 'soon')),
    changed((copy) => (first(copy)['text'] = '')),
  ];
  for (const [at, copy] of planted.entries()) assert.ok(!fits(copy), `planted ${at}`);
});

/** With every text left out. */
function structure(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(structure);
  if (typeof part !== 'object' || part === null) return part;
  const words = new Set(['text', 'term', 'language']);
  const members = Object.entries(part).map(([name, value]) => [
    name,
    words.has(name) ? typeof value : structure(value),
  ]);
  return Object.fromEntries(members) as unknown;
}

test('every language has the same structure, and words of its own', () => {
  for (const name of kFiles.filter((file) => file !== 'findings.en.json')) {
    assert.deepEqual(structure(read(name)), structure(kEnglish), name);
    const words = (file: unknown): string[] =>
      [...JSON.stringify(file).matchAll(/"text":"([^"]+)"/g)].map(([, text]) => text ?? '');
    const english = new Set(words(kEnglish));
    assert.deepEqual(
      words(read(name)).filter((text) => english.has(text)),
      [],
    );
  }
});

test('every source named is there, and every one there is named', () => {
  const named = [...JSON.stringify(kEnglish).matchAll(/"sources":\[([^\]]*)\]/g)]
    .flatMap(([, ids]) => (ids ?? '').split(','))
    .map((id) => id.replaceAll('"', ''));
  const looks = Object.values(clinical.classes).flatMap((facts) => facts.sources);
  assert.deepEqual([...new Set([...named, ...looks])].sort(), Object.keys(sources).sort());
  for (const [id, { title, date, read: how }] of Object.entries(sources)) {
    assert.ok(title.length > 5, id);
    assert.ok(date === null || /^(19|20)\d\d$/.test(date), id);
    assert.ok(['whole', 'part', 'abstract', 'quote', 'none'].includes(how), id);
  }
});

test('alarms of laboratories are worded as theirs, each with its laboratory', () => {
  const told = Object.values(kEnglish.classes).flatMap(({ high, low }) => [
    ...high.telephoned,
    ...low.telephoned,
  ]);
  for (const { text } of [...told, ...kEnglish.whiteCount.telephoned]) {
    assert.match(text, /^[A-Z][\w ]+ \(UK\): (above|below|at or below) /);
  }
});

function differential(flag: Flag, more: Partial<Differential> = {}): Differential {
  const row = { class: 'eosinophil', count: 40, percent: 20, interval: [15, 26] as const };
  const absolute = { absolute: 1.4, absolute_interval: [1, 1.8] as const, count_more: null };
  return {
    n: 200,
    status: 'complete',
    classes: [{ ...row, ...absolute, flag }],
    per_100: {},
    second_interval: null,
    notes: [],
    unreviewed: 0,
    models: [],
    program: '1',
    ...more,
  };
}

test('a flag of a complete differential points to its class and direction, a span to nothing', () => {
  const high = pointedBy(differential('high'), kEnglish);
  assert.deepEqual(
    high.findings.map((one) => [one.class, one.direction, one.hasAbsolute]),
    [['eosinophil', 'high', true]],
  );
  assert.equal(pointedBy(differential('low'), kEnglish).findings[0]?.finding.term, 'Eosinopenia');
  for (const flag of ['none', 'spans_high', 'spans_low'] as const) {
    const pointed = pointedBy(differential(flag), kEnglish);
    assert.deepEqual([pointed.findings, pointed.isWaiting], [[], false], flag);
  }
});

test('nothing general is said below 100 cells or before the count is complete', () => {
  const early = [
    differential('high', { status: 'preliminary', n: 60 }),
    differential('high', { status: 'not_complete' }),
    differential('high', { status: 'none' }),
    differential('high', { n: 99 }),
  ];
  for (const made of early) {
    const { findings, isWaiting } = pointedBy(made, kEnglish);
    assert.deepEqual([findings, isWaiting], [[], true]);
  }
});

test('a kind without a range is never spoken of from one cell; a doubt about blasts waits for none', () => {
  const row = (name: string, count: number) => ({
    ...(differential('none').classes[0] as Differential['classes'][number]),
    class: name,
    count,
  });
  const shown = (more: Partial<Differential>): string[] =>
    pointedBy(differential('none', more), kEnglish).others.map((one) => one.class);
  assert.deepEqual(shown({ classes: [row('immature_granulocyte', 1)] }), []);
  assert.deepEqual(shown({ classes: [row('immature_granulocyte', 2)] }), ['immature_granulocyte']);
  assert.deepEqual(shown({ per_100: { erythroblast: 0.5 } }), []);
  assert.deepEqual(shown({ per_100: { erythroblast: 1 } }), ['erythroblast']);
  assert.deepEqual(shown({ classes: [row('blast', 1)], n: 20, status: 'none' }), ['blast']);
  assert.deepEqual(
    shown({ classes: [row('immature_granulocyte', 9)], status: 'not_complete' }),
    [],
  );
});

test('a language without a file of its own reads the English one', () => {
  assert.equal(findingsIn('tr-TR').language, 'tr');
  assert.equal(findingsIn('en-GB').language, 'en');
  assert.equal(findingsIn('fi').language, 'en');
});
