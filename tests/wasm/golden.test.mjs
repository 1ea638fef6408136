// The numbers the trainer wrote with the model come out of both builds of the page's engine.
// Node 20 needs --experimental-wasm-relaxed-simd for the second one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const kPreviewSidePx = 360;

function bytesOf(path) {
  return new Uint8Array(readFileSync(join(kRoot, path)));
}

/** One file of golden numbers for each shipped model. */
const goldens = ['golden.json', 'cells_golden.json'].map((file) =>
  JSON.parse(readFileSync(join(kRoot, 'model', file), 'utf8')),
);
const [golden] = goldens;

async function startEngine(variant, modelFile) {
  const module = await import(join(kRoot, `build/wasm/${variant}/leukolens.js`));
  const wasm = await module.default();
  const engine = new wasm.Engine();
  assert.deepEqual(engine.load(bytesOf(modelFile)), { code: '', what: '' });
  return engine;
}

function readGolden(engine, picture) {
  const reading = engine.read(bytesOf(`tests/fixtures/golden/${picture.file}`), kPreviewSidePx);
  assert.equal(reading.error.code, '', picture.file);
  assert.equal(reading.cells.length, 1, picture.file);
  const [cell] = reading.cells;
  const { x, y, width, height } = cell.box;
  assert.deepEqual([x, y, width, height], picture.box, picture.file);
  return cell;
}

for (const variant of ['simd', 'relaxed']) {
  for (const golden of goldens) {
    test(`${variant}: probabilities of ${golden.model}`, async () => {
      const engine = await startEngine(variant, `model/${golden.model}`);
      assert.deepEqual(engine.model().labels, golden.labels);
      assert.ok(golden.pictures.length >= 4);
      for (const picture of golden.pictures) {
        const cell = readGolden(engine, picture);
        assert.equal(cell.label, picture.class, picture.file);
        const expected = [...picture.probabilities, ...(picture.refusal ?? [])];
        const given = [...cell.probabilities, ...cell.sides];
        assert.equal(given.length, expected.length, picture.file);
        for (const [index, value] of expected.entries()) {
          const off = Math.abs(given[index] - value);
          assert.ok(off <= golden.tolerance, `${picture.file}, value ${index}: off by ${off}`);
        }
      }
    });

    test(`${variant}: classes of ${golden.int8_model}`, async () => {
      const engine = await startEngine(variant, `model/${golden.int8_model}`);
      for (const picture of golden.pictures) {
        assert.equal(readGolden(engine, picture).label, picture.int8.class, picture.file);
      }
    });
  }

  test(`${variant}: faults of files come back by code, and the engine goes on`, async () => {
    const engine = await startEngine(variant, `model/${golden.model}`);
    const whole = bytesOf(`tests/fixtures/golden/${golden.pictures[0].file}`);
    const codeOf = (bytes) => engine.read(bytes, kPreviewSidePx).error.code;
    assert.equal(codeOf(new Uint8Array(0)), 'empty_file');
    assert.equal(codeOf(whole.subarray(0, whole.length / 2)), 'truncated_picture');
    const text = new TextEncoder();
    assert.equal(codeOf(text.encode('II*\0 a TIFF begins like this')), 'tiff_file');
    assert.equal(codeOf(text.encode('\0\0\0\x18ftypheic, a HEIC like this')), 'foreign_format');
    assert.equal(
      codeOf(Uint8Array.from({ length: 64 }, (_, index) => index + 1)),
      'unknown_format',
    );
    assert.equal(codeOf(whole), '');
  });

  test(`${variant}: a foreign model is refused by code`, async () => {
    const module = await import(join(kRoot, `build/wasm/${variant}/leukolens.js`));
    const wasm = await module.default();
    const engine = new wasm.Engine();
    assert.equal(engine.load(new Uint8Array(64)).code, 'model_not_tflite');
    const damaged = bytesOf(`model/${golden.model}`);
    assert.notEqual(engine.load(damaged.subarray(0, 1000)).code, '');
  });

  test(`${variant}: the preview is the picture, small and opaque`, async () => {
    const engine = await startEngine(variant, `model/${golden.model}`);
    const [picture] = golden.pictures;
    const { thumbnail, width, height } = engine.read(
      bytesOf(`tests/fixtures/golden/${picture.file}`),
      100,
    );
    assert.equal(Math.max(thumbnail.width, thumbnail.height), 100);
    assert.ok(Math.abs(thumbnail.width / thumbnail.height - width / height) < 0.05);
    assert.ok(thumbnail.rgba instanceof Uint8ClampedArray);
    assert.equal(thumbnail.rgba.length, thumbnail.width * thumbnail.height * 4);
    assert.ok(thumbnail.rgba.every((value, index) => index % 4 !== 3 || value === 255));
  });

  test(`${variant}: a box of the picture read last is answered and cut out`, async () => {
    const engine = await startEngine(variant, `model/${golden.model}`);
    for (const picture of golden.pictures) {
      const { box, label, probabilities } = readGolden(engine, picture);
      const answer = engine.readBox(box);
      assert.equal(answer.error.code, '');
      assert.deepEqual(answer.cells, [{ ...answer.cells[0], box, label, probabilities }]);
      const longer = Math.max(box.width, box.height);
      const small = engine.cut(box, 1.5, 40);
      assert.deepEqual([small.width, small.height], [40, 40]);
      assert.equal(small.rgba.length, 40 * 40 * 4);
      assert.equal(engine.cut(box, 1.5, 4000).width, Math.floor(longer * 1.5));
    }
  });
}
