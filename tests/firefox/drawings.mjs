// Pictures for the tests, drawn by leukolens-phantoms.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { kRoot } from './browser.mjs';

/** `count` pictures in which the classes take turns. */
export function draw(count, classes, seed, ...options) {
  const folder = mkdtempSync(join(tmpdir(), 'leukolens-'));
  const truth = join(folder, 'truth.json');
  const words = ['--out', folder, '--truth', truth, '--count', String(count), ...options];
  words.push('--seed', String(seed), ...classes.flatMap((name) => ['--class', name]));
  execFileSync(join(kRoot, 'build/native/leukolens-phantoms'), words);
  const { pictures } = JSON.parse(readFileSync(truth, 'utf8'));
  return pictures.map(({ file }) => ({
    name: basename(file),
    path: join(folder, file),
    bytes: readFileSync(join(folder, file)),
  }));
}

/** What the command line finds in each: its cells. */
export function classified(pictures) {
  const program = join(kRoot, 'build/native/leukolens');
  const paths = pictures.map(({ path }) => path);
  const lines = execFileSync(program, ['classify', '--jsonl', ...paths], { encoding: 'utf8' });
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).cells);
}
