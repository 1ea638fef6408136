// The cells of all pictures looked at by a person: by key, menu, drag and by hand.
import type { Locator, Page } from '@playwright/test';
import { choose, expect, kGolden, openPage, test, waitUntilRead } from './table';
import { openRoom } from './tour';

/** The gallery with one cell of each golden picture; their answers are pinned by golden numbers. */
async function openReview(page: Page): Promise<void> {
  await openPage(page);
  await choose(page, kGolden);
  await waitUntilRead(page, kGolden.length);
  await openRoom(page, 'review');
  await expect(page.locator('.tile').first()).toBeVisible();
  await expect(page.locator('.tile')).toHaveCount(kGolden.length);
}

function group(page: Page, bin: string): Locator {
  return page.locator(`[data-group=${bin}]`);
}

function current(page: Page): Locator {
  return page.locator('.tile[tabindex="0"]');
}

async function countOf(page: Page, bin: string): Promise<number> {
  const words = await page.locator(`.review .bin[data-bin="${bin}"] .bin-count`).textContent();
  return Number(words);
}

/** Cells that n holds, whatever the model says: all but those in bins outside it. */
async function expectN(page: Page, ...bins: string[]): Promise<void> {
  let n = kGolden.length;
  for (const bin of ['not_a_white_cell', ...bins]) n -= await countOf(page, bin);
  await expect(page.locator('.review .rail-n')).toHaveText(`n = ${n}`);
}

async function binOfTile(tile: Locator): Promise<string | null> {
  return tile.evaluate((node) => node.closest<HTMLElement>('.group')?.dataset['group'] ?? null);
}

test('all cells stand in groups, the focus on the least sure, with n beside them', async ({
  page,
}) => {
  await openReview(page);
  await expect(current(page)).toBeFocused();
  await expect(current(page)).toHaveAttribute('aria-label', /not looked at/);
  await expectN(page);
  for (const crop of await page.locator('.tile img').all()) {
    await expect(crop).toHaveAttribute('src', /^data:image\/jpeg/);
    expect(await crop.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
      40,
    );
  }
});

test('a key files a cell and goes on, undo and redo name what they do', async ({ page }) => {
  await openReview(page);
  const id = await current(page).getAttribute('data-id');
  await page.keyboard.press('7');
  await expect(group(page, 'blast').locator(`[data-id="${id}"]`)).toBeVisible();
  await expect(current(page)).not.toHaveAttribute('data-id', id ?? '');
  await expect(current(page)).toBeFocused();
  const undo = page.getByRole('button', { name: /^Undo/ });
  await expect(undo).toHaveText(/Undo: 1 cell to Blast/);
  await page.keyboard.press('Control+z');
  await expect(group(page, 'blast')).toHaveCount(0);
  await expect(page.locator(`.tile[data-id="${id}"]`)).toBeFocused();
  await page.getByRole('button', { name: 'Redo: 1 cell to Blast' }).click();
  await expect(group(page, 'blast').locator(`[data-id="${id}"]`)).toBeVisible();
});

test('Enter accepts, Shift+Enter accepts a group, the arrows walk', async ({ page }) => {
  await openReview(page);
  const first = await current(page).getAttribute('data-id');
  await page.keyboard.press('ArrowRight');
  await expect(current(page)).not.toHaveAttribute('data-id', first ?? '');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.locator(`.tile-done[data-id="${first}"]`)).toBeVisible();
  for (let presses = 0; presses < 6; ++presses) await page.keyboard.press('Shift+Enter');
  await expect(page.locator('.tile-done')).toHaveCount(kGolden.length);
  await expect(page.locator('.review .rail-total')).toContainText('all looked at');
  await expect(page.locator('.review-progress')).toContainText(
    `${kGolden.length} of ${kGolden.length}`,
  );
});

test('a key files what the pointer is on, or a range at once', async ({ page }) => {
  await openReview(page);
  const first = await current(page).getAttribute('data-id');
  const tile = page.locator('.tile').nth(3);
  const id = await tile.getAttribute('data-id');
  await tile.hover();
  await expect(page.locator('.tile-selected')).toHaveAttribute('data-id', id ?? '');
  await page.keyboard.press('8');
  const filed = page.locator(`.tile[data-id="${id}"]`);
  await expect.poll(() => binOfTile(filed)).toBe('other_or_abnormal');
  await page.mouse.move(0, 0);
  await expect(page.locator('.tile-selected')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Home');
  await expect(current(page)).toHaveAttribute('data-id', first ?? '');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('.tile-selected')).toHaveCount(3);
  await page.keyboard.press('9');
  await expect.poll(() => countOf(page, 'erythroblast')).toBe(3);
  await expectN(page, 'erythroblast');
  await page.keyboard.press('Control+z');
  await expect.poll(() => countOf(page, 'erythroblast')).toBe(0);
});

test('a cell is filed by menu, by the bins beside the gallery and by drag', async ({ page }) => {
  // All in view at once: a drag can't scroll.
  await page.setViewportSize({ width: 1280, height: 1600 });
  await openReview(page);
  const tile = page.locator('.tile').nth(2);
  const id = await tile.getAttribute('data-id');
  const same = page.locator(`.tile[data-id="${id}"]`);
  await same.click({ button: 'right' });
  const menu = page.getByRole('dialog', { name: 'Move 1 cell to' });
  await menu.getByRole('button', { name: /^Smudge/ }).click();
  await expect(menu).toBeHidden();
  await expect.poll(() => binOfTile(same)).toBe('smudge');
  await same.click();
  await page.locator('.review .bin[data-bin=basophil]').click();
  await expect.poll(() => binOfTile(same)).toBe('basophil');
  await same.dragTo(page.locator('.review .bin[data-bin=monocyte]'));
  await expect.poll(() => binOfTile(same)).toBe('monocyte');
  await same.focus();
  await expect(same).toHaveClass(/tile-selected/);
  await page.keyboard.press('Delete');
  await expect.poll(() => binOfTile(same)).toBe('removed');
});

test('hidden suggestions show nothing of what the model thinks', async ({ page }) => {
  await openReview(page);
  await page.keyboard.press('h');
  await expect(page.locator('.group')).toHaveCount(1);
  await expect(group(page, 'to_review').locator('.tile')).toHaveCount(kGolden.length);
  await expect(page.locator('.groups')).not.toContainText('%');
  await expect(page.locator('.tile[aria-label*=model]')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page.locator('.tile-done')).toHaveCount(0);
  await page.keyboard.press('2');
  await expect(group(page, 'lymphocyte').locator('.tile')).toHaveCount(1);
});

test('shortcuts are shown, changed, refused when taken, and turned off', async ({ page }) => {
  await openReview(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Shortcuts' });
  const row = sheet.getByRole('row', { name: /^Monocyte/ });
  await row.getByRole('button').click();
  await page.keyboard.press('1');
  await expect(sheet.getByRole('alert')).toHaveText(/1 is taken by “Neutrophil”/);
  await page.keyboard.press('k');
  await expect(row.locator('kbd')).toHaveText(['K']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('k');
  await expect.poll(() => countOf(page, 'monocyte')).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: /^Undo/ })).toHaveText(/to Monocyte/);

  await expect(page.locator('.case-place')).toContainText('This tab keeps it for a reload.');
  await page.reload();
  const undo = page.getByRole('button', { name: /^Undo/ });
  await expect(undo).toHaveText(/to Monocyte/);
  await expect(page.locator('.review .bin[data-bin=monocyte] kbd')).toHaveText(['K']);
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await sheet.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await current(page).focus();
  await page.keyboard.press('k');
  const monocytes = await countOf(page, 'monocyte');
  await page.keyboard.press('1');
  expect(await countOf(page, 'monocyte')).toBe(monocytes);
  await undo.click();
  await expect(undo).toBeDisabled();
});

test('a class of one’s own is written without calling shortcuts, and takes cells', async ({
  page,
}) => {
  await openReview(page);
  await page.getByRole('button', { name: 'Add a class' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add a class' });
  await sheet.getByRole('textbox').pressSequentially('1 Mott cell?');
  await sheet.getByRole('radio', { name: 'Not counted' }).check();
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: /^Undo/ })).toHaveText(
    /class “1 Mott cell\?” added/,
  );
  await current(page).focus();
  await page.keyboard.press('b');
  await expect.poll(() => countOf(page, 'own:1')).toBe(1);
  await expectN(page, 'own:1');
});

test('a missed cell is added by click, drag and keys, a wrong one removed', async ({ page }) => {
  await openReview(page);
  const total = kGolden.length;
  await page.keyboard.press('o');
  const field = page.getByRole('dialog', { name: /^Picture \d/ });
  await expect(field).toBeVisible();
  const picture = field.locator('.field-picture');
  await expect(field.locator('.field-box-here')).toHaveCount(1);

  await field.getByRole('button', { name: 'Add a missed cell' }).click();
  await picture.click({ position: { x: 120, y: 90 } });
  await expect(field.locator('.field-box')).toHaveCount(2);
  await expect(field.locator('.field-foot')).toContainText('model:');

  await page.keyboard.press('n');
  const box = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height * 0.8, { steps: 4 });
  await page.mouse.up();
  await expect(field.locator('.field-box')).toHaveCount(3);

  await page.keyboard.press('n');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field.locator('.field-box')).toHaveCount(4);

  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await expect(field).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(field.locator('.bin[data-bin=removed] .bin-count')).toHaveText('1');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect(page.locator('.tile')).toHaveCount(total + 3);
  for (let step = 0; step < 4; ++step) await page.keyboard.press('Control+z');
  await expect(page.locator('.tile')).toHaveCount(total);
});

test('the field of a picture opens from its card too', async ({ page }) => {
  await openPage(page);
  await choose(page, kGolden.slice(0, 2));
  await waitUntilRead(page, 2);
  await page.locator('.card button').nth(1).click();
  await page.getByRole('button', { name: 'Cells of this picture' }).click();
  const field = page.getByRole('dialog', { name: /^Picture \d · 1 cell$/ });
  await expect(field).toHaveAccessibleName(/^Picture 2/);
  await page.keyboard.press('ArrowUp');
  const side = async (): Promise<number> => {
    const view = await field.locator('.field-picture').getAttribute('viewBox');
    return Number(view?.split(' ')[2]);
  };
  await expect.poll(side).toBeLessThan(320);
  await page.keyboard.press('4');
  await expect(field.locator('.rail .bin[data-bin=eosinophil] .bin-count')).toHaveText('1');
});
