import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { className, formatDuration, formatShare, isTextKey, plural, text } from '../../../web/i18n';
import clinical from '../../../web/text/clinical.json';
import en from '../../../web/text/en.json';
import { kBins } from '../../../web/review/bins';
import { chooseVariant } from '../../../web/variant';

// Errors of the page itself; all others are the core's.
const kPageErrors = ['unreadable_file', 'engine_died'];

function keysAfter(prefix: string): string[] {
  const keys = Object.keys(en).filter((key) => key.startsWith(prefix));
  return keys.map((key) => key.slice(prefix.length)).sort();
}

function source(path: string): string {
  return readFileSync(path, 'utf8');
}

test('every error of the core has words, with a gap for the changing part where it has one', () => {
  const lines = source('core/errors.def').matchAll(/^LEUKOLENS_ERROR\(\w+, "(\w+)", "(.*)"\)$/gm);
  const sentences = new Map([...lines].map(([, code, sentence]) => [code ?? '', sentence ?? '']));
  assert.ok(sentences.size > 10);
  assert.deepEqual(keysAfter('error.'), [...sentences.keys(), ...kPageErrors].sort());
  for (const [code, sentence] of sentences) {
    const words = (en as Record<string, unknown>)[`error.${code}`] as string;
    assert.equal(words.includes('{what}'), sentence.includes('{}'), code);
  }
});

test('every warning of the core has words', () => {
  const names = source('core/picture/picture.h').matchAll(/^ {2}k\w+,\s*\/\/ "(\w+)"/gm);
  assert.deepEqual(keysAfter('warning.'), [...names].map(([, name]) => name ?? '').sort());
});

test('every verdict of the core has words', () => {
  const comment = /enum class Verdict.*?;\n((?:\/\/.*\n)+)/s.exec(source('core/cells/judge.h'));
  const names = [...(comment?.[1] ?? '').matchAll(/"(\w+)"/g)].map(([, name]) => name ?? '');
  assert.equal(names.length, 4);
  assert.deepEqual(keysAfter('verdict.'), names.sort());
});

function clinicalKeys(): Set<string> {
  const keys = new Set<string>();
  for (const [label, facts] of Object.entries(clinical.classes)) {
    const prefix = `clinical.${label}`;
    for (const name of facts.hallmarks) keys.add(`${prefix}.hallmark.${name}`);
    for (const name of facts.lookAlikes) keys.add(`${prefix}.look_alike.${name}`);
  }
  return keys;
}

test('every clinical fact has words', () => {
  for (const key of clinicalKeys()) assert.ok(isTextKey(key), key);
});

test('every kind that has a look of its own is described for the quiz', () => {
  const without = new Set([
    'other_or_abnormal',
    'unsure',
    'not_a_white_cell',
    'artefact',
    'removed',
  ]);
  const kinds = kBins.map(({ id }) => id).filter((id) => !without.has(id));
  assert.deepEqual(
    kinds.filter((id) => !Object.hasOwn(clinical.classes, id)),
    [],
  );
});

function pageSources(): string {
  const files = readdirSync('web', { recursive: true, encoding: 'utf8' });
  const own = files.filter((file) => file.endsWith('.ts') && !file.startsWith('node_modules'));
  const code = own.map((file) => source(join('web', file))).join('\n');
  return code + source('web/index.html').replace(/%([a-z_.]+)%/g, "'$1'");
}

/** Of keys that are put together while the page runs, such as `differential.flag.${flag}`. */
function patternsIn(code: string): RegExp[] {
  const keys = code.matchAll(/`((?:[a-z_]+\.)+(?:\$\{[^}`]*\}|[a-z_.])*)`/g);
  return [...keys].map(([, key = '']) => {
    const pattern = key.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '\\w+');
    return new RegExp(`^${pattern}$`);
  });
}

test('no text is left over', () => {
  const code = pageSources();
  const used = clinicalKeys();
  const made = patternsIn(code);
  const isMade = (key: string): boolean => made.some((pattern) => pattern.test(key));
  const unused = Object.keys(en).filter(
    (key) => !used.has(key) && !code.includes(`'${key}'`) && !isMade(key),
  );
  assert.deepEqual(unused, []);
});

test('words that claim too much are not used', () => {
  const claims = /\b(detects?|diagnoses?|screens?|healthy|confirmed|patient has|normal result)\b/i;
  for (const [key, words] of Object.entries(en)) {
    assert.doesNotMatch(JSON.stringify(words), claims, key);
  }
});

test('shares never round to a certainty they do not have', () => {
  assert.equal(formatShare(0.9996), '> 99%');
  assert.equal(formatShare(1), '100%');
  assert.equal(formatShare(0.9949), '99%');
  assert.equal(formatShare(0.0004), '< 1%');
  assert.equal(formatShare(0), '0%');
});

test('gaps are filled, plurals chosen, durations worded', () => {
  assert.equal(
    text('error.foreign_format', { what: 'a TIFF file' }),
    'This is a TIFF file. Save it as PNG or JPEG and try again.',
  );
  assert.equal(plural('batch.finished', 1), '1 picture read');
  assert.equal(plural('batch.finished', 1234), '1,234 pictures read');
  assert.equal(formatDuration(200), '1 second');
  assert.equal(formatDuration(89_000), '89 seconds');
  assert.equal(formatDuration(240_000), '4 minutes');
});

test('a class without words keeps the name the model gives it', () => {
  assert.equal(className('monocyte'), 'Monocyte');
  assert.equal(className('plasma_cell'), 'plasma_cell');
});

test('the fastest engine that validates is chosen, none without SIMD', () => {
  assert.equal(
    chooseVariant(() => true),
    'relaxed',
  );
  const asked: Uint8Array[] = [];
  const second = chooseVariant((module) => asked.push(module) === 2);
  assert.equal(second, 'simd');
  assert.equal(
    chooseVariant(() => false),
    null,
  );
  assert.ok(WebAssembly.validate(asked[1] as Uint8Array<ArrayBuffer>));
});
