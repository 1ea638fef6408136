// The quiz: a teacher reviews and saves a case, a learner opens it and is compared with the review.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { choose, expect, kSamples, openPage, test, waitUntilRead } from './table';
import { openRoom } from './tour';

// What the teacher says: never what the model could have said of these drawings.
const kReviewed = ['basophil', 'blast', 'monocyte'];
const kKeys = ['5', '7', '3'];

async function reviewAndSave(page: Page): Promise<string> {
  // As in browsers that let no page hold a file: saving is a download.
  await page.addInitScript(() => {
    delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;
  });
  await openPage(page);
  const pictures = kSamples.slice(0, 4);
  await choose(page, pictures);
  await waitUntilRead(page, pictures.length);
  await openRoom(page, 'review');
  await expect(page.locator('.tile').nth(3)).toBeVisible();
  for (const [at, key] of kKeys.entries()) {
    await page.keyboard.press(key);
    await expect(page.locator('.tile-done')).toHaveCount(at + 1);
  }
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save case' }).click();
  return (await download).path();
}

async function openQuiz(page: Page, buffer: Buffer): Promise<void> {
  await page.getByRole('link', { name: 'Quiz' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a reviewed case' }).click();
  await (await chooser).setFiles({ name: 'case.leukolens', mimeType: '', buffer });
}

test('a reviewed case is asked about without the model, explained and scored', async ({
  page,
  browser,
}) => {
  const saved = readFileSync(await reviewAndSave(page));
  const learner = await (await browser.newContext()).newPage();
  await openPage(learner);
  await openQuiz(learner, saved);
  const quiz = learner.locator('.quiz');

  const asked: string[] = [];
  for (let at = 1; at <= kReviewed.length; ++at) {
    await expect(quiz).toContainText(`Cell ${at} of 3`);
    await expect(quiz.locator('.quiz-cell img')).toHaveJSProperty('complete', true);
    // Neither the model's answer nor the reviewer's is anywhere on the page yet.
    await expect(quiz).not.toContainText(/Reviewed as|model: |\d%/);
    // Always the monocyte.
    if (at === 2) await learner.keyboard.press('3');
    else await quiz.getByRole('button', { name: /^Monocyte/ }).click();
    const verdict = quiz.locator('.quiz-verdict');
    const isRight = (await verdict.getAttribute('data-right')) === 'yes';
    const words = (await verdict.textContent()) ?? '';
    asked.push(/(?:As reviewed:|Reviewed as)\s+(\w+)/.exec(words)?.[1]?.toLowerCase() ?? '');
    expect(isRight).toBe(asked.at(-1) === 'monocyte');
    if (!isRight) expect(words).toContain('You said Monocyte');
    if (asked.at(-1) === 'basophil') {
      await expect(quiz.locator('details[open]')).toContainText('violet-black granules');
      await expect(quiz.locator('details[open]')).toContainText('Toxic neutrophil');
    }
    await learner.keyboard.press('Enter');
  }
  expect([...asked].sort()).toEqual([...kReviewed].sort());
  await expect(quiz.locator('.quiz-result')).toContainText('1 of 3 cells');
  await expect(quiz.locator('.quiz-mistakes li')).toHaveCount(2);

  await quiz.getByRole('button', { name: /^Ask the 2 named otherwise/ }).click();
  await expect(quiz).toContainText('Cell 1 of 2');
  await quiz.getByRole('button', { name: 'End the quiz' }).click();
  await expect(quiz.getByRole('button', { name: 'Open a reviewed case' })).toBeVisible();

  const transfer = await learner.evaluateHandle(
    (numbers) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(numbers)], 'dropped.leukolens'));
      return data;
    },
    [...saved],
  );
  await quiz.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(quiz).toContainText('Cell 1 of 3');
  // The learner's own review stays as it was: empty.
  await openRoom(learner, 'review');
  await expect(learner.locator('.tile')).toHaveCount(0);
  await learner.context().close();
});

test('a file that is no case says so, and cells reviewed here can be asked about', async ({
  page,
}) => {
  await openPage(page);
  await openQuiz(page, Buffer.from('no case at all'));
  await expect(page.locator('.quiz').getByRole('alert')).toContainText("can't be used for a quiz");

  await page.getByRole('link', { name: /^Pictures/ }).click();
  await choose(page, kSamples.slice(0, 2));
  await waitUntilRead(page, 2);
  await openRoom(page, 'review');
  await expect(page.locator('.tile').first()).toBeVisible();
  await page.keyboard.press('8');
  await expect(page.locator('.tile-done')).toHaveCount(1);
  await page.getByRole('link', { name: 'Quiz' }).click();
  await page.getByRole('button', { name: 'Ask about the 1 cell reviewed here' }).click();
  await page.keyboard.press('8');
  await expect(page.locator('.quiz-verdict')).toContainText('As reviewed: Other or abnormal');
  await expect(page.locator('.quiz')).toContainText('no words on this class yet');
});
