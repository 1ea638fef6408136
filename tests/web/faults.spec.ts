// A worker that dies: it is replaced, its picture tried once more, then reported.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { card, choose, expect, kSamples, openPage, test, waitUntilRead } from './table';
import { kServer } from './server';

test.use({ serviceWorkers: 'block', isForgiving: true });

/** Pictures of `bytes` kill the worker, the first `times` that it is asked for them. */
async function plant(page: Page, bytes: number, times: number): Promise<void> {
  let left = times;
  await page.route('**/worker.js', async (route) => {
    const body = readFileSync(join(kServer.root, 'build/site/worker.js'), 'utf8');
    // A worker can't ask the page: each that is started is told by its script.
    const isDeadly = left > 0;
    left -= 1;
    const deed = `self.addEventListener('message', (event) => {
      if (${String(isDeadly)} && event.data.file?.size === ${bytes}) {
        event.stopImmediatePropagation();
        throw new Error('planted');
      }
    });`;
    await route.fulfill({ body: deed + body, contentType: 'text/javascript' });
  });
}

function sizeOf(path: string): number {
  return readFileSync(path).byteLength;
}

const [kDeadly = '', ...kHarmless] = kSamples;

test('a picture that killed the worker once is tried again and read', async ({ page }) => {
  await plant(page, sizeOf(kDeadly), 1);
  await openPage(page);
  let workers = 0;
  page.on('worker', () => (workers += 1));
  await choose(page, [...kSamples]);
  await waitUntilRead(page, kSamples.length);
  await expect(page.locator('.card[data-progress=read]')).toHaveCount(kSamples.length);
  expect(workers).toBe(1);
});

test('a picture that kills two workers is reported, and the others are read', async ({ page }) => {
  await plant(page, sizeOf(kDeadly), 2);
  await openPage(page);
  let workers = 0;
  page.on('worker', () => (workers += 1));
  await choose(page, [...kSamples]);
  await waitUntilRead(page, kSamples.length);
  await expect(page.locator('.card[data-progress=read]')).toHaveCount(kHarmless.length);
  const failed = card(page, 'neutrophil.png');
  await expect(failed).toHaveAttribute('data-progress', 'failed');
  await expect(failed).toContainText(/stopped/);
  expect(workers).toBe(2);
});
