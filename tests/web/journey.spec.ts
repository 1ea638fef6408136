// A technician without internet: the page of one file, 150 field pictures, a review by keyboard, a
// complete differential, a report on paper, a case that is opened on another day.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { choose, expect, openPage, test, waitUntilRead } from './table';
import { kServer } from './server';
import { openRoom } from './tour';

const kPictures = 150;

interface Smear {
  readonly files: readonly string[];
  /** The class drawn in each picture, by the pictures' numbers from 1. */
  readonly truth: ReadonlyMap<number, string>;
}

/** Drawings, whose truth stands in for a person who knows cells. */
function draw(folder: string): Smear {
  const list = join(folder, 'truth.json');
  const classes = [
    'neutrophil',
    'lymphocyte',
    'neutrophil',
    'monocyte',
    'neutrophil',
    'eosinophil',
  ];
  const words = ['--out', folder, '--truth', list, '--count', String(kPictures), '--seed', '64000'];
  words.push('--size', '480x360', ...classes.flatMap((name) => ['--class', name]));
  execFileSync(join(kServer.root, 'build/native/leukolens-phantoms'), words);
  const { pictures } = JSON.parse(readFileSync(list, 'utf8')) as {
    pictures: { file: string; cells: { class: string }[] }[];
  };
  const kinds = new Set(classes);
  const drawn = pictures.map(({ cells }) => cells.find((cell) => kinds.has(cell.class))?.class);
  return {
    files: pictures.map(({ file }) => join(folder, file)),
    truth: new Map(drawn.map((name, at) => [at + 1, name ?? ''])),
  };
}

interface Tile {
  readonly id: string;
  readonly group: string;
  readonly picture: number;
  readonly isCurrent: boolean;
}

function waitingTiles(page: Page): Promise<Tile[]> {
  return page.locator('.tile:not(.tile-done)').evaluateAll((tiles) =>
    tiles.map((tile) => ({
      id: (tile as HTMLElement).dataset['id'] ?? '',
      group: tile.closest<HTMLElement>('.group')?.dataset['group'] ?? '',
      picture: Number(/(\d+)$/.exec(tile.getAttribute('aria-label') ?? '')?.[1]),
      isCurrent: (tile as HTMLElement).tabIndex === 0,
    })),
  );
}

/** Of a picture's cells the first that the model named rightly is the drawn one; others are none. */
function answers(tiles: readonly Tile[], truth: Smear['truth']): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [picture, name] of truth) {
    const here = tiles.filter((tile) => tile.picture === picture);
    const drawn = here.find(({ group }) => group === name) ?? here[0];
    for (const tile of here) found.set(tile.id, tile === drawn ? name : 'not_a_white_cell');
  }
  return found;
}

async function keyOf(page: Page, bin: string): Promise<string> {
  const cap = await page.locator(`.review .bin[data-bin=${bin}] kbd`).first().textContent();
  return (cap ?? '').toLowerCase();
}

/** One key for a wrong cell; a group whose other cells are right is accepted at once. */
async function reviewByKeyboard(page: Page, truth: Smear['truth']): Promise<number> {
  const right = answers(await waitingTiles(page), truth);
  for (let presses = 0; ; ++presses) {
    const waiting = await waitingTiles(page);
    if (waiting.length === 0) return presses;
    const current = waiting.find(({ isCurrent }) => isCurrent);
    if (current === undefined) throw new Error('the cursor is on no cell that waits');
    const isWrong = (tile: Tile): boolean => right.get(tile.id) !== tile.group;
    const group = waiting.filter((tile) => tile.group === current.group);
    const bin = right.get(current.id) ?? '';
    if (!group.some(isWrong)) await page.keyboard.press('Shift+Enter');
    else await page.keyboard.press(isWrong(current) ? await keyOf(page, bin) : 'Enter');
    await expect(page.locator(`.tile:not(.tile-done)[data-id="${current.id}"]`)).toHaveCount(0);
  }
}

async function download(page: Page, what: string): Promise<Buffer> {
  const wanted = page.waitForEvent('download');
  await page.locator(what).click();
  return readFileSync(await (await wanted).path());
}

test('a technician without internet counts 150 fields and prints a complete differential', async ({
  page,
  context,
}) => {
  test.setTimeout(400_000);
  const folder = mkdtempSync(join(tmpdir(), 'leukolens-'));
  const file = join(folder, 'leukolens.html');
  copyFileSync(join(kServer.root, 'build/leukolens.html'), file);
  const { files, truth } = draw(folder);
  expect(readdirSync(folder).filter((name) => name.endsWith('.png'))).toHaveLength(kPictures);
  await context.setOffline(true);
  await page.addInitScript(() => {
    delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;
  });
  await openPage(page, pathToFileURL(file).href);
  await choose(page, [...files]);
  await expect(page.locator('.tally')).toBeVisible();
  await expect
    .poll(() => page.locator('.card[data-progress=read]').count(), { timeout: 200_000 })
    .toBe(kPictures);
  await waitUntilRead(page, kPictures);

  await openRoom(page, 'review');
  const cells = await page.locator('.tile').count();
  expect(cells).toBeGreaterThanOrEqual(100);
  const presses = await reviewByKeyboard(page, truth);

  await page.getByRole('link', { name: 'Differential' }).click();
  await page.locator('.differential').getByRole('radio', { name: 'Yes' }).check();
  await expect(page.locator('.differential-status')).toHaveAttribute('data-status', 'complete');
  const made = JSON.parse((await download(page, '[data-output=json]')).toString()) as {
    status: string;
    unreviewed: number;
    classes: { class: string; count: number }[];
  };
  expect(made).toMatchObject({ status: 'complete', unreviewed: 0 });

  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.report')).toContainText('An unverified aid for a qualified person');
  await expect(page.locator('.report-mark')).toHaveCount(0);
  const paper = await page.pdf({ path: join(kServer.root, 'build/journey_report.pdf') });
  expect(paper.byteLength).toBeGreaterThan(20_000);
  await page.emulateMedia({ media: 'screen' });

  const day = join(folder, 'day.leukolens');
  writeFileSync(day, await download(page, '.case-place ~ .buttons button:first-child'));
  await page.close({ runBeforeUnload: false });
  const another = await context.newPage();
  await openPage(another, pathToFileURL(file).href);
  const chooser = another.waitForEvent('filechooser');
  await another.getByRole('button', { name: 'Open case' }).click();
  await (await chooser).setFiles(day);
  await expect(another.locator('.case-notice')).toContainText('“day.leukolens” is open.');
  await another.getByRole('link', { name: 'Differential' }).click();
  await expect(another.locator('.differential-status')).toHaveAttribute('data-status', 'complete');
  for (const { class: name, count } of made.classes) {
    const row = another.locator(`.differential-table tr[data-class="${name}"] td`).first();
    await expect(row).toHaveText(String(count));
  }

  const per100 = ((100 * presses) / cells).toFixed(1);
  const words = `journey 1: ${cells} cells, ${presses} keys, ${per100} keys per 100 cells`;
  console.log(words);
  writeFileSync(join(kServer.root, 'build/journey_1.txt'), `${words}\n`);
  // By hand each cell is a key.
  expect(presses).toBeLessThan(cells / 2);
});
