// Usable by keyboard and at phone width; the pictures of the page for people and for README.md.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { kServer } from './server';
import { card, choose, expect, kSamples, openPage, test, waitUntilRead } from './table';
import { openRoom } from './tour';

const kPhone = { width: 360, height: 740 };
const kDesktop = { width: 1440, height: 900 };

test('everything can be done by keyboard', async ({ page }) => {
  await openPage(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the pictures' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Choose pictures' })).toBeFocused();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(kSamples);
  await waitUntilRead(page, kSamples.length);

  await page.getByRole('button', { name: 'Clear all' }).focus();
  await page.keyboard.press('Tab');
  await expect(card(page, 'neutrophil.png').getByRole('button')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(card(page, 'eosinophil.png').getByRole('button')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'eosinophil.png' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: 'lymphocyte.png' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('dialog', { name: 'eosinophil.png' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(card(page, 'eosinophil.png').getByRole('button')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /Model card/ })).toBeFocused();
});

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(kPhone.width);
}

test('nothing is cut off or scrolls sideways on a phone', async ({ page }) => {
  await page.setViewportSize(kPhone);
  await openPage(page);
  await expectNoSidewaysScroll(page);
  await choose(page, kSamples);
  await waitUntilRead(page, kSamples.length);
  await expectNoSidewaysScroll(page);
  await card(page, 'neutrophil.png').getByRole('button').click();
  const content = page.locator('.detail-content');
  expect(await content.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
});

async function expectTargets(page: Page, atLeast: number): Promise<void> {
  const targets = page.locator('button:visible, summary:visible');
  expect(await targets.count()).toBeGreaterThanOrEqual(atLeast);
  for (const target of await targets.all()) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
  }
}

test('a room begins at its top, wherever the one before it was left', async ({ page }) => {
  await page.setViewportSize(kPhone);
  await openPage(page);
  await openRoom(page, 'about');
  await page.locator('.about-section').last().scrollIntoViewIfNeeded();
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(500);
  await openRoom(page, 'tally');
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
});

test('every target is at least 24 pixels wide and high', async ({ page }) => {
  await page.setViewportSize(kPhone);
  await openPage(page);
  await expectTargets(page, 2 + kSamples.length);
  await choose(page, kSamples);
  await waitUntilRead(page, kSamples.length);
  await expectTargets(page, 4);
  await card(page, 'neutrophil.png').getByRole('button').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectTargets(page, 7);
});

for (const [name, viewport] of Object.entries({ phone: kPhone, desktop: kDesktop })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${name}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test('is pictured', async ({ page }) => {
        const folder = join(kServer.root, 'build/screenshots');
        const picture = (state: string): Promise<Buffer> =>
          page.screenshot({ path: join(folder, `${name}-${colorScheme}-${state}.png`) });
        await openPage(page);
        await picture('start');
        await choose(page, kSamples.slice(0, 4));
        await waitUntilRead(page, 4);
        // The pointer left a hover behind where the button was.
        await page.mouse.move(0, 0);
        await expect(page.locator('.card img')).toHaveCount(4);
        const gallery = await picture('gallery');
        expect(gallery.byteLength).toBeGreaterThan(10_000);
        if (process.env['UPDATE_SCREENSHOT'] && name === 'desktop' && colorScheme === 'light') {
          await page.setViewportSize({ width: 1280, height: 650 });
          await page.screenshot({ path: join(kServer.root, 'web/screenshots/desktop.png') });
          await page.setViewportSize(kDesktop);
        }
        await card(page, 'neutrophil.png').getByRole('button').click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await picture('detail');
      });
    });
  }
}
