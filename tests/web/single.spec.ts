// The page of one file, opened from the disk: everything but the service worker and past cases.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import {
  card,
  choose,
  classifiedByCommandLine,
  expect,
  expectSameAnswers,
  kGolden,
  openPage,
  shownOn,
  test,
  waitUntilRead,
} from './table';
import { kServer } from './server';
import { openRoom } from './tour';

/** Alone in a folder, so that nothing beside it can help. */
function onTheDisk(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'leukolens-')), 'leukolens.html');
  copyFileSync(join(kServer.root, 'build/leukolens.html'), file);
  return pathToFileURL(file).href;
}

async function save(page: Page, what: string): Promise<Buffer> {
  const wanted = page.waitForEvent('download');
  await page.locator(what).click();
  return readFileSync(await (await wanted).path());
}

test('gives the command line’s answers from the disk and asks for nothing', async ({
  page,
  context,
}) => {
  const asked: string[] = [];
  const address = onTheDisk();
  context.on('request', (request) => asked.push(request.url()));
  await openPage(page, address);
  await expect(page.getByText('All in this file', { exact: true })).toBeVisible();
  await choose(page, kGolden);
  await waitUntilRead(page, kGolden.length);
  for (const line of classifiedByCommandLine(kGolden)) {
    const name = line.file.split('/').pop() ?? '';
    const shown = await shownOn(card(page, name));
    for (const [label, share] of Object.entries(line.cells[0]?.probabilities ?? {})) {
      expect(shown.probabilities[label]).toBeCloseTo(share, 2);
    }
  }
  expect(asked.filter((url) => url !== address && !/^(blob|data):/.test(url))).toEqual([]);
});

test('reads the pages of a TIFF with the module that lies in the file', async ({
  page,
  context,
}) => {
  const asked: string[] = [];
  const address = onTheDisk();
  context.on('request', (request) => asked.push(request.url()));
  await openPage(page, address);
  const pages = join(kServer.root, 'tests/fixtures/pictures/pages.tif');
  await choose(page, pages);
  await waitUntilRead(page, 2);
  const lines = classifiedByCommandLine([pages]);
  await expectSameAnswers(
    page,
    lines.map((line, index) => ({ ...line, file: `pages.tif, page ${index + 1}` })),
  );
  expect(asked.filter((url) => url !== address && !/^(blob|data):/.test(url))).toEqual([]);
});

test('drawings, model card, differential and its outputs are inside', async ({ page, context }) => {
  await openPage(page, onTheDisk());
  await expect(page.locator('.sample img').first()).toHaveJSProperty('complete', true);
  expect(
    await page
      .locator('.sample img')
      .first()
      .evaluate((image) => (image as HTMLImageElement).naturalWidth),
  ).toBeGreaterThan(0);
  await page.locator('.sample').first().click();
  await waitUntilRead(page, 1);
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: /Model card/ }).click();
  await expect((await opened).locator('pre')).toContainText('basophil');
  await page.getByRole('link', { name: 'Differential' }).click();
  await page.locator('.differential').getByRole('radio', { name: 'Yes' }).check();
  const fhir = JSON.parse((await save(page, '[data-output=fhir]')).toString()) as object;
  expect(fhir).toMatchObject({ resourceType: 'Bundle' });
  const json = JSON.parse((await save(page, '[data-output=json]')).toString()) as { n: number };
  expect(json.n).toBe(1);
});

test('a case is saved and opened on another day; the browser keeps nothing', async ({
  page,
  context,
}) => {
  const address = onTheDisk();
  await page.addInitScript(() => {
    delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;
  });
  await openPage(page, address);
  await choose(page, kGolden);
  await waitUntilRead(page, kGolden.length);
  await openRoom(page, 'review');
  await expect(page.locator('.tile').first()).toBeVisible();
  await page.keyboard.press('7');
  await expect(page.locator('[data-group=blast] .tile')).toHaveCount(1);
  await expect(page.locator('.case-place')).toContainText('the file is its memory');
  const file = await save(page, '.case-place ~ .buttons button:first-child');
  await page.getByText('What is kept').click();
  await expect(page.locator('.case-settings')).toContainText('only by a page from a web server');
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await page.close({ runBeforeUnload: false });

  const another = await context.newPage();
  await openPage(another, address);
  const chooser = another.waitForEvent('filechooser');
  await another.getByRole('button', { name: 'Open case' }).click();
  await (await chooser).setFiles({ name: 'monday.leukolens', mimeType: '', buffer: file });
  await openRoom(another, 'review');
  await expect(another.locator('[data-group=blast] .tile')).toHaveCount(1);
  await expect(another.locator('.tile')).toHaveCount(kGolden.length);
});

test('its policy names its own script and forbids every connection', async ({ page }) => {
  await openPage(page, onTheDisk());
  const policy = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute('content');
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+' 'wasm-unsafe-eval'; style-src 'sha256-[^']+'; img-src blob: data:; connect-src 'none'; worker-src blob:; base-uri 'none'; form-action 'none'$/,
  );
});

test.describe('what its policy forbids', () => {
  test.use({ isForgiving: true });

  test('nothing can be fetched, not even itself', async ({ page }) => {
    await openPage(page, onTheDisk());
    const outcomes = await page.evaluate(() =>
      Promise.all(
        [location.href, 'https://example.org/', 'blob:null/1'].map((url) =>
          fetch(url).then(
            () => 'came',
            () => 'refused',
          ),
        ),
      ),
    );
    expect(outcomes).toEqual(['refused', 'refused', 'refused']);
  });
});

test('is the same bytes each time it is built', () => {
  const again = join(mkdtempSync(join(tmpdir(), 'leukolens-')), 'again.html');
  execFileSync(process.execPath, ['web/build_single.mjs', '--out', again], { cwd: kServer.root });
  expect(readFileSync(again).equals(readFileSync(join(kServer.root, 'build/leukolens.html')))).toBe(
    true,
  );
});
