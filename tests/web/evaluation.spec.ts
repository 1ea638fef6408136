// A researcher drops a folder of labelled pictures and gets the figures of `leukolens evaluate`.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Field, fromCsv } from '../../web/export/csv';
import { expect, openPage, test } from './table';
import { kServer } from './server';

const kClasses = ['eosinophil', 'lymphocyte', 'monocyte', 'neutrophil', 'basophil'];
const kPerClass = 5;
const kProgram = join(kServer.root, 'build/native/leukolens');

/** A folder for each class, one drawing of which lies in a wrong one and one is no picture. */
function draw(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'leukolens-')), 'labelled');
  for (const [index, name] of kClasses.entries()) {
    const words = ['--out', join(folder, name), '--class', name, '--count', String(kPerClass)];
    words.push('--size', '320x240', '--seed', String(72_000 + 100 * index));
    execFileSync(join(kServer.root, 'build/native/leukolens-phantoms'), words);
  }
  copyFileSync(join(kServer.root, 'web/samples/monocyte.png'), join(folder, 'eosinophil/mix.png'));
  writeFileSync(join(folder, 'monocyte/.hidden'), 'no picture');
  return folder;
}

async function drop(page: Page, path: string): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, x: 200, y: 300, data });
  }
}

async function save(page: Page, what: string): Promise<Field[][]> {
  const wanted = page.waitForEvent('download');
  await page.locator(`[data-output=${what}]`).click();
  return fromCsv(readFileSync(await (await wanted).path(), 'utf8'));
}

interface Estimate {
  readonly share: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

interface Evaluated {
  readonly pictures: number;
  readonly no_cell_found: number;
  readonly unsure: number;
  readonly could_not_be_read: number;
  readonly accuracy: Estimate;
  readonly mean_recall: Estimate;
  readonly classes: Record<string, { pictures: number; recall: Estimate; precision: Estimate }>;
  readonly confusion: Record<string, Record<string, number>>;
  readonly expected_calibration_error: number;
  readonly reliability: { from: number; answers: number; confidence: number; accuracy: number }[];
}

function byCommandLine(folder: string): Evaluated {
  const words = ['evaluate', '--json', '--quiet', folder];
  return JSON.parse(execFileSync(kProgram, words, { encoding: 'utf8' })) as Evaluated;
}

/** Looks figures up by the first fields of their row. */
function finder([head = [], ...rows]: Field[][]) {
  return (column: string, ...first: Field[]): Field => {
    const row = rows.find((one) => first.every((field, at) => one[at] === field));
    expect(row, first.join(' ')).toBeDefined();
    return row?.[head.indexOf(column)] ?? null;
  };
}

function expectClose(field: Field, value: number | null): void {
  if (value === null) expect(field).toBe('');
  else expect(Math.abs(Number(field) - value)).toBeLessThan(1e-4);
}

test('a researcher drops a labelled folder: the figures are those of the command line', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const folder = draw();
  const expected = byCommandLine(folder);
  expect(expected.pictures).toBe(kPerClass * kClasses.length + 1);
  await openPage(page);
  await page.getByRole('link', { name: /^Evaluation/ }).click();
  await expect(page.locator('.evaluation')).toContainText('neutrophil, basophil');
  await drop(page, folder);
  const room = page.locator('.evaluation');
  const total = `of ${expected.pictures} pictures`;
  await expect(room.locator('[data-figure=accuracy]')).toContainText(total, { timeout: 60_000 });
  await expect(room).not.toContainText('still to be read');
  await expect(room.locator('[data-figure=unsure] strong')).toHaveText(String(expected.unsure));

  const figure = finder(await save(page, 'evaluation_figures'));
  expect(figure('n', 'accuracy')).toBe(expected.pictures);
  for (const limit of ['share', 'lower', 'upper'] as const) {
    expectClose(figure(limit, 'accuracy'), expected.accuracy[limit]);
    for (const name of kClasses) {
      expectClose(figure(limit, 'recall', name), expected.classes[name]?.recall[limit] ?? null);
      const precision = expected.classes[name]?.precision[limit] ?? null;
      expectClose(figure(limit, 'precision', name), precision);
    }
  }
  expectClose(figure('share', 'mean_recall'), expected.mean_recall.share);
  const error = expected.expected_calibration_error;
  expectClose(figure('share', 'expected_calibration_error'), error);
  for (const bin of expected.reliability) {
    const near = [...Array(15).keys()].find((at) => Math.abs(at / 15 - bin.from) < 1e-9) ?? -1;
    expectClose(figure('confidence', 'reliability', '', '', near / 15), bin.confidence);
    expect(figure('n', 'reliability', '', '', near / 15)).toBe(bin.answers);
  }
  for (const [row, name] of kClasses.entries()) {
    const cells = room.locator('.evaluation-matrix tbody tr').nth(row).locator('td');
    const answers = [...kClasses, 'no_cell_found'];
    const counts = answers.map((answer) => expected.confusion[name]?.[answer] ?? Number.NaN);
    expect(await cells.allTextContents()).toEqual(counts.map(String));
    for (const [at, answer] of answers.entries()) {
      expect(figure('hits', 'confusion', name, answer)).toBe(counts[at]);
    }
  }

  const [head = [], ...pictures] = await save(page, 'evaluation_pictures');
  expect(pictures).toHaveLength(expected.pictures);
  const right = pictures.filter((row) => row[head.indexOf('right')] === 'true').length;
  expect(figure('hits', 'accuracy')).toBe(right);
  // Every mistake leaves the page with what identifies the picture, but not its name.
  expect(pictures[0]?.[head.indexOf('picture_sha256')]).toMatch(/^[0-9a-f]{64}$/);
  expect(pictures.flat().filter((field) => String(field).endsWith('.png'))).toEqual([]);
});

test('a folder that names no class is left out and told', async ({ page }) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'leukolens-')), basename('set'));
  for (const name of ['Neutrophil', 'parasite']) {
    mkdirSync(join(folder, name), { recursive: true });
    copyFileSync(join(kServer.root, 'web/samples/neutrophil.png'), join(folder, name, '1.png'));
  }
  writeFileSync(join(folder, 'Neutrophil/broken.png'), 'no picture');
  await openPage(page);
  await drop(page, folder);
  await page.getByRole('link', { name: /^Evaluation/ }).click();
  const room = page.locator('.evaluation');
  await expect(room.locator('.evaluation-notes')).toContainText('left out: parasite');
  await expect(room.locator('.evaluation-notes')).toContainText('1 picture could not be read');
  await expect(room.locator('[data-figure=accuracy]')).toContainText('of 1 picture,');
});

for (const [width, height, scheme] of [
  [390, 844, 'light'],
  [390, 844, 'dark'],
  [1280, 900, 'light'],
  [1280, 900, 'dark'],
] as const) {
  test(`the room at ${width} pixels, ${scheme}, is no wider than the screen`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    const folder = draw();
    await openPage(page, './#evaluation');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a labelled folder' }).click();
    await (await chooser).setFiles(folder);
    const wanted = `of ${kPerClass * kClasses.length + 1} pictures`;
    await expect(page.locator('[data-figure=accuracy]')).toContainText(wanted, { timeout: 60_000 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
    const name = `evaluation_${width}_${scheme}.png`;
    const path = join(kServer.root, 'build/screenshots', name);
    await page.screenshot({ path, fullPage: true });
  });
}
