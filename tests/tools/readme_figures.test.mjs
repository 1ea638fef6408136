// A card's figures in a README: written between the marks, and held against them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const kTool = join(dirname(fileURLToPath(import.meta.url)), '../../tools/readme_figures.mjs');
const kBegin = '<!-- figures of cells: written by tools/card, do not edit -->';
const kEnd = '<!-- end of figures -->';
const kReadme = `# Above\n\n${kBegin}\nold\n${kEnd}\n\nBelow\n`;

const estimate = (share, lower, upper) => ({ share, lower, upper });
const figures = (pictures) => ({
  pictures,
  accuracy: estimate(0.9, 0.8012, 0.9511),
  mean_recall: estimate(0.85, 0.7, 1),
});

let folder, card, readme;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leukolens-'));
  [card, readme] = ['card.json', 'README.md'].map((name) => join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(cardData, text, ...options) {
  writeFileSync(card, JSON.stringify({ model: { name: 'cells' }, ...cardData }));
  writeFileSync(readme, text);
  const { status, stderr } = spawnSync('node', [kTool, ...options, card, readme], {
    encoding: 'utf8',
  });
  return { status, stderr, text: readFileSync(readme, 'utf8') };
}

test('cells: a row a part of a set, a count and the int8 file, limits rounded outward', () => {
  const sets = [
    {
      title: 'PBC',
      views: [
        { title: 'all', per_picture: figures(40), per_original: figures(20) },
        { title: 'clean', per_picture: figures(30) },
      ],
      int8: { per_picture: figures(39) },
    },
  ];
  const row = (title, n) => `| ${title} | ${n} | 90.0 % (80.1-95.2) | 85.0 % (70.0-100.0) |`;
  const { status, text } = run({ sets }, kReadme);
  assert.equal(status, 0);
  const table = [
    '| looked at | n | accuracy (95 % interval) | mean recall |',
    '| --- | --- | --- | --- |',
    row('PBC, per picture', 40),
    row('PBC, per original', 20),
    row('PBC, clean, per picture', 30),
    row('PBC, int8 file, per picture', 39),
  ].join('\n');
  assert.equal(text, `# Above\n\n${kBegin}\n\n${table}\n\n${kEnd}\n\nBelow\n`);
});

test('fields: a row a kind and the fields counted right', () => {
  const kinds = [{ kind: 'red_cell', given: 7, ap50: figures(1).accuracy, f1: estimate(1, 1, 1) }];
  const fields = [{ title: 'TXL', kinds, pictures: 3, counted_right: estimate(0.5, 0.5, 0.5) }];
  const { text } = run({ fields }, kReadme);
  assert.match(
    text,
    /\| TXL, red cells \| 7 \| 90\.0 % \(80\.1-95\.2\) \| 100\.0 % \(100\.0-100\.0\) \|\n/,
  );
  assert.match(
    text,
    /\| TXL, fields with all white cells counted right \| 3 \| 50\.0 % .* \| \|\n/,
  );
});

test('--check writes nothing, and tells whether README and card agree', () => {
  const sets = [{ title: 'PBC', views: [{ title: 'all', per_picture: figures(4) }] }];
  const stale = run({ sets }, kReadme, '--check');
  assert.equal(stale.status, 1);
  assert.match(stale.stderr, /the figures in .*README\.md are not those of .*card\.json/);
  assert.equal(stale.text, kReadme);
  const { text } = run({ sets }, kReadme);
  assert.deepEqual(run({ sets }, text, '--check'), { status: 0, stderr: '', text });
});

test('a README without a place for the figures is named and left alone', () => {
  const text = kReadme.replace('figures of cells', 'figures of finder');
  const { status, stderr, text: after } = run({ sets: [] }, text);
  assert.equal(status, 1);
  assert.match(stderr, /README\.md has no place for the figures/);
  assert.equal(after, text);
});
