// The page's module of the differential gives the bytes that the command line gives.
// LEUKOLENS=PROGRAM node --test
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const kProgram = process.env.LEUKOLENS ?? join(kRoot, 'build/native/leukolens');
const kFixtures = join(kRoot, 'tests/fixtures/differential');
const kInstant = '2026-01-15T10:30:00Z';

const fixture = (name) => JSON.parse(readFileSync(join(kFixtures, name), 'utf8'));
const file = fixture('counts.json');
const card = fixture('card.json');

/** The counts of counts.json as the page has them. */
function counts(options = {}) {
  const beside = { erythroblast: 'per_100', artefact: 'outside' };
  const classes = Object.entries(file.counts).map(([name, cells]) => ({
    name,
    cells,
    counting: beside[name] ?? 'in_n',
    unreviewed: file.unreviewed[name] ?? 0,
  }));
  return {
    classes,
    oneSmear: file.one_smear,
    whiteCount: file.white_count,
    includesErythroblasts: file.white_count_includes_erythroblasts,
    range: { population: '', date: '', source: '', ...file.range },
    table: null,
    models: [],
    ...options,
  };
}

/** The card's error rates as the page reads them, in the order of the card. */
function table() {
  const { confusion } = card.sets[1].views[0].per_original;
  const kinds = Object.keys(confusion);
  const answers = Object.keys(confusion[kinds[0]]).filter((name) => name !== 'no_cell_found');
  return {
    source: 'invented 1.0.0, Many cells, per original',
    kinds,
    answers,
    counts: kinds.map((kind) => answers.map((answer) => confusion[kind][answer])),
  };
}

function commandLine(...options) {
  return execFileSync(kProgram, ['differential', ...options, 'counts.json'], {
    cwd: kFixtures,
    encoding: 'utf8',
  });
}

const module = await import(join(kRoot, 'build/wasm/simd/differential.js'));
const wasm = await module.default();

const kFormats = [
  ['json', ['--json']],
  ['csv', ['--csv']],
  ['text', ['--text']],
  ['fhir', ['--fhir', '--time', kInstant]],
];

for (const [format, options] of kFormats) {
  test(`${format}: the same bytes as the command line's`, () => {
    const plain = wasm.differential(counts(), format, kInstant);
    assert.deepEqual(plain, { code: '', what: '', text: commandLine(...options) });
    const carried = wasm.differential(counts({ table: table() }), format, kInstant);
    assert.equal(carried.text, commandLine(...options, '--card', 'card.json'));
  });
}

test('without a white count and ranges, and across smears', () => {
  const bare = wasm.differential(counts({ whiteCount: null, range: null }), 'json', '');
  assert.equal(JSON.parse(bare.text).white_count, null);
  const several = wasm.differential(counts({ oneSmear: false }), 'json', '');
  assert.equal(several.text, commandLine('--json', '--several-smears'));
});

test('the models that gave the answers are named in every format', () => {
  const models = [{ name: 'invented', version: '1.0.0', sha256: 'ab'.repeat(32) }];
  for (const [format, options] of kFormats) {
    const answer = wasm.differential(counts({ models }), format, kInstant);
    const input = JSON.stringify({ ...file, models });
    const line = execFileSync(kProgram, ['differential', ...options, '-'], {
      input,
      encoding: 'utf8',
    });
    assert.equal(answer.text, line);
    assert.match(answer.text, /1\.0\.0/);
  }
});

test('what is wrong is named, not reckoned with', () => {
  for (const cells of [1.5, -1, Number.NaN, 2e9]) {
    const classes = [{ name: 'neutrophil', counting: 'in_n', cells, unreviewed: 0 }];
    const answer = wasm.differential(counts({ classes }), 'json', '');
    assert.deepEqual(answer, {
      code: 'wrong_counts',
      what: 'more than a million cells',
      text: '',
    });
  }
  const answer = wasm.differential(counts({ whiteCount: 7200 }), 'json', '');
  assert.equal(answer.code, 'wrong_counts');
});
