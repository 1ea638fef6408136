// FHIR bundles of the command line hold what fhir.mjs asks, and planted faults are found.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fhirFaults } from './fhir.mjs';

const kProgram = resolve(process.env.LEUKOLENS ?? 'build/native/leukolens');
const kFixtures = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/differential');

function bundleOf(...options) {
  const words = ['differential', '--fhir', '--time', '2026-01-15T10:30:00Z', ...options];
  return JSON.parse(execFileSync(kProgram, words, { cwd: kFixtures, encoding: 'utf8' }));
}

const kRuns = [
  ['counts.json'],
  ['--several-smears', 'counts.json'],
  ['--count', 'neutrophil=30', 'smudge=3', '--white-count', '7'],
  ['--count', 'neutrophil=600', 'lymphocyte=300', '--white-count', '14', '--range', 'uk_tdl_2020'],
  ['--count', 'neutrophil=90', 'blast=10', 'erythroblast=4'],
];

test('bundles of every kind of result are sound', () => {
  for (const options of kRuns) {
    const bundle = bundleOf(...options);
    assert.ok(bundle.entry.length > 5);
    assert.deepEqual([...fhirFaults(bundle)], [], options.join(' '));
  }
});

const kFaults = {
  'a report without status': ({ report }) => delete report.status,
  'a final report': ({ report }) => (report.status = 'final'),
  'a report without code': ({ report }) => delete report.code,
  'an observation without status': ({ first }) => delete first.status,
  'a wrong check digit': ({ first }) => (first.code.coding[0].code = '26511-7'),
  'a unit of another system': ({ first }) => (first.valueQuantity.code = '10^9/L'),
  'value and reason both': ({ first }) => (first.dataAbsentReason = { text: 'none' }),
  'neither value nor reason': ({ first }) => delete first.valueQuantity,
  'no intended use': ({ first }) => delete first.note,
  'a dangling reference': ({ report }) => (report.result[0].reference = 'urn:uuid:0'),
  'a result left out': ({ report }) => report.result.pop(),
  'an address twice': ({ bundle }) => (bundle.entry[1].fullUrl = bundle.entry[0].fullUrl),
  'a patient': ({ bundle }) =>
    bundle.entry.push({ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Patient' } }),
  'a range upside down': ({ ranged }) => (ranged.referenceRange[0].low.value = 1000),
  'a normal result': ({ first }) =>
    (first.interpretation = [{ coding: [{ system: 'http://x', code: 'N' }] }]),
  'a day for an instant': ({ bundle }) => (bundle.timestamp = '2026-01-15'),
};

test('planted faults are found', () => {
  for (const [name, plant] of Object.entries(kFaults)) {
    const bundle = bundleOf(...kRuns[3]);
    const resources = bundle.entry.map(({ resource }) => resource);
    const report = resources.find(({ resourceType }) => resourceType === 'DiagnosticReport');
    const ranged = resources.find(({ referenceRange }) => referenceRange !== undefined);
    plant({ bundle, report, first: resources[0], ranged });
    assert.notDeepEqual([...fhirFaults(bundle)], [], `${name} went through`);
  }
});
