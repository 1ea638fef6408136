// The main rooms look as they did: compared with the pictures in baseline/. They hold for the font
// that tools/setup installs (DejaVu Sans); other releases of Chromium draw edges a little
// differently, so 1 % of the pixels may differ. A change that is meant, or a net that answers
// otherwise, is taken over by `playwright test -c tests/web baseline --update-snapshots`.
import type { Page } from '@playwright/test';
import { choose, expect, kSamples, openPage, test, waitUntilOffline, waitUntilRead } from './table';
import { openRoom } from './tour';

const kSizes = { phone: { width: 360, height: 640 }, desktop: { width: 1024, height: 640 } };

/** `from`: what stands at the upper edge; without, the page's own beginning. */
async function expectAsBefore(page: Page, name: string, from = 'body'): Promise<void> {
  await page
    .locator(from)
    .first()
    .evaluate((node) => node.scrollIntoView({ block: 'start', behavior: 'instant' }));
  // No hover is left behind, and every picture is drawn.
  await page.mouse.move(0, 0);
  await page.evaluate(() =>
    Promise.all([...document.images].map((image) => image.decode().catch(() => {}))),
  );
  await expect.soft(page).toHaveScreenshot(`${name}.png`, {
    animations: 'disabled',
    caret: 'hide',
    scale: 'css',
    threshold: 0.2,
    maxDiffPixelRatio: 0.01,
  });
}

async function expectFont(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('DOM.enable');
  await client.send('CSS.enable');
  const { root } = await client.send('DOM.getDocument');
  const { nodeId } = await client.send('DOM.querySelector', {
    nodeId: root.nodeId,
    selector: '#welcome-title',
  });
  const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId });
  expect(fonts.map(({ familyName }) => familyName)).toEqual(['DejaVu Sans']);
}

for (const [size, viewport] of Object.entries(kSizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({
        viewport,
        colorScheme,
        deviceScaleFactor: 1,
        contextOptions: { reducedMotion: 'reduce' },
      });

      test('the main rooms look as before', async ({ page }) => {
        const name = (room: string): string => `${size}-${colorScheme}-${room}`;
        await openPage(page);
        await waitUntilOffline(page);
        await expectFont(page);
        await expectAsBefore(page, name('empty'));
        await choose(page, kSamples.slice(-1));
        await waitUntilRead(page, 1);
        await expectAsBefore(page, name('one-field'), '.toolbar');
        await openRoom(page, 'review');
        await expect(page.locator('.tile').first()).toBeVisible();
        await expectAsBefore(page, name('review'), '.review');
        await page.keyboard.press('m');
        await expect(page.locator('dialog[open]')).toBeVisible();
        await expectAsBefore(page, name('dialog'), '.review');
        await page.keyboard.press('Escape');
        await openRoom(page, 'tally');
        for (let i = 0; i < 100; ++i) await page.keyboard.press(i < 60 ? '1' : i < 95 ? '2' : '4');
        await openRoom(page, 'differential');
        await page.locator('input[name=source]').last().check();
        await page.locator('input[name=one-smear]').first().check();
        await expect(page.locator('.differential .differential-table')).toBeVisible();
        await expectAsBefore(page, name('differential'), '.differential');
      });
    });
  }
}
