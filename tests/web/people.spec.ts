// A teacher and a visitor, both with a phone: hallmarks, evidence and a quiz; a picture through the
// eyepiece, the doubt, and a lunch.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { choose, expect, openPage, shownOn, test, waitUntilRead } from './table';
import { kServer } from './server';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const kClasses = ['neutrophil', 'lymphocyte', 'eosinophil', 'monocyte'];

/** One drawing of each class. */
function draw(...options: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'leukolens-'));
  return kClasses.map((name, index) => {
    const out = join(folder, name);
    const words = ['--out', out, '--class', name, '--seed', String(81_000 + index), ...options];
    const list = join(folder, `${name}.json`);
    const program = join(kServer.root, 'build/native/leukolens-phantoms');
    execFileSync(program, [...words, '--truth', list]);
    const { pictures } = JSON.parse(readFileSync(list, 'utf8')) as { pictures: { file: string }[] };
    return join(out, pictures[0]?.file ?? '');
  });
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
}

async function pictured(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(kServer.root, `build/screenshots/${name}.png`) });
}

async function openCard(page: Page, index: number): Promise<Locator> {
  await page.locator('.card').nth(index).getByRole('button').tap();
  const dialog = page.locator('dialog.detail:not(.field)');
  await expect(dialog).toBeVisible();
  return dialog;
}

test('a teacher shows hallmarks and evidence maps, and asks about a case in a quiz', async ({
  page,
}) => {
  await openPage(page);
  const files = draw();
  await choose(page, files);
  await waitUntilRead(page, files.length);
  const dialog = await openCard(page, 0);
  await expect(dialog.getByText('What to look for')).toBeVisible();
  await expect(dialog.locator('.evidence').first()).toBeHidden();
  await dialog.getByText('Show what moved this net').tap();
  await expect(dialog.locator('.evidence').first()).toBeVisible();
  expect(await dialog.locator('.evidence rect').count()).toBeGreaterThan(3);
  await expectNoSidewaysScroll(page);
  await pictured(page, 'teacher_evidence');

  // A phone's back closes the picture and stays on the page.
  await page.goBack();
  await expect(dialog).toBeHidden();
  await expect(page.locator('.card')).toHaveCount(files.length);

  await page.getByRole('link', { name: /^Review/ }).tap();
  await expect(page.locator('.tile').first()).toBeVisible();
  for (const _ of files) await page.keyboard.press('Shift+Enter');
  await expect(page.locator('.tile:not(.tile-done)')).toHaveCount(0);
  // The class speaks Turkish.
  await page.locator('select[name=language]').selectOption({ label: 'Türkçe' });
  await page.getByRole('link', { name: 'Sınav' }).tap();
  const quiz = page.locator('.quiz');
  await quiz.getByRole('button', { name: /Burada gözden geçirilen/ }).tap();
  let right = 0;
  const cells = await page.locator('.tile').count();
  for (let at = 1; at <= cells; ++at) {
    await expect(quiz).toContainText(`Hücre ${at} / ${cells}`);
    await quiz.getByRole('button', { name: /^Lenfosit/ }).tap();
    const verdict = quiz.locator('.quiz-verdict');
    await expect(verdict).toBeVisible();
    if ((await verdict.getAttribute('data-right')) === 'yes') right += 1;
    if (at === 1) await pictured(page, 'teacher_quiz');
    await expectNoSidewaysScroll(page);
    await quiz.getByRole('button', { name: /^(Sonraki hücre|Sonuca geç)/ }).tap();
  }
  await expect(quiz.locator('.quiz-result')).toContainText(`${cells} hücreden ${right} tanesinde`);
});

/** Plates, a cutlet, peas and a tomato: drawn in the page, as a phone's picture would come. */
async function lunch(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1200, 900);
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('no canvas');
    const disc = (x: number, y: number, rx: number, ry: number, colour: string): void => {
      pen.fillStyle = colour;
      pen.beginPath();
      pen.ellipse(x, y, rx, ry, 0.2, 0, 2 * Math.PI);
      pen.fill();
    };
    pen.fillStyle = '#7a5230';
    pen.fillRect(0, 0, 1200, 900);
    disc(600, 450, 430, 400, '#e9e6df');
    disc(600, 450, 330, 300, '#f6f4ee');
    disc(500, 380, 190, 110, '#8c4f22');
    disc(490, 370, 150, 80, '#a7652f');
    for (let pea = 0; pea < 60; ++pea) {
      const [turn, far] = [pea * 2.4, 14 * Math.sqrt(pea)];
      disc(740 + far * Math.cos(turn), 540 + far * Math.sin(turn), 15, 15, '#5c9a32');
    }
    disc(470, 600, 70, 62, '#d33a22');
    disc(460, 590, 24, 18, '#f0806a');
    pen.fillStyle = '#c9ccd1';
    pen.fillRect(110, 160, 26, 600);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  return Buffer.from(bytes);
}

test('a visitor takes a picture through the eyepiece: the cell, the doubt, what it means', async ({
  page,
}) => {
  await openPage(page);
  const input = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose pictures' }).tap();
  // A phone offers its camera for pictures of this kind.
  expect(await (await input).element().getAttribute('accept')).toMatch(/^image\/jpeg/);
  const [eyepiece = ''] = draw('--size', '1600x1200', '--um-per-px', '0.06', '--blur', '3');
  await (await input).setFiles(eyepiece);
  await waitUntilRead(page, 1);
  const dialog = await openCard(page, 0);
  const shown = await shownOn(dialog);
  expect(shown.box.every((side) => side > 0)).toBe(true);
  const doubt = dialog.locator('.how-sure');
  await expect(doubt).toContainText(/\d+(\.\d+)?%, (at or above|below) the model's threshold of/);
  await expect(dialog.locator('.bars-fine .bar')).toHaveCount(5);
  await expect(dialog.getByText('General reference, not about this sample')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await pictured(page, 'visitor_cell');
});

test('a photograph of a lunch is no cell', async ({ page }) => {
  await openPage(page);
  const buffer = await lunch(page);
  await choose(page, { name: 'lunch.jpg', mimeType: 'image/jpeg', buffer });
  await waitUntilRead(page, 1);
  await pictured(page, 'visitor_lunch');
  const bars = page.locator('.card .bar-top');
  const verdict = page.locator('.card');
  await expect(verdict).toContainText(/No white cell stands out|Not a white cell/);
  await expect(bars).toHaveCount(0);
});
