// From a file to an answer, by every way in.
import { readFileSync } from 'node:fs';
import {
  card,
  choose,
  classifiedByCommandLine,
  expect,
  expectSameAnswers,
  kGolden,
  kSamples,
  openPage,
  shownOn,
  test,
  waitUntilRead,
} from './table';

const kNeutrophil = kSamples[0] as string;

test('a chosen picture shows cell, class, probabilities and general reference', async ({
  page,
}) => {
  await openPage(page);
  await choose(page, kNeutrophil);
  await waitUntilRead(page, 1);
  const shown = await shownOn(card(page, 'neutrophil.png'));
  const sum = Object.values(shown.probabilities).reduce((total, share) => total + share, 0);
  expect(Object.keys(shown.probabilities)).toHaveLength(5);
  expect(sum).toBeCloseTo(1, 4);
  const [x, y, width, height] = shown.box as [number, number, number, number];
  expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
  expect(Math.min(width, height)).toBeGreaterThan(20);

  await card(page, 'neutrophil.png').getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: 'neutrophil.png' });
  await expect(dialog.getByText('General reference, not about this sample')).toBeVisible();
  await expect(dialog.getByText(/blasts.*untested/)).toBeVisible();
  await expect(dialog.getByText(/one of five names/).first()).toBeVisible();
  await expect(dialog.getByText(/threshold of \d+%/)).toBeVisible();
});

test('page and command line give the same answers', async ({ page }) => {
  const files = [...kSamples, ...kGolden.map((path) => path)];
  const lines = classifiedByCommandLine(files);
  expect(lines).toHaveLength(files.length);
  await openPage(page);
  await choose(page, files);
  await waitUntilRead(page, files.length);
  for (const line of lines) expect(line.cells.length, line.file).toBeGreaterThan(0);
  await expectSameAnswers(page, lines);
});

test('broken files show their reasons among many pictures and stop nothing', async ({ page }) => {
  const good = kSamples.map((path, index) => ({
    name: `good-${index}.png`,
    mimeType: '',
    buffer: readFileSync(path),
  }));
  const cut = readFileSync(kNeutrophil).subarray(0, 20_000);
  const tiff = Buffer.concat([Buffer.from('II*\0'), Buffer.alloc(64)]);
  const files = [
    ...good.slice(0, 2),
    { name: 'cut.png', mimeType: 'image/png', buffer: cut },
    { name: 'scan.png', mimeType: 'image/png', buffer: tiff },
    { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
    ...good.slice(2),
  ];
  await openPage(page);
  await choose(page, files);
  await expect(page.locator('.card')).toHaveCount(files.length);
  await waitUntilRead(page, files.length);
  await expect(page.locator('.card[data-progress=read]')).toHaveCount(good.length);
  await expect(card(page, 'cut.png')).toContainText('The picture is cut off');
  await expect(card(page, 'scan.png')).toContainText('TIFF');
  await expect(card(page, 'empty.png')).toContainText('The file is empty');
  await expect(page.locator('.batch-words')).toHaveText(`${files.length} pictures read`);
  await expect(page.locator('[aria-live=polite]')).toHaveText(`${files.length} pictures read`);
  await expect(page.locator('.tally')).toContainText('not readable3');
  await expect(page.locator('.tally')).toContainText('Not a blood count.');

  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.locator('.card')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a picture is pasted from the clipboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPage(page);
  const bytes = [...readFileSync(kNeutrophil)];
  await page.evaluate(async (numbers) => {
    const image = new Blob([new Uint8Array(numbers)], { type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
  }, bytes);
  await page.keyboard.press('Control+V');
  await waitUntilRead(page, 1);
  await page.getByRole('button', { name: 'Paste' }).click();
  await waitUntilRead(page, 2);
  await expect(page.locator('.card[data-progress=read] .box')).toHaveCount(2);
});

test('a paste without a picture says so', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPage(page);
  await page.evaluate(() => navigator.clipboard.writeText('no picture'));
  await page.getByRole('button', { name: 'Paste' }).click();
  await expect(page.getByText('There is no picture on the clipboard.')).toBeVisible();
});

test('a picture is dropped anywhere on the page', async ({ page }) => {
  await openPage(page);
  const bytes = [...readFileSync(kNeutrophil)];
  const transfer = await page.evaluateHandle((numbers) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(numbers)], 'dropped.png'));
    return data;
  }, bytes);
  const footer = page.locator('footer');
  await footer.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop to read')).toBeVisible();
  await footer.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop to read')).toBeHidden();
  await waitUntilRead(page, 1);
  await expect(card(page, 'dropped.png')).toHaveAttribute('data-progress', 'read');
});

test('a drawing can be tried and is called a drawing', async ({ page }) => {
  await openPage(page);
  await expect(page.getByText('drawings made by a program, not real cells')).toBeVisible();
  await page.getByRole('button', { name: 'Drawing of: Lymphocyte', exact: true }).click();
  await waitUntilRead(page, 1);
  await expect(card(page, 'lymphocyte.png')).toHaveAttribute('data-progress', 'read');
});

test('a large picture is opened with a finer preview than its card has', async ({ page }) => {
  const [width, height] = [1200, 800];
  const pixels = Buffer.alloc(width * height * 3, 225);
  for (let y = 300; y < 500; ++y) {
    for (let x = 500; x < 700; ++x) pixels.set([90, 40, 150], (y * width + x) * 3);
  }
  const buffer = Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), pixels]);
  await openPage(page);
  await choose(page, { name: 'large.ppm', mimeType: '', buffer });
  await waitUntilRead(page, 1);
  const large = card(page, 'large.ppm');
  await expect(large.locator('img')).toHaveAttribute('width', '360');
  await large.getByRole('button').click();
  await expect(page.getByRole('dialog').locator('img')).toHaveAttribute('width', String(width));
});

test('a worker that dies is replaced and the next picture is read', async ({ browser }) => {
  // Its own page, since the fault planted here is meant to be heard.
  const page = await browser.newPage();
  await openPage(page);
  const [worker] = page.workers();
  const next = page.waitForEvent('worker');
  await worker?.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted');
    });
  });
  await next;
  await choose(page, kNeutrophil);
  await waitUntilRead(page, 1);
  await expect(page.locator('.card[data-progress=read]')).toHaveCount(1);
  await page.close();
});
