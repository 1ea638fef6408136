// The page under test: opened with its engine ready, its complaints and requests recorded.
import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { kServer } from './server';

export { expect };
export const kSamples = ['neutrophil', 'eosinophil', 'lymphocyte', 'monocyte', 'field'].map(
  (name) => join(kServer.root, `web/samples/${name}.png`),
);
export const kGolden = [
  'neutrophil',
  'eosinophil',
  'lymphocyte',
  'monocyte',
  'blue_lymphocyte',
  'yellow_neutrophil',
].map((name) => join(kServer.root, `tests/fixtures/golden/${name}.png`));

/** Anything the page complained of: uncaught errors, errors on the console, broken policy. */
type Complaints = string[];

export const test = base.extend<{ complaints: Complaints; isForgiving: boolean }>({
  /** For tests that break something on purpose. */
  isForgiving: [false, { option: true }],
  complaints: [
    async ({ page, isForgiving }, use) => {
      const complaints: Complaints = [];
      // Heard from the beginning, or a quick key opens the system's own dialog.
      page.on('filechooser', () => {});
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
      });
      await use(complaints);
      if (!isForgiving) expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export async function openPage(page: Page, path = './'): Promise<void> {
  await page.goto(path);
  await expect(page.getByText('Engine ready', { exact: true })).toBeVisible({ timeout: 30_000 });
}

export async function waitUntilOffline(page: Page): Promise<void> {
  await expect(page.getByText('Ready offline', { exact: true })).toBeVisible({ timeout: 30_000 });
}

type Files = Parameters<Locator['setInputFiles']>[0];

export async function choose(page: Page, files: Files): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^(Choose|Add) pictures$/ }).click();
  await (await chooser).setFiles(files);
}

export function card(page: Page, name: string): Locator {
  return page.locator('.card').filter({ has: page.getByText(name, { exact: true }) });
}

/** Waits until no card waits or is being read. */
export async function waitUntilRead(page: Page, count: number): Promise<void> {
  const done = page.locator('.card:is([data-progress=read], [data-progress=failed])');
  await expect(done).toHaveCount(count, { timeout: 30_000 });
}

export interface Shown {
  readonly classLabel: string;
  readonly probabilities: Record<string, number>;
  readonly box: number[];
}

/** What a card shows, at full precision. */
export function shownOn(cardLocator: Locator): Promise<Shown> {
  return cardLocator.evaluate((node) => {
    const bars = [...node.querySelectorAll<HTMLElement>('.bar')];
    const probabilities = bars.map((bar): [string, number] => [
      bar.dataset['class'] ?? '',
      bar.querySelector('progress')?.value ?? NaN,
    ]);
    const rect = node.querySelector('.box-chosen .box-over') ?? node.querySelector('.box-over');
    const sides = ['x', 'y', 'width', 'height'];
    return {
      classLabel: node.querySelector<HTMLElement>('.bar-top')?.dataset['class'] ?? '',
      probabilities: Object.fromEntries(probabilities),
      box: sides.map((side) => Number(rect?.getAttribute(side))),
    };
  });
}

export interface LineOfJson {
  readonly file: string;
  readonly cells: {
    readonly box: number[];
    readonly class: string;
    readonly verdict: string;
    readonly probabilities: Record<string, number>;
  }[];
}

/** What the command line says about the same files. */
export function classifiedByCommandLine(files: readonly string[]): LineOfJson[] {
  const program = join(kServer.root, 'build/native/leukolens');
  const lines = execFileSync(program, ['classify', '--jsonl', ...files], { encoding: 'utf8' });
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LineOfJson);
}

/** The cards of `lines`, in order of arrival, show what the command line says, shares within 1e-4. */
export async function expectSameAnswers(page: Page, lines: readonly LineOfJson[]): Promise<void> {
  const dialog = page.locator('dialog.detail:not(.field)');
  for (const [index, line] of lines.entries()) {
    await page.locator('.card').nth(index).getByRole('button').click();
    await expect(dialog.getByRole('heading', { level: 2 })).toHaveText(basename(line.file));
    const choices = dialog.locator('.cell-choice');
    await expect(choices).toHaveCount(line.cells.length > 1 ? line.cells.length : 0);
    for (const [number, cell] of line.cells.entries()) {
      if (line.cells.length > 1) await choices.nth(number).click();
      const shown = await shownOn(dialog);
      expect(shown.classLabel, line.file).toBe(cell.class);
      expect(shown.box, line.file).toEqual(cell.box);
      for (const [label, share] of Object.entries(cell.probabilities)) {
        const difference = Math.abs((shown.probabilities[label] ?? NaN) - share);
        expect(difference, `${line.file} ${label}`).toBeLessThanOrEqual(1e-4);
      }
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
}
