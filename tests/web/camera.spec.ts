// The live view through a camera that shows a file: the drawing, sharp or out of focus.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import config from './playwright.config';
import { kServer } from './server';
import { card, expect, kSamples, openPage, test, waitUntilRead } from './table';

const kFolder = mkdtempSync(join(tmpdir(), 'leukolens-camera-'));
const kFilm = join(kFolder, 'film.mjpeg');
const kDrawing = [...readFileSync(kSamples[0] as string)];

const kLaunch = config.use?.launchOptions;
test.use({
  launchOptions: {
    ...kLaunch,
    args: [
      ...(kLaunch?.args ?? []),
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${kFilm}`,
    ],
  },
});
test.afterAll(() => rmSync(kFolder, { recursive: true }));

/** Writes what the camera will show: the drawing, blurred by so many pixels. */
async function film(page: Page, blurPx: number): Promise<void> {
  const jpeg = await page.evaluate(
    async ([bytes, blur]) => {
      const drawing = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const canvas = new OffscreenCanvas(640, 480);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.filter = blur > 0 ? `blur(${blur}px)` : 'none';
      context.drawImage(drawing, 0, 0, 640, 480);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    [kDrawing, blurPx] as const,
  );
  writeFileSync(kFilm, Buffer.from(jpeg));
}

const openCamera = (page: Page): Promise<void> =>
  page.locator('.buttons:visible').getByRole('button', { name: 'Camera' }).click();

test('the live view counts the cells, and what is taken becomes a picture', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['camera']);
  await openPage(page);
  await film(page, 0);
  await openCamera(page);
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-hint=good]')).toHaveText(/1 white cell in view/);
  await page.keyboard.press('ArrowRight');
  await dialog.getByRole('button', { name: 'Take picture' }).click();
  await expect(dialog).toContainText('1 picture taken');
  await dialog.getByRole('button', { name: 'Take picture' }).click();
  await expect(dialog).toContainText('2 pictures taken');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await waitUntilRead(page, 2);
  await expect(card(page, 'camera 1.png')).toHaveAttribute('data-progress', 'read');
  await expect(card(page, 'camera 2.png')).toContainText('Neutrophil');
  const isOff = await page
    .locator('video')
    .evaluate((video) => (video as HTMLVideoElement).srcObject === null);
  expect(isOff).toBe(true);
});

test('opened again at once, the view looks on at its own pace alone', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  await page.addInitScript(() => {
    const looks: number[] = [];
    Object.assign(globalThis, { looks });
    const { convertToBlob } = OffscreenCanvas.prototype;
    OffscreenCanvas.prototype.convertToBlob = function (options) {
      if (options?.type === 'image/jpeg') looks.push(performance.now());
      return convertToBlob.call(this, options);
    };
  });
  await openPage(page);
  await film(page, 0);
  const looks = (): Promise<number[]> =>
    page.evaluate(() => (globalThis as unknown as { looks: number[] }).looks);
  await openCamera(page);
  await expect(page.getByRole('dialog').locator('[data-hint=good]')).toBeVisible();
  const before = (await looks()).length;
  await page.keyboard.press('Escape');
  await openCamera(page);
  await expect.poll(async () => (await looks()).length).toBeGreaterThan(before + 5);
  const times = (await looks()).slice(before);
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(450);
  await page.keyboard.press('Escape');
});

test('the page of one file has it too', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  const file = join(kFolder, 'leukolens.html');
  copyFileSync(join(kServer.root, 'build/leukolens.html'), file);
  await openPage(page, pathToFileURL(file).href);
  await film(page, 0);
  await openCamera(page);
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-hint=good]')).toBeVisible();
  await dialog.getByRole('button', { name: 'Take picture' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await waitUntilRead(page, 1);
  await expect(card(page, 'camera 1.png')).toContainText('Neutrophil');
});

test('out of focus is told, with what to turn', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  await openPage(page);
  await film(page, 8);
  await openCamera(page);
  await expect(page.getByRole('dialog').locator('[data-hint=blurred]')).toContainText('fine focus');
  await page.goBack();
  await expect(page.locator('dialog[open]')).toHaveCount(0);
});

test('a camera that is refused leaves a way back', async ({ page, context }) => {
  await context.clearPermissions();
  await openPage(page);
  await film(page, 0);
  await openCamera(page);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText('refused');
  await expect(dialog.getByRole('button', { name: 'Take picture' })).toHaveCount(0);
  await context.grantPermissions(['camera']);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.locator('[data-hint=good]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
});
