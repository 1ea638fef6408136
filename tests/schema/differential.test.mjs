// What leukolens differential --json writes is what core/differential/schema.json says:
// LEUKOLENS=PROGRAM node --test
import Ajv from 'ajv/dist/2020.js';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const kProgram = process.env.LEUKOLENS ?? join(kRoot, 'build/native/leukolens');
const kFixtures = join(kRoot, 'tests/fixtures/differential');
const schema = JSON.parse(readFileSync(join(kRoot, 'core/differential/schema.json'), 'utf8'));

/** The schema without the room it leaves for later members. */
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

function differential(...options) {
  const text = execFileSync(kProgram, ['differential', '--json', ...options], {
    cwd: kFixtures,
    encoding: 'utf8',
  });
  return JSON.parse(text);
}

const kRuns = [
  ['counts.json'],
  ['--card', 'card.json', 'counts.json'],
  ['--several-smears', 'counts.json'],
  ['--count', 'neutrophil=30', 'smudge=3', '--white-count', '7'],
  ['--count', 'neutrophil=60', 'lymphocyte=30', 'monocyte=9', '--range', 'seer'],
  ['--count', 'neutrophil=600', 'lymphocyte=300', '--white-count', '14', '--range', 'uk_tdl_2020'],
  ['--count', 'neutrophil=100', '--unreviewed', '50', '--card', 'card.json'],
];

test('every kind of result fits', () => {
  const results = kRuns.map((options) => differential(...options));
  for (const result of results) {
    assert.ok(fits(result), `${JSON.stringify(result)}\n${ajv.errorsText(fits.errors)}`);
  }
  const statuses = new Set(results.map(({ status }) => status));
  assert.deepEqual([...statuses].sort(), ['complete', 'none', 'not_complete', 'preliminary']);
  assert.ok(results.some((result) => result.second_interval !== null));
});

test('counts are those of the file, and the interval holds the percentage', () => {
  for (const options of kRuns) {
    const { n, status, classes } = differential(...options);
    const counted = classes.reduce((sum, { count }) => sum + count, 0);
    assert.equal(counted, n);
    if (status === 'none') continue;
    for (const { percent, interval, count } of classes) {
      assert.ok(interval[0] <= percent && percent <= interval[1]);
      assert.ok(Math.abs(percent - (100 * count) / n) <= 0.0500001);
    }
  }
});

/** A copy with the member at `path` changed, or left out if `value` is undefined. */
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
  ['schema', 'leukolens-differential/2'],
  ['n', 49],
  ['n', 200.5],
  ['status', 'none'],
  ['status', 'final'],
  ['classes', []],
  ['classes.0.percent', null],
  ['classes.0.percent', 100.1],
  ['classes.0.interval', [1]],
  ['classes.0.flag', 'normal'],
  ['classes.0.count_more', 0],
  ['classes.0.colour', 'blue'],
  ['per_100.erythroblast', -1],
  ['second_interval', undefined],
  ['second_interval.error_rates', ''],
  ['notes', []],
  ['notes.0', 'a sentence'],
  ['range.unit', 'K/uL'],
  ['white_count.entered', 0],
  ['intended_use', undefined],
];

test('a planted fault does not fit', () => {
  const sound = differential('--card', 'card.json', 'counts.json');
  assert.ok(fits(sound));
  for (const [path, value] of kFaults) {
    assert.ok(
      !fits(changed(sound, path, value)),
      `${path} = ${JSON.stringify(value)} went through`,
    );
  }
});
