// The release: the same bytes each time, hashes right, every part with its licence, all of it works.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const kRoot = resolve(import.meta.dirname ?? 'tests/release', '../..');
const work = mkdtempSync(join(tmpdir(), 'leukolens-'));
after(() => rmSync(work, { recursive: true }));

function make(name, zone) {
  const zip = join(work, name);
  // Only the zip: everything is built already.
  execFileSync(join(kRoot, 'tools/build'), ['zip', zip], { env: { ...process.env, TZ: zone } });
  return zip;
}

const zip = make('one.zip', 'UTC');
execFileSync('python3', ['-m', 'zipfile', '-e', zip, work]);
const { version } = JSON.parse(readFileSync(join(kRoot, 'web/package.json'), 'utf8'));
const folder = join(work, `leukolens-${version}`);
const bom = JSON.parse(readFileSync(join(folder, 'bom.cdx.json'), 'utf8'));

test('the same build gives the same bytes, in any zone', () => {
  assert.ok(readFileSync(make('two.zip', 'Asia/Istanbul')).equals(readFileSync(zip)));
});

test('every file stands in SHA256SUMS with its hash', () => {
  const said = execFileSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: folder });
  const files = execFileSync('find', ['.', '-type', 'f', '!', '-name', 'SHA256SUMS'], {
    cwd: folder,
  });
  const count = (words) => words.toString().trim().split('\n').length;
  assert.equal(count(said), count(files));
});

test('the bill of materials has every pinned source and each part has its licence', () => {
  assert.equal(bom.bomFormat, 'CycloneDX');
  assert.match(bom.serialNumber, /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const names = new Set(bom.components.map(({ name }) => name));
  const pins = readFileSync(join(kRoot, 'tools/pins'), 'utf8').matchAll(/^source (\S+)/gm);
  for (const [, name] of pins) assert.equal(names.has(name), name !== 'doctest', name);
  const libraries = bom.components.filter(({ type }) => type === 'library');
  assert.ok(libraries.length >= 8);
  for (const { name, version: its, licenses } of libraries) {
    assert.ok(its && licenses.length === 1, name);
    assert.ok(readFileSync(join(folder, `licences/${name}.txt`)).length > 300, name);
  }
});

test('the room About names every part under its licence', () => {
  const { code } = JSON.parse(readFileSync(join(folder, 'site/model/about.json'), 'utf8'));
  const told = new Map(code.map(({ id, licence }) => [id, licence]));
  const licenceOf = ({ licenses: [one] }) => one.expression ?? one.license.id ?? one.license.name;
  for (const part of bom.components.filter(({ type }) => type === 'library')) {
    assert.equal(told.get(part.name), licenceOf(part), part.name);
  }
});

test('the bill names the nets by the hashes of what is shipped', () => {
  const nets = bom.components.filter(({ type }) => type === 'machine-learning-model');
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
  assert.equal(nets.length, 2);
  for (const { hashes } of nets) assert.ok(sums.includes(`${hashes[0].content}  site/model/`));
});

test('the command line in it answers', () => {
  execFileSync('chmod', ['+x', join(folder, 'bin/leukolens')]);
  const words = ['differential', '--json', '--count', 'neutrophil=60', 'lymphocyte=40'];
  const said = execFileSync(join(folder, 'bin/leukolens'), words, { encoding: 'utf8' });
  assert.equal(JSON.parse(said).n, 100);
});
