// Folders and large batches: they arrive complete, and the page answers all the while.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, kSamples, openPage, test } from './table';

/** The longest that the main thread may be busy at a time. */
const kLongTaskMs = 50;

let folder = '';

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leukolens-batch-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** A folder of drawings, numbered from 1. */
function fill(count: number): string {
  const path = join(folder, 'smear');
  mkdirSync(path);
  for (let index = 0; index < count; ++index) {
    cpSync(kSamples[index % 4] as string, join(path, `${index + 1}.png`));
  }
  return path;
}

/** Dropped by the browser itself, as from a file manager. */
async function dropFolder(page: Page, path: string): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
  }
}

async function listenToLongTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const durations: number[] = [];
    (window as unknown as { longTasks: number[] }).longTasks = durations;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) durations.push(duration);
    }).observe({ type: 'longtask' });
  });
  return () => page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
}

for (const count of [101, 1001]) {
  test(`a dropped folder of ${count} pictures arrives complete, and no task is long`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    await openPage(page);
    const path = fill(count);
    const longTasks = await listenToLongTasks(page);
    await dropFolder(page, path);
    await expect(page.locator('.card')).toHaveCount(count, { timeout: 60_000 });
    await expect(page.locator('.batch-words')).toContainText(String(count));
    await expect(page.locator('.card').last()).toContainText(`${count}.png`);
    await expect(page.locator('.card[data-progress=read]')).toHaveCount(count, {
      timeout: 150_000,
    });
    expect((await longTasks()).filter((ms) => ms > kLongTaskMs)).toEqual([]);
  });
}

test('a picked folder of 1001 pictures arrives complete', async ({ page }) => {
  await openPage(page);
  const path = fill(1001);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await (await chooser).setFiles(path);
  await expect(page.locator('.card')).toHaveCount(1001, { timeout: 60_000 });
  await expect(page.locator('.card').last()).toContainText('1001.png');
});

test('a batch is paused, goes on and is stopped; what was read stays', async ({ page }) => {
  await openPage(page);
  await dropFolder(page, fill(400));
  const read = page.locator('.card[data-progress=read]');
  await expect(page.locator('.batch-words')).toContainText('left', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('.batch-words')).toContainText('paused');
  await expect(page.locator('.card[data-progress=reading]')).toHaveCount(0);
  await expect(page.locator('.batch-words')).not.toContainText('left');
  const finished = await read.count();
  await page.waitForTimeout(1500);
  expect(await read.count()).toBe(finished);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => read.count()).toBeGreaterThan(finished);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.locator('.card[data-progress=waiting]')).toHaveCount(0);
  await expect(page.locator('.batch-words')).toHaveText(/^\d+ pictures read$/);
  expect(await read.count()).toBeGreaterThan(finished);
});
