// Results taken out of the page: the command line's bytes, tables of cells, pictures and paper.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { choose, expect, kGolden, openPage, test, waitUntilRead } from './table';
import { kServer } from './server';
import { openRoom } from './tour';

async function openDifferential(page: Page, files: readonly string[] = kGolden): Promise<void> {
  await openPage(page);
  await choose(page, [...files]);
  await waitUntilRead(page, files.length);
  await page.getByRole('link', { name: 'Differential' }).click();
  await page.locator('.differential').getByRole('radio', { name: 'Yes' }).check();
  await expect(page.locator('.differential .outputs')).toBeVisible();
}

async function lookAtAll(page: Page): Promise<void> {
  await openRoom(page, 'review');
  await expect(page.locator('.tile').first()).toBeVisible();
  for (let presses = 0; presses < kGolden.length; ++presses)
    await page.keyboard.press('Shift+Enter');
  await expect(page.locator('.tile-done')).toHaveCount(kGolden.length);
  await page.getByRole('link', { name: 'Differential' }).click();
}

async function save(page: Page, what: string): Promise<Buffer> {
  const wanted = page.waitForEvent('download');
  await page.locator(`[data-output=${what}]`).click();
  return readFileSync(await (await wanted).path());
}

interface Written {
  readonly classes: readonly { readonly class: string; readonly count: number }[];
  readonly not_counted: Record<string, number>;
  readonly unreviewed: number;
  readonly models: readonly object[];
  readonly second_interval: {
    readonly unreviewed: number;
    readonly error_rates: string;
    readonly classes: readonly { readonly class: string; readonly interval: [number, number] }[];
  } | null;
}

/** What the command line writes of the counts that the page's JSON tells. */
function byCommandLine(
  written: Written,
  options: readonly string[],
  unreviewed: number | Record<string, number> = written.unreviewed,
): string {
  const rows = written.classes.map(({ class: name, count }) => [name, count] as const);
  const counts = Object.fromEntries([...rows, ...Object.entries(written.not_counted)]);
  const { models } = written;
  const file = join(mkdtempSync(join(tmpdir(), 'leukolens-')), 'counts.json');
  const schema = 'leukolens-counts/1';
  writeFileSync(file, JSON.stringify({ schema, counts, unreviewed, models, range: 'uk_tdl_2020' }));
  const program = join(kServer.root, 'build/native/leukolens');
  const card = ['--card', join(kServer.root, 'model/cells_card.json')];
  return execFileSync(program, ['differential', ...options, ...card, file], { encoding: 'utf8' });
}

test('JSON, CSV and FHIR are the bytes of the command line, models and hashes in them', async ({
  page,
}) => {
  await openDifferential(page);
  await page.locator('.differential').getByRole('combobox').selectOption('uk_tdl_2020');
  const json = (await save(page, 'json')).toString();
  const written = JSON.parse(json) as Written;
  expect(written.models).toHaveLength(1);
  expect(written.unreviewed).toBeGreaterThan(0);
  expect(byCommandLine(written, ['--json'])).toBe(json);
  expect(byCommandLine(written, ['--csv'])).toBe((await save(page, 'classes')).toString());
  const fhir = (await save(page, 'fhir')).toString();
  const { timestamp } = JSON.parse(fhir) as { timestamp: string };
  expect(byCommandLine(written, ['--fhir', '--time', timestamp])).toBe(fhir);
  expect(fhir).toMatch(/SHA-256 [0-9a-f]{64}/);
});

test('the model’s errors are carried through as by the command line, from its card', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'leukolens-'));
  const words = ['--out', folder, '--count', '64', '--seed', '65000', '--size', '320x240'];
  words.push('--class', 'neutrophil', '--class', 'lymphocyte', '--class', 'neutrophil');
  execFileSync(join(kServer.root, 'build/native/leukolens-phantoms'), words);
  await openDifferential(
    page,
    readdirSync(folder).map((name) => join(folder, name)),
  );
  await page.locator('.differential').getByRole('combobox').selectOption('uk_tdl_2020');
  await expect(page.locator('.differential .differential-second')).toBeVisible();
  const json = (await save(page, 'json')).toString();
  const written = JSON.parse(json) as Written;
  // Nobody has looked at any cell.
  const unreviewed = Object.fromEntries(written.classes.map((row) => [row.class, row.count]));
  expect(byCommandLine(written, ['--json'], unreviewed)).toBe(json);
  const csv = (await save(page, 'classes')).toString();
  expect(byCommandLine(written, ['--csv'], unreviewed)).toBe(csv);
  const { second_interval: second } = written;
  expect(second?.unreviewed).toBeGreaterThanOrEqual(50);
  const shown = page.locator('.differential .differential-second');
  await expect(shown.locator('[data-fact=rates]')).toHaveText(/^cells [\d.]+, .*, per picture$/);
  await expect(shown.locator('[data-fact=rates]')).toHaveText(second?.error_rates ?? '');
  await expect(shown.locator('[data-fact=method]')).toContainText('Gibbs sampling');
  for (const { class: name, interval } of second?.classes ?? []) {
    const words = `${interval[0].toFixed(1)} – ${interval[1].toFixed(1)}`;
    await expect(shown.locator(`[data-second=${name}] td`).last()).toHaveText(words);
  }
});

test('cells and classes are saved as CSV for programs and for Excel', async ({ page }) => {
  await openDifferential(page);
  const cells = (await save(page, 'cells')).toString().trim().split('\r\n');
  expect(cells).toHaveLength(1 + kGolden.length);
  expect(cells[0]).toMatch(/^picture,picture_sha256,cell,x,y,width,height,found_by,model_class,/);
  for (const line of cells.slice(1)) {
    expect(line).toMatch(/^\d+,[0-9a-f]{64},\d+,.*Not for use in diagnostic procedures/);
    expect(line).not.toContain('.png');
  }
  for (const what of ['cells_excel', 'classes_excel']) {
    expect((await save(page, what)).toString().charCodeAt(0)).toBe(0xfeff);
  }
});

test('names of files are in the table of cells only where the person keeps them', async ({
  page,
}) => {
  await openDifferential(page);
  await page.getByText('What is kept').click();
  await page.getByLabel(/Keep the names/).check();
  const cells = (await save(page, 'cells')).toString().split('\r\n');
  expect(cells[0]).toMatch(/^picture,name,/);
  expect(cells[1]).toContain('neutrophil.png');
});

test('one sentence is copied, by a template of one’s own that lasts', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDifferential(page);
  const copied = async (): Promise<string> => {
    await page.locator('[data-output=sentence]').click();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied()).toMatch(
    /^White cell differential from pictures of .*Unverified: \d+ counted/,
  );
  await page.getByText('The sentence', { exact: true }).click();
  await page.getByLabel('Its template').fill('WBC {n} {patient}');
  await page.getByLabel('Its template').blur();
  await expect(page.locator('.output-template')).toContainText('Nothing fills in: patient');
  expect(await copied()).toMatch(
    /^WBC \d+ \{patient\} Unverified: .*SHA-256 [0-9a-f]{64}.*diagnostic/,
  );
  await page.reload();
  await page.getByText('The sentence', { exact: true }).click();
  await expect(page.getByLabel('Its template')).toHaveValue('WBC {n} {patient}');
});

test('pictures are saved with their cells outlined and a strip that says from where', async ({
  page,
}) => {
  await openDifferential(page);
  const members = unzipSync(new Uint8Array(await save(page, 'pictures')));
  expect(Object.keys(members)).toHaveLength(kGolden.length);
  expect(Object.keys(members)[0]).toBe('Picture with cells 0001.png');
  const sizes = async (bytes: number[]): Promise<number[]> =>
    page.evaluate(async (given) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(given)]));
      return [image.width, image.height];
    }, bytes);
  const original = await sizes([...readFileSync(kGolden[0] ?? '')]);
  const made = await sizes([...(Object.values(members)[0] ?? [])]);
  expect(made[0]).toBe(original[0]);
  expect(made[1]).toBeGreaterThan(original[1] ?? 0);
  const folder = join(kServer.root, 'build/screenshots');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'annotated.png'), Object.values(members)[0] ?? '');
});

test('the printed report says unverified until every counted cell was looked at', async ({
  page,
}) => {
  await openDifferential(page);
  await page.emulateMedia({ media: 'print' });
  const report = page.locator('.report');
  await expect(report.locator('.report-mark')).toHaveText('Unverified');
  await expect(page.locator('main')).toBeHidden();
  await page.screenshot({ path: join(kServer.root, 'build/screenshots/report.png') });
  await page.emulateMedia({ media: 'screen' });
  await lookAtAll(page);
  await page.emulateMedia({ media: 'print' });
  await expect(report.locator('h1')).toHaveText('White cell differential from pictures');
  await expect(report.locator('.report-mark')).toHaveCount(0);
  await expect(report).toContainText(/SHA-256 [0-9a-f]{64}/);
  await expect(report).toContainText('Not for use in diagnostic procedures');
  await expect(report.locator('img')).toHaveCount(kGolden.length);
});
