// What the command line writes is what core/report/schema.json says: LEUKOLENS=PROGRAM node --test
import Ajv from 'ajv/dist/2020.js';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const kProgram = process.env.LEUKOLENS ?? join(kRoot, 'build/native/leukolens');
const schema = JSON.parse(readFileSync(join(kRoot, 'core/report/schema.json'), 'utf8'));

/** The schema without the room it leaves for later members: none goes out that it doesn't tell of. */
function closed(part) {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map(closed);
  const copy = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]));
  return part.type === 'object' && part.properties
    ? { ...copy, additionalProperties: false }
    : copy;
}

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
const fits = ajv.compile(closed(schema));

function assertFits(result) {
  assert.ok(fits(result), `${JSON.stringify(result)}\n${ajv.errorsText(fits.errors)}`);
}

function parseLines(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function classify(...options) {
  const { stdout, status } = spawnSync(kProgram, ['classify', '--jsonl', ...options], {
    cwd: kRoot,
    encoding: 'utf8',
  });
  assert.ok(status === 0 || status === 1, `leukolens ended with ${status}`);
  return parseLines(stdout);
}

/** The sum of probabilities, and the class being the likeliest, are beyond a schema. */
function assertAdds(cell) {
  const probabilities = Object.values(cell.probabilities);
  const sum = probabilities.reduce((total, value) => total + value, 0);
  assert.ok(Math.abs(sum - 1) < 1e-4, `the probabilities' sum is ${sum}`);
  assert.equal(cell.probabilities[cell.class], Math.max(...probabilities));
}

test('every JSON line of the transcripts fits', () => {
  const results = parseLines(
    execFileSync(join(kRoot, 'tests/cli/run'), [kProgram, '--jsonl'], { encoding: 'utf8' }),
  );
  results.forEach(assertFits);
  assert.ok(results.filter((result) => result.cells).length >= 5);
  assert.ok(results.filter((result) => result.error).length >= 3);
});

test('every format, warning and refused picture of the fixtures fits', () => {
  const results = classify('tests/fixtures/pictures', 'core/report/schema.json', 'nowhere.png');
  results.forEach(assertFits);
  const read = results.filter((result) => result.image);
  const formats = new Set(read.map((result) => result.image.format));
  assert.ok(
    ['JPEG', 'PNG', 'GIF'].every((format) => formats.has(format)),
    [...formats].join(),
  );
  assert.ok(read.some((result) => result.image.warnings.length > 0));
  assert.ok(results.filter((result) => result.error).length >= 3);
});

/** The shipped models that name classes: those with golden numbers, float and int8. */
const models = readdirSync(join(kRoot, 'model'))
  .filter((name) => name.endsWith('golden.json'))
  .map((name) => JSON.parse(readFileSync(join(kRoot, 'model', name), 'utf8')))
  .flatMap((golden) => [golden.model, golden.int8_model]);
assert.ok(models.length >= 2);
for (const model of models) {
  test(`what ${model} makes of the drawings fits`, () => {
    const results = classify('--model', join('model', model), 'tests/fixtures/golden');
    results.forEach(assertFits);
    const cells = results.flatMap((result) => result.cells ?? []);
    assert.ok(cells.length >= 4);
    cells.forEach(assertAdds);
  });
}

/** A copy of `result` with the member at `path` changed, or left out if `value` is undefined. */
function changed(result, path, value) {
  const copy = structuredClone(result);
  const keys = path.split('.');
  const last = keys.pop();
  const place = keys.reduce((part, key) => part[key], copy);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

const kFaults = [
  ['schema', 'leukolens/2'],
  ['file', undefined],
  ['error', { code: 'empty_file', message: 'the file is empty' }],
  ['model.sha256', 'ABC'],
  ['image.format', 'HEIC'],
  ['image.width', 31.5],
  ['image.warnings', ['Grey picture']],
  ['image.dpi', 72],
  ['cells.0.box', [1, 2, 3]],
  ['cells.0.box', [1, 2, 3, 0]],
  ['cells.0.class', undefined],
  ['cells.0.verdict', 'sure'],
  ['cells.0.probabilities.neutrophil', null],
  ['cells.0.probabilities.neutrophil', 1.5],
  ['cells.0.refusal', { blast: 0.5 }],
  ['cells.0.refusal', { not_a_white_cell: '0.5' }],
  ['cells.0.found', 2],
  ['finder', { name: 'field' }],
  ['in_this_picture', { red_cells: 12 }],
  ['in_this_picture', { red_cells: 12, platelets: 1, um_per_px: 0.1 }],
  ['cells', []],
  ['quality', { sharpness: 0.5 }],
  ['quality.white', 1.5],
  ['time_ms.find', -1],
  ['intended_use', undefined],
];

test('a planted fault does not fit, a refusal and what a finder saw do', () => {
  const [sound] = classify('tests/fixtures/golden/neutrophil.png');
  assertFits(changed(sound, 'cells.0.refusal', { other_or_abnormal: 0, not_a_white_cell: 0.5 }));
  assertFits(
    changed(sound, 'in_this_picture', {
      red_cells: 12,
      platelets: 0,
      um_per_px: 0.11,
      um_per_px_interval: [0.1, 0.12],
    }),
  );
  assertFits(changed(changed(sound, 'cells', []), 'image.warnings', ['no_cell_found']));
  for (const [path, value] of kFaults) {
    assert.ok(
      !fits(changed(sound, path, value)),
      `${path} = ${JSON.stringify(value)} went through`,
    );
  }
  const [refused] = classify('core/report/schema.json');
  assertFits(refused);
  assert.ok(!fits(changed(refused, 'error.code', 'Unknown format')));
  assert.ok(!fits(changed(refused, 'error.message', undefined)));
});

test('members that a later program adds do not trouble a reader of the schema as it is', () => {
  const reader = new Ajv({ strictTypes: false, strictRequired: false }).compile(schema);
  const [sound] = classify('tests/fixtures/golden/neutrophil.png');
  assert.ok(reader(changed(sound, 'image.dpi', 72)), ajv.errorsText(reader.errors));
});
