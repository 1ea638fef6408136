// Counting by hand, as at a microscope: keys, tones, the signal, and the way to the differential.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './table';
import { kServer } from './server';

/** Notes what each oscillator of the page is told to sound, and whether the sound runs. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: number[] = [];
    Object.assign(globalThis, { heard });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when?: number): void {
      heard.push(Math.round(this.frequency.value));
      start.call(this, when);
    };
  });
}

function heard(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { heard: number[] }).heard.splice(0));
}

async function openTally(page: Page): Promise<void> {
  await listen(page);
  await page.goto('./#tally');
  await expect(page.getByRole('heading', { name: 'Counting by hand' })).toBeVisible();
}

function countOn(page: Page, label: string) {
  return page.locator(`.count-key[data-class=${label}] .bin-count`);
}

async function pressMany(page: Page, key: string, times: number): Promise<void> {
  for (let i = 0; i < times; ++i) await page.keyboard.press(key);
}

test('each key counts and sounds, a wrong one is heard and taken back', async ({ page }) => {
  await openTally(page);
  await page.keyboard.press('1');
  await page.keyboard.press('a');
  await page.keyboard.press('2');
  await expect(countOn(page, 'neutrophil')).toHaveText('2');
  await expect(countOn(page, 'lymphocyte')).toHaveText('1');
  const [first, second, third] = await heard(page);
  expect(first).toBeGreaterThan(200);
  expect(second).toBe(first);
  expect(third).not.toBe(first);

  await expect(page.getByRole('button', { name: /^Undo: Lymphocyte/ })).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(countOn(page, 'lymphocyte')).toHaveText('0');
  expect(await heard(page)).toEqual([third, Math.round((third ?? 0) / 2)]);
  await page.getByRole('button', { name: /^Redo: Lymphocyte/ }).click();
  await expect(countOn(page, 'lymphocyte')).toHaveText('1');

  await page.getByRole('checkbox', { name: 'Tones' }).uncheck();
  await heard(page);
  await page.locator('.count-key[data-class=monocyte]').click();
  await expect(countOn(page, 'monocyte')).toHaveText('1');
  expect(await heard(page)).toEqual([]);
});

test('at 100 the signal stops the keys, and going on counts further', async ({ page }) => {
  await openTally(page);
  await pressMany(page, '1', 60);
  await pressMany(page, '2', 39);
  const signal = page.getByRole('alert').filter({ hasText: '100 cells are counted' });
  await expect(signal).toHaveCount(0);
  await heard(page);
  await page.keyboard.press('3');
  await expect(signal).toBeVisible();
  expect((await heard(page)).length).toBe(4);
  await page.keyboard.press('3');
  await expect(countOn(page, 'monocyte')).toHaveText('1');
  expect((await heard(page)).length).toBe(1);

  await page.keyboard.press('Enter');
  await expect(signal).toHaveCount(0);
  await page.keyboard.press('3');
  await expect(countOn(page, 'monocyte')).toHaveText('2');
  await page.keyboard.press('9');
  await expect(countOn(page, 'erythroblast')).toHaveText('1');

  await page.reload();
  await expect(countOn(page, 'neutrophil')).toHaveText('60');
  await expect(countOn(page, 'monocyte')).toHaveText('2');
});

test('the count becomes a differential, the same as the command line gives', async ({ page }) => {
  await openTally(page);
  await pressMany(page, '1', 70);
  await pressMany(page, '2', 29);
  await pressMany(page, '9', 2);
  await page.keyboard.press('5');
  await page.getByRole('alert').getByRole('link', { name: 'To the differential' }).click();

  const room = page.locator('.differential');
  await expect(room).toContainText('Counted by hand, without the model');
  await room.getByRole('radio', { name: 'Yes' }).check();
  await expect(room.locator('[data-status=complete]')).toContainText('Complete');
  await room.getByRole('combobox').selectOption('none');
  const wanted = page.waitForEvent('download');
  await room.locator('[data-output=json]').click();
  const saved = await (await wanted).path();

  const counts = ['neutrophil=70', 'lymphocyte=29', 'basophil=1', 'erythroblast=2'];
  const program = join(kServer.root, 'build/native/leukolens');
  const words = ['differential', '--json', '--count', ...counts];
  const expected = execFileSync(program, words, { encoding: 'utf8' });
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual(JSON.parse(expected));
});

test('beginning anew can be taken back, and the goal can be 200', async ({ page }) => {
  await openTally(page);
  await page.getByRole('combobox', { name: 'Signal after' }).selectOption('200');
  await page.getByRole('heading', { name: 'Counting by hand' }).click();
  await pressMany(page, '4', 101);
  await expect(page.getByRole('alert').filter({ hasText: 'counted' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Begin anew' }).click();
  await expect(countOn(page, 'eosinophil')).toHaveText('0');
  await page.getByRole('button', { name: /^Undo: beginning anew/ }).click();
  await expect(countOn(page, 'eosinophil')).toHaveText('101');
});
