// A walk through every room and dialog of the page in any language, for checks that hold in each.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, kSamples, waitUntilRead } from './table';

export type Visit = (place: string) => Promise<void>;
const kRooms = ['review', 'tally', 'differential', 'quiz', 'evaluation', 'about'] as const;
type RoomName = 'pictures' | (typeof kRooms)[number];

export async function openRoom(page: Page, room: RoomName): Promise<void> {
  await page.locator(`.rooms a[href="#${room}"]`).click();
  await expect(page.locator(`.page[data-room=${room}]`)).toBeAttached();
}

async function emptyRooms(page: Page, visit: Visit): Promise<void> {
  await visit('start');
  for (const room of kRooms) {
    await openRoom(page, room);
    await visit(room === 'about' ? room : `${room}, empty`);
  }
  await openRoom(page, 'pictures');
}

/** The drawings and a file that is no picture. */
async function pictures(page: Page, visit: Visit): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.locator('.welcome .button-main').click();
  await (await chooser).setFiles(kSamples);
  await waitUntilRead(page, kSamples.length);
  const another = page.waitForEvent('filechooser');
  await page.locator('.toolbar .button-main').click();
  const text = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') };
  await (await another).setFiles(text);
  await waitUntilRead(page, kSamples.length + 1);
  await visit('pictures');
  const openCamera = (): Promise<void> => page.locator('.toolbar .button-camera').click();
  await withDialog(page, openCamera, async () => {
    await expect(page.locator('.camera [role=alert]')).toBeVisible();
    await visit('live view without a camera');
  });
  for (const [at, name] of [
    [0, 'a cell'],
    [4, 'a field of cells'],
  ] as const) {
    await page.locator('.card').nth(at).locator('button').first().click();
    await expect(page.locator('dialog.detail[open]')).toBeVisible();
    await visit(`detail of ${name}`);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog[open]')).toHaveCount(0);
  }
  await page.locator('.case-more summary').click();
  await visit('what is kept');
  await page.locator('.case-more summary').click();
}

async function withDialog(page: Page, open: () => Promise<void>, visit: () => Promise<void>) {
  await open();
  await expect(page.locator('dialog[open]')).toBeVisible();
  await visit();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
}

async function review(page: Page, visit: Visit): Promise<void> {
  await openRoom(page, 'review');
  await expect(page.locator('.tile').first()).toBeVisible();
  await visit('review');
  await page.keyboard.press('1');
  await page.keyboard.press('7');
  await visit('review, two answers');
  const press = (key: string) => () => page.keyboard.press(key);
  await withDialog(page, press('m'), () => visit('move'));
  await withDialog(page, press('Shift+?'), () => visit('shortcuts'));
  await withDialog(page, press('o'), () => visit('field'));
  await page.keyboard.press('o');
  await page.keyboard.press('n');
  await visit('field, adding a cell');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await withDialog(
    page,
    () => page.locator('.review .rail-add').click(),
    () => visit('class'),
  );
}

/** Saves the case, changes it and opens what was saved. */
async function openCase(page: Page, visit: Visit): Promise<Buffer> {
  await page.locator('.tile[tabindex="0"]').focus();
  for (let i = 0; i < 12; ++i) await page.keyboard.press('Shift+Enter');
  // As in browsers that let no page hold a file: saving is a download.
  await page.evaluate(() => {
    delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;
  });
  const download = page.waitForEvent('download');
  await page.locator('.case-bar .buttons button').first().click();
  const buffer = readFileSync(await (await download).path());
  await page.keyboard.press('Control+z');
  const chooser = page.waitForEvent('filechooser');
  await page.locator('.case-bar .buttons button').last().click();
  const file = { name: 'case.leukolens', mimeType: '', buffer };
  await withDialog(
    page,
    async () => (await chooser).setFiles(file),
    () => visit('a case is open already'),
  );
  return buffer;
}

async function tally(page: Page, visit: Visit): Promise<void> {
  await openRoom(page, 'tally');
  for (let i = 0; i < 100; ++i) await page.keyboard.press(i < 60 ? '1' : i < 75 ? '2' : '5');
  await visit('tally, its signal');
}

async function differential(page: Page, visit: Visit): Promise<void> {
  await page
    .locator('.count-signal a[href="#differential"], .tally a[href="#differential"]')
    .first()
    .click();
  await visit('differential, its question');
  await page.locator('.differential input[name=one-smear]').first().check();
  await page.locator('.differential input[name=white-count]').fill('9');
  await expect(page.locator('.differential tr[data-flag=high]').first()).toBeVisible();
  for (const summary of await page.locator('.differential summary').all()) await summary.click();
  await visit('differential');
}

async function quiz(page: Page, visit: Visit, buffer: Buffer): Promise<void> {
  await openRoom(page, 'quiz');
  const chooser = page.waitForEvent('filechooser');
  await page.locator('.quiz .buttons button').first().click();
  await (await chooser).setFiles({ name: 'case.leukolens', mimeType: '', buffer });
  await expect(page.locator('.quiz-choice').first()).toBeVisible();
  await visit('quiz');
  await page.locator('.quiz-choice').first().click();
  await visit('quiz, answered');
  const next = page.locator('.quiz-next');
  const result = page.locator('.quiz-result');
  for (;;) {
    await next.click();
    await expect(next).toHaveCount(0);
    await expect(page.locator('.quiz-choice').or(result).first()).toBeVisible();
    if ((await result.count()) > 0) break;
    await page.locator('.quiz-choice').first().click();
  }
  await visit('quiz, its result');
}

/** From the first screen on; `visit` is called in each place. */
export async function roomsAndDialogs(page: Page, visit: Visit): Promise<void> {
  await emptyRooms(page, visit);
  await pictures(page, visit);
  await review(page, visit);
  const buffer = await openCase(page, visit);
  await tally(page, visit);
  await differential(page, visit);
  await quiz(page, visit, buffer);
}
