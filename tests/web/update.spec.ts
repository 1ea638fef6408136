// A new version changes nothing under a person's hands: it is used on a click, never before, and not
// offered while the page is pinned.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { kServer, type Server, startServer } from './server';
import { expect, openPage, test, waitUntilOffline } from './table';

const kPort = 8140;

function copied(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'leukolens-')), 'site');
  cpSync(join(kServer.root, 'build/site'), folder, { recursive: true });
  return folder;
}

function edit(file: string, change: (words: string) => string): void {
  const words = readFileSync(file, 'utf8');
  const changed = change(words);
  expect(changed).not.toBe(words);
  writeFileSync(file, changed);
}

/** As if it was built anew with another description. */
function publishSecond(folder: string): void {
  edit(join(folder, 'index.html'), (words) =>
    words.replace(/(name="description" content=")[^"]*/, '$1The second version'),
  );
  edit(join(folder, 'sw.js'), (words) => words.replace(/version:"\w{16}"/, 'version:"second"'));
}

function descriptionOf(page: Page): Promise<string | null> {
  return page.locator('meta[name=description]').getAttribute('content');
}

test.describe('a new version', () => {
  let server: Server;
  let folder: string;

  test.beforeEach(async () => {
    folder = copied();
    server = await startServer(folder, kPort);
  });
  test.afterEach(() => server.stop());

  test('waits for a click, also when every tab was closed in between', async ({
    page,
    context,
  }) => {
    await openPage(page, server.url);
    await waitUntilOffline(page);
    const first = await descriptionOf(page);
    publishSecond(folder);
    await page.reload();
    await expect(page.getByText('A new version is here')).toBeVisible({ timeout: 20_000 });
    expect(await descriptionOf(page)).toBe(first);
    await page.close();
    const again = await context.newPage();
    await openPage(again, server.url);
    await expect(again.getByText('A new version is here')).toBeVisible();
    expect(await descriptionOf(again)).toBe(first);
    await again.getByRole('button', { name: 'Use it now' }).click();
    await expect.poll(() => descriptionOf(again)).toBe('The second version');
    await waitUntilOffline(again);
    await expect(again.getByRole('button', { name: 'Use it now' })).toBeHidden();
  });

  test('is not offered while the page is pinned', async ({ page }) => {
    await openPage(page, server.url);
    await waitUntilOffline(page);
    await page.getByText('What is kept').click();
    await page.getByLabel(/Stay on this version/).check();
    await expect(page.getByText('Ready offline, pinned')).toBeVisible();
    const first = await descriptionOf(page);
    publishSecond(folder);
    await page.reload();
    await expect(page.getByText('Pinned; a newer version waits')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('button', { name: 'Use it now' })).toBeHidden();
    expect(await descriptionOf(page)).toBe(first);
    await page.getByText('What is kept').click();
    await page.getByLabel(/Stay on this version/).uncheck();
    await page.getByRole('button', { name: 'Use it now' }).click();
    await expect.poll(() => descriptionOf(page)).toBe('The second version');
  });
});

test('can be installed: the manifest has what browsers ask for', async ({ page, request }) => {
  await openPage(page);
  const manifest = (await (await request.get('manifest.en.webmanifest')).json()) as {
    name: string;
    start_url: string;
    display: string;
    icons: { src: string; sizes: string }[];
  };
  expect(manifest).toMatchObject({ name: 'LeukoLens', display: 'standalone' });
  for (const { src } of manifest.icons) expect((await request.get(src)).ok()).toBe(true);
  const client = await page.context().newCDPSession(page);
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
});
