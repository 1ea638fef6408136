// General reference stands beside a complete differential, apart from it, and nowhere else.
import { card, choose, expect, kSamples, openPage, test, waitUntilRead } from './table';
import type { Page } from '@playwright/test';

async function countByHand(page: Page, keys: Readonly<Record<string, number>>): Promise<void> {
  for (const [key, times] of Object.entries(keys)) {
    for (let i = 0; i < times; ++i) await page.keyboard.press(key);
  }
}

test('is shown with its sources once 100 cells are counted, where a flag points', async ({
  page,
}) => {
  await page.goto('./#tally');
  await expect(page.getByRole('heading', { name: 'Counting by hand' })).toBeVisible();
  await countByHand(page, { 1: 60, 5: 30 });
  await page.getByRole('link', { name: 'Differential', exact: true }).click();
  const room = page.locator('.differential');
  await room.getByRole('radio', { name: 'Yes' }).check();
  await room.getByRole('textbox').first().fill('8');
  await expect(room.locator('[data-class=basophil][data-flag=high]')).toBeVisible();
  await expect(room.locator('.findings')).toHaveCount(0);
  await expect(room).toContainText('once at least 100 cells are counted');

  await page.getByRole('link', { name: /^Tally/ }).click();
  await expect(page.getByRole('heading', { name: 'Counting by hand' })).toBeVisible();
  await countByHand(page, { 1: 10 });
  await page.getByRole('link', { name: 'Differential', exact: true }).click();
  const findings = room.locator('.findings');
  await expect(findings.getByRole('heading', { level: 3 })).toHaveText(
    'General reference, not about this sample',
  );
  await expect(findings).toContainText('No haematologist has reviewed it');
  const basophilia = findings.locator('article[data-class=basophil]');
  await expect(basophilia).toContainText('Basophilia');
  await expect(basophilia).toContainText('May go with');
  await expect(basophilia).toContainText('Usually done next');
  await basophilia.getByText('Sources and dates').click();
  await expect(basophilia.locator('ol li').first()).toContainText('2013');
  // What is flagged low has its own; what spans or lies inside has none.
  const flagged = await room.locator('tr[data-flag=high], tr[data-flag=low]').count();
  await expect(findings.locator('.finding[data-direction]')).toHaveCount(flagged);
  await expect(findings.locator('article[data-class=lymphocyte]')).toContainText('Lymphopenia');
});

test('says nothing about counts beside a single cell', async ({ page }) => {
  await openPage(page);
  await choose(page, kSamples.slice(0, 1));
  await waitUntilRead(page, 1);
  await card(page, 'neutrophil.png').getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('What to look for');
  await expect(dialog).not.toContainText(/neutrophilia|neutropenia|may go with/i);
});
