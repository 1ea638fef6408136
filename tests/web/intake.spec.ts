// What comes in: formats by their bytes, folders, batches and large pictures.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JSHandle, Page } from '@playwright/test';
import { kServer } from './server';
import {
  card,
  choose,
  classifiedByCommandLine,
  expect,
  expectSameAnswers,
  kSamples,
  openPage,
  test,
  waitUntilRead,
} from './table';

const kNeutrophil = readFileSync(kSamples[0] as string);
const kAvif = join(kServer.root, 'tests/fixtures/pictures/neutrophil.avif');
const kPages = join(kServer.root, 'tests/fixtures/pictures/pages.tif');

/** A file that this browser encodes from the drawing, scaled to a size. */
function encoded(page: Page, type: string, width: number, height: number): Promise<JSHandle> {
  return page.evaluateHandle(
    async ([bytes, as, w, h]) => {
      const drawing = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const canvas = new OffscreenCanvas(w, h);
      const context = canvas.getContext('2d');
      context?.drawImage(drawing, 0, 0, w, h);
      const transfer = new DataTransfer();
      const file = new File([await canvas.convertToBlob({ type: as, quality: 0.95 })], 'made');
      transfer.items.add(file);
      return transfer;
    },
    [[...kNeutrophil], type, width, height] as const,
  );
}

async function drop(page: Page, dataTransfer: JSHandle): Promise<void> {
  await page.locator('footer').dispatchEvent('drop', { dataTransfer });
}

test('each page of a TIFF is a picture, answered as on the command line', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await openPage(page);
  await choose(page, kSamples[0] as string);
  await waitUntilRead(page, 1);
  expect(fetched.filter((path) => path.includes('tiff'))).toEqual([]);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.locator('.welcome')).toBeVisible();

  await choose(page, kPages);
  await waitUntilRead(page, 2);
  await expect(page.locator('.card')).toHaveCount(2);
  await expect(page.locator('.card').first()).toContainText('pages.tif, page 1');
  await expect(page.locator('.batch-words')).toHaveText('2 pictures read');
  const lines = classifiedByCommandLine([kPages]);
  expect(lines).toHaveLength(2);
  await expectSameAnswers(
    page,
    lines.map((line, index) => ({ ...line, file: `pages.tif, page ${index + 1}` })),
  );
});

test('WebP is read by the browser, and the result says so', async ({ page }) => {
  await openPage(page);
  await drop(page, await encoded(page, 'image/webp', 360, 360));
  await waitUntilRead(page, 1);
  await expect(card(page, 'made')).toHaveAttribute('data-progress', 'read');
  await card(page, 'made').getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText('Decoded bythe browser');
  await expect(page.getByRole('dialog')).toContainText('WebP');
});

test('AVIF is read by the browser too', async ({ page }) => {
  await openPage(page);
  await choose(page, kAvif);
  await waitUntilRead(page, 1);
  await expect(card(page, 'neutrophil.avif')).toContainText('Neutrophil');
  await card(page, 'neutrophil.avif').getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText('Decoded bythe browser');
  await expect(page.getByRole('dialog')).toContainText('AVIF');
});

test('foreign formats are named with the way out, whatever their name says', async ({ page }) => {
  const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic'), Buffer.alloc(64)]);
  const dicom = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(64)]);
  const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>');
  await openPage(page);
  await choose(page, [
    { name: 'a.jpg', mimeType: 'image/jpeg', buffer: heic },
    { name: 'b.png', mimeType: 'image/png', buffer: dicom },
    { name: 'c.svg', mimeType: 'image/svg+xml', buffer: drawing },
    { name: 'd.heic', mimeType: 'image/heic', buffer: kNeutrophil },
  ]);
  await waitUntilRead(page, 4);
  await expect(card(page, 'a.jpg')).toContainText('a HEIC file. Save it as PNG or JPEG');
  await expect(card(page, 'b.png')).toContainText('a DICOM file. Save it as PNG or JPEG');
  await expect(card(page, 'c.svg')).toContainText('an SVG drawing. Save it as PNG or JPEG');
  await expect(card(page, 'd.heic')).toHaveAttribute('data-progress', 'read');
});

for (const [megapixels, width, height] of [
  [24, 6000, 4000],
  [42, 7952, 5304],
] as const) {
  test(`a picture of ${megapixels} megapixels is read`, async ({ page }) => {
    test.setTimeout(180_000);
    await openPage(page);
    await drop(page, await encoded(page, 'image/jpeg', width, height));
    await expect(card(page, 'made')).toHaveAttribute('data-progress', 'read', { timeout: 150_000 });
    await choose(page, kSamples[0] as string);
    await waitUntilRead(page, 2);
    await expect(page.locator('.card[data-progress=read]')).toHaveCount(2);
  });
}

test('a picture that is too large is refused with its size and the limit', async ({ page }) => {
  await openPage(page);
  await drop(page, await encoded(page, 'image/jpeg', 8000, 7000));
  await waitUntilRead(page, 1);
  await expect(card(page, 'made')).toContainText(/8000 x 7000.*limit is 50000000/);
  await choose(page, kSamples[0] as string);
  await waitUntilRead(page, 2);
  await expect(card(page, 'neutrophil.png')).toHaveAttribute('data-progress', 'read');
});
