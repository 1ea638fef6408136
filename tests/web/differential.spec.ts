// The room of the differential: the same bytes as the command line, and one question first.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choose, expect, kGolden, openPage, test, waitUntilRead } from './table';
import { kServer } from './server';
import { openRoom } from './tour';

test('asks for one smear first, then gives what the command line gives', async ({ page }) => {
  await openPage(page);
  await choose(page, kGolden);
  await waitUntilRead(page, kGolden.length);
  await openRoom(page, 'review');
  await expect(page.locator('.tile').first()).toBeVisible();
  for (let presses = 0; presses < 6; ++presses) await page.keyboard.press('Shift+Enter');
  await expect(page.locator('.tile-done')).toHaveCount(kGolden.length);
  const counts: Record<string, number> = {};
  for (const bin of await page.locator('.review .bin').all()) {
    const count = Number(await bin.locator('.bin-count').textContent());
    if (count > 0) counts[(await bin.getAttribute('data-bin')) ?? ''] = count;
  }

  await page.getByRole('link', { name: 'Differential' }).click();
  const room = page.locator('.differential');
  await expect(room.locator('.differential-table')).toHaveCount(0);
  await room.getByRole('radio', { name: 'Yes' }).check();
  await expect(room.locator('[data-status=none]')).toContainText('No differential');
  await room.getByRole('textbox').fill('seven');
  await expect(room).toContainText('must be a number above 0');
  await room.getByRole('textbox').fill('7,2');
  await room.getByRole('combobox').selectOption('none');
  const wanted = page.waitForEvent('download');
  await room.locator('[data-output=json]').click();
  const saved = await (await wanted).path();

  const card = join(kServer.root, 'model/cells_card.json');
  const options = Object.entries(counts).map(([name, count]) => `${name}=${count}`);
  const words = [
    'differential',
    '--json',
    '--white-count',
    '7.2',
    '--card',
    card,
    '--count',
    ...options,
  ];
  const program = join(kServer.root, 'build/native/leukolens');
  const expected = JSON.parse(execFileSync(program, words, { encoding: 'utf8' })) as object;
  // Only a file of counts can tell the command line of the model.
  const { models, ...rest } = JSON.parse(readFileSync(saved, 'utf8')) as { models: object[] };
  expect(models).toHaveLength(1);
  expect({ ...rest, models: [] }).toEqual(expected);
});
