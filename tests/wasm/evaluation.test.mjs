// The page's module reckons the figures of a labelled folder as the core's tests have them by hand.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const module = await import(join(kRoot, 'build/wasm/simd/differential.js'));
const wasm = await module.default();

const right = { truth: 0, answer: 0, confidence: 0.95 };

test('accuracy, recalls, matrix and bins of a few answers', () => {
  const wrong = { truth: 1, answer: 0, confidence: 0.55 };
  const none = { truth: 1, answer: null, confidence: 0 };
  const figures = wasm.evaluation(2, [...Array(8).fill(right), wrong, none]);
  assert.equal(figures.pictures, 10);
  assert.equal(figures.unanswered, 1);
  // 8 of 10 by Clopper and Pearson: 44.39 to 97.48 %.
  const { hits, n, lower, upper } = figures.accuracy;
  assert.deepEqual([hits, n, lower.toFixed(4), upper.toFixed(4)], [8, 10, '0.4439', '0.9748']);
  assert.deepEqual(figures.confusion, [
    [8, 0, 0],
    [1, 0, 1],
  ]);
  assert.deepEqual([figures.recalls[0].hits, figures.recalls[0].n], [8, 8]);
  assert.deepEqual([figures.precisions[0].hits, figures.precisions[0].n], [8, 9]);
  assert.equal(figures.precisions[1].n, 0);
  assert.equal(figures.meanRecall, 0.5);
  const error = (8 * 0.05 + 0.55) / 9;
  assert.ok(Math.abs(figures.calibrationError - error) < 1e-12);
  const filled = figures.reliability.filter(({ answers }) => answers > 0);
  assert.deepEqual(
    filled.map(({ answers, accuracy }) => [answers, accuracy]),
    [
      [1, 0],
      [8, 1],
    ],
  );
});

test('outcomes of unknown classes are left out, and nothing gives no numbers', () => {
  const unknown = [
    { ...right, truth: 2 },
    { ...right, answer: 5 },
  ];
  assert.equal(wasm.evaluation(2, unknown).pictures, 0);
  const { accuracy, meanRecall, calibrationError } = wasm.evaluation(2, []);
  assert.deepEqual([accuracy.n, accuracy.lower, accuracy.upper], [0, 0, 1]);
  assert.ok(Number.isNaN(meanRecall) && Number.isNaN(calibrationError));
});
