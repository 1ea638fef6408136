import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Differential } from '../../../web/differential/differential';
import { excelOf, fromCsv, kRfc4180, toCsv } from '../../../web/export/csv';
import { sentence, unknownGaps } from '../../../web/export/sentence';

test('programs get RFC 4180, Excel the signs of its language', () => {
  const rows = [
    ['a,b', 'say "so"', 1.5, null],
    ['two\r\nlines', '', -2, 'a;b'],
  ];
  assert.equal(toCsv(rows, kRfc4180), '"a,b","say ""so""",1.5,\r\n"two\r\nlines",,-2,a;b\r\n');
  assert.equal(toCsv([['a;b', 'a,b', 22.5]], excelOf('tr')), '\uFEFF"a;b";a,b;22,5\r\n');
  assert.equal(toCsv([['a,b', 22.5]], excelOf('en')), '\uFEFF"a,b",22.5\r\n');
});

test('what a spreadsheet would reckon is harmless, figures below 0 stay figures', () => {
  for (const words of ['=1+1', '+1', '-cmd', '@SUM(A1)', '\t=1']) {
    for (const dialect of [kRfc4180, excelOf('tr')]) {
      assert.ok(
        toCsv([[words]], dialect)
          .replace('\uFEFF', '')
          .replace('"', '')
          .startsWith("'"),
      );
    }
  }
  assert.equal(toCsv([[-3.5]], excelOf('tr')), '\uFEFF-3,5\r\n');
});

test('text of one dialect comes back as fields for the other', () => {
  const text = 'class,percent\r\nneutrophil,58.4\r\n"\'=1,""x""",\r\n';
  const rows = fromCsv(text);
  assert.deepEqual(rows, [
    ['class', 'percent'],
    ['neutrophil', 58.4],
    ['=1,"x"', ''],
  ]);
  assert.equal(toCsv(rows, kRfc4180), text);
});

const kShare = { absolute: null, absolute_interval: null, flag: 'none', count_more: null } as const;
const kMade: Differential = {
  n: 202,
  status: 'complete',
  classes: [
    { class: 'neutrophil', count: 118, percent: 58.4, interval: [51.2, 65.3], ...kShare },
    { class: 'basophil', count: 0, percent: 0, interval: [0, 1.9], ...kShare },
  ],
  per_100: { erythroblast: 7.9 },
  second_interval: null,
  notes: [],
  unreviewed: 3,
  models: [],
  program: '0.1.0',
};
const kFrom = {
  program: '0.1.0',
  models: [{ name: 'cells', version: '3', sha256: 'ab' }],
  intendedUse: 'For education.',
};

test('the sentence follows its template and never leaves out where it comes from', () => {
  assert.equal(
    sentence(
      'n = {n}: {intervals}; {per_100}. {unreviewed}. {source} {intended_use}',
      kMade,
      kFrom,
      '',
    ),
    'n = 202: Neutrophil 58.4% (51.2% – 65.3%); Erythroblast 7.9 per 100 white cells. ' +
      'Unverified: 3 counted cells were not looked at by a person. ' +
      'LeukoLens 0.1.0, cells 3 (SHA-256 ab). For education.',
  );
  const bare = sentence('{classes}.', kMade, kFrom, '');
  assert.ok(bare.startsWith('Neutrophil 58.4%. Unverified: 3'));
  assert.ok(bare.endsWith('(SHA-256 ab). For education.'));
  assert.deepEqual(unknownGaps('{n} {patient} {}'), ['patient', '']);
});
