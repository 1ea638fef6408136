// The case: saved to a file and to the browser's copy, opened, merged, and never lost.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { kServer } from './server';
import { choose, expect, kGolden, openPage, test, waitUntilRead } from './table';
import { unzipSync } from 'fflate';
import Ajv from 'ajv/dist/2020.js';
import { openRoom } from './tour';

/** As in browsers that let no page hold a file: saving is a download. */
async function withoutPicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;
  });
}

async function openReview(page: Page, pictures = kGolden): Promise<void> {
  await openPage(page);
  await choose(page, pictures);
  await waitUntilRead(page, pictures.length);
  await openRoom(page, 'review');
  await expect(page.locator('.tile').first()).toBeVisible();
  await expect(page.locator('.tile')).toHaveCount(pictures.length);
}

/** Files the cell at hand as a blast; the model never says so. */
async function fileOne(page: Page): Promise<void> {
  const before = await blasts(page);
  await page.keyboard.press('7');
  await expect.poll(() => blasts(page)).toBe(before + 1);
}

async function blasts(page: Page): Promise<number> {
  return page.locator('[data-group=blast] .tile').count();
}

async function save(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save case' }).click();
  const path = await (await download).path();
  await expect(page.locator('.case-place')).toHaveAttribute('data-place', 'saved');
  return path;
}

async function openCase(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open case' }).click();
  await (
    await chooser
  ).setFiles({
    name: 'monday.leukolens',
    mimeType: '',
    buffer: readFileSync(path),
  });
}

function place(page: Page) {
  return page.locator('.case-place');
}

function notice(page: Page) {
  return page.locator('.case-notice');
}

async function waitUntilKept(page: Page): Promise<void> {
  await expect(place(page)).toContainText('This tab keeps it for a reload.');
}

test('a case is saved, says so, and opens on another day as it was', async ({ page, context }) => {
  await withoutPicker(page);
  await openReview(page);
  await expect(place(page)).toContainText('Not saved to a file yet');
  await fileOne(page);
  const path = await save(page);
  await expect(place(page)).toContainText(/Saved to file “case .*\.leukolens” at/);
  await fileOne(page);
  await expect(place(page)).toHaveAttribute('data-place', 'changed');
  await page.close({ runBeforeUnload: false });

  const another = await context.newPage();
  await withoutPicker(another);
  await openPage(another);
  await openCase(another, path);
  await openRoom(another, 'review');
  await expect(another.locator('.tile')).toHaveCount(kGolden.length);
  expect(await blasts(another)).toBe(1);
  await expect(another.locator('.tile img')).toHaveCount(kGolden.length);
  await expect(place(another)).toContainText('Saved to file “monday.leukolens”');
  // The pictures are read again, so that fields can be shown.
  await another.getByRole('link', { name: /^Pictures/ }).click();
  await waitUntilRead(another, kGolden.length);
  await expect(another.locator('.card').first()).toContainText('Picture 1');
});

test('the file fits the published schema, its hashes are right and names stay out', async ({
  page,
}) => {
  await withoutPicker(page);
  await openReview(page);
  await fileOne(page);
  const members = unzipSync(readFileSync(await save(page)));
  const words = new TextDecoder().decode(members['case.json']);
  const schema = readFileSync(join(kServer.root, 'web/case/case.schema.json'), 'utf8');
  const check = new Ajv({ strict: false }).compile(JSON.parse(schema));
  const file = JSON.parse(words);
  expect(check(file), JSON.stringify(check.errors)).toBe(true);
  expect(words).not.toContain('golden');
  expect(words).not.toContain('eosinophil.png');
  expect(file.work.keys_pressed).toBe(1);
  expect(file.cells.filter((cell: { person: unknown }) => cell.person !== null)).toHaveLength(1);
  const names = file.pictures.map((one: { file: string }) => one.file);
  expect(Object.keys(members).filter((name) => name.startsWith('pictures/'))).toEqual(names);
  await page.evaluate(() => (location.hash = '#about'));
  const about = page.locator('.about-room');
  await expect(about).toContainText(`LeukoLens ${file.program.version}`);
  await expect(about).toContainText(file.models[0].sha256);
});

test('a reload in the middle loses nothing, undo included', async ({ page }) => {
  await openReview(page);
  await fileOne(page);
  await fileOne(page);
  await waitUntilKept(page);
  await page.waitForTimeout(500);
  await page.reload();
  await expect(notice(page)).toContainText('The case is back as it was.');
  await expect(page.locator('.tile')).toHaveCount(kGolden.length);
  await expect.poll(() => blasts(page)).toBe(2);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => blasts(page)).toBe(1);
});

test('a second tab with the same case says so', async ({ page, context }) => {
  await withoutPicker(page);
  await openReview(page);
  const path = await save(page);
  const second = await context.newPage();
  await openPage(second);
  await openCase(second, path);
  await expect(notice(second)).toContainText('This case is open in another tab.');
  await expect(second.locator('.tile')).toHaveCount(0);
  await page.close({ runBeforeUnload: false });
  await openCase(second, path);
  await expect(notice(second)).toContainText('“monday.leukolens” is open.');
});

test('storage that is wiped in the middle is noticed and the file offered', async ({ page }) => {
  await withoutPicker(page);
  await openReview(page);
  await waitUntilKept(page);
  await page.waitForTimeout(500);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('leukolens').onsuccess = resolve;
      }),
  );
  await fileOne(page);
  await expect(notice(page)).toContainText('Everything is still here: save it to a file now.');
  const download = page.waitForEvent('download');
  await notice(page).getByRole('button', { name: 'Save case' }).click();
  await download;
  await expect(notice(page)).toBeHidden();
  // And it is kept anew.
  await waitUntilKept(page);
  await page.reload();
  await expect.poll(() => blasts(page)).toBe(1);
});

test('a second review of the same pictures is merged into the first', async ({ page, context }) => {
  await withoutPicker(page);
  await openReview(page);
  await fileOne(page);
  const path = await save(page);
  const another = await context.newPage();
  await withoutPicker(another);
  await openReview(another, kGolden.slice(0, 2));
  await openCase(another, path);
  const dialog = another.getByRole('dialog', { name: 'There is a case open already' });
  await expect(dialog).toContainText('“monday.leukolens” holds 6 pictures and 6 cells.');
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await expect(notice(another)).toContainText('4 pictures came, 4 cells came,');
  await expect(another.locator('.tile')).toHaveCount(kGolden.length);
  expect(await blasts(another)).toBe(1);
});

test('where the browser lets the page hold the file, every action is written to it', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const holder = window as unknown as { showSaveFilePicker: () => Promise<unknown> };
    holder.showSaveFilePicker = async () => {
      const folder = await navigator.storage.getDirectory();
      return folder.getFileHandle('held.leukolens', { create: true });
    };
  });
  await openReview(page);
  await page.getByRole('button', { name: 'Save case' }).click();
  await expect(place(page)).toContainText('Saved to file “held.leukolens”');
  await fileOne(page);
  await expect(place(page)).toHaveAttribute('data-place', 'saved');
  const size = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const held = await (await folder.getFileHandle('held.leukolens')).getFile();
    return (await held.text()).split('"class": "blast"').length - 1;
  });
  expect(size).toBe(1);
});

test('what is no case is said to be none', async ({ page }) => {
  await openPage(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open case' }).click();
  const head = Buffer.from('PK\x03\x04' + '\0'.repeat(26) + 'case.json and then nothing', 'latin1');
  await (await chooser).setFiles({ name: 'torn.leukolens', mimeType: '', buffer: head });
  await expect(notice(page)).toContainText('“torn.leukolens” can’t be opened as a case');
});

test('one button wipes all', async ({ page }) => {
  await openReview(page);
  await page.getByText('What is kept').click();
  await page.getByLabel(/Keep past cases/).check();
  await waitUntilKept(page);
  await page.getByRole('button', { name: 'Wipe everything' }).click();
  await expect(notice(page)).toContainText('Everything was wiped.');
  await expect(page.locator('.tile')).toHaveCount(0);
  const left = await page.evaluate(async () => ({
    cases: (await indexedDB.databases()).length,
    kept: Object.keys(localStorage).length,
  }));
  expect(left).toEqual({ cases: 0, kept: 0 });
  await page.reload();
  await expect(page.locator('.case-notice')).toHaveCount(0);
});

test('past cases are kept only where the person turns it on', async ({ page }) => {
  await openReview(page, kGolden.slice(0, 2));
  await waitUntilKept(page);
  await page.getByText('What is kept').click();
  await expect(page.locator('.case-past')).toHaveCount(0);
  await page.getByLabel(/Keep past cases/).check();
  await page.getByRole('link', { name: /^Pictures/ }).click();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.reload();
  await page.getByText('What is kept').click();
  await page.locator('.case-past button').click();
  await openRoom(page, 'review');
  await expect(page.locator('.tile')).toHaveCount(2);
});
