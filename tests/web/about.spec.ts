// The room About: the cards as they were measured, and a self-test of the promise that nothing is
// sent, which a listening server confirms, and which fails where the policy is taken away.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { type Listener, startListener } from './listener';
import { kServer } from './server';
import { expect, openPage, test } from './table';

interface Card {
  readonly model: { readonly name: string; readonly sha256: string };
  readonly gates: readonly { readonly value: number | null; readonly met: boolean }[];
}

function cardOf(name: string): Card {
  return JSON.parse(readFileSync(join(kServer.root, `model/${name}_card.json`), 'utf8')) as Card;
}

test('the cards show hashes, aims reached and not reached, and plots', async ({ page }) => {
  await openPage(page, './#about');
  for (const name of ['cells', 'finder']) {
    const { model, gates } = cardOf(name);
    const card = page.locator(`.model-card[data-model=${name}]`);
    await expect(card).toContainText(model.sha256);
    const measured = gates.filter(({ value }) => value !== null);
    const count = (state: string) => card.locator(`tr[data-aim=${state}]`);
    await expect(count('met')).toHaveCount(measured.filter(({ met }) => met).length);
    await expect(count('not_met')).toHaveCount(measured.filter(({ met }) => !met).length);
    await expect(count('not_measured')).toHaveCount(gates.length - measured.length);
  }
  await page.getByText('Plots: certainty').first().click();
  const plot = page.locator('.about-plots img').first();
  await expect
    .poll(() => plot.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(100);
});

/** Every way's mark, after the self-test has tried them all towards this address. */
async function tried(page: Page, address: string): Promise<Record<string, string>> {
  await page.getByText('Where to', { exact: true }).click();
  await page.getByLabel('Address to try').fill(address);
  await page.getByRole('button', { name: 'Try to send something' }).click();
  await expect(page.locator('.self-test-summary')).toBeVisible({ timeout: 50_000 });
  const rows = await page.locator('.way').all();
  const marks = rows.map(async (row) => [
    (await row.getAttribute('data-way')) ?? '',
    (await row.getAttribute('data-mark')) ?? '',
  ]);
  return Object.fromEntries(await Promise.all(marks)) as Record<string, string>;
}

/** The same whether from a server or from the disk. */
const kUnderThePolicy = {
  fetch: 'stopped',
  xhr: 'stopped',
  beacon: 'stopped',
  websocket: 'stopped',
  eventsource: 'stopped',
  webtransport: 'stopped',
  webrtc: 'absent',
  image: 'stopped',
  media: 'stopped',
  font: 'stopped',
  stylesheet: 'stopped',
  script: 'stopped',
  import: 'stopped',
  frame: 'stopped',
  object: 'stopped',
  form: 'stopped',
  prefetch: 'stopped',
  preload: 'stopped',
  // Knocks without a word; no policy covers it, and the page says so.
  preconnect: 'open',
  worker: 'stopped',
};

function expectNothingHeard(listener: Listener): void {
  expect(listener.requests).toEqual([]);
  expect(listener.packets()).toBe(0);
  expect(listener.connections()).toBeLessThanOrEqual(1);
}

test.describe('the self-test', () => {
  // It breaks the policy on purpose, which the console tells.
  test.use({ isForgiving: true });
  let listener: Listener;
  test.beforeEach(async () => {
    listener = await startListener();
  });
  test.afterEach(() => listener.stop());

  test('shows each way stopped, and nothing arrives', async ({ page }) => {
    await openPage(page, './#about');
    const marks = await tried(page, listener.url);
    expect(marks).toEqual({ ...kUnderThePolicy, home: 'open' });
    expectNothingHeard(listener);
    await expect(page.locator('[data-way=image]')).toContainText('(img-src)');
    expect(page.url()).toContain('#about');
  });

  test('shows the same in the page of one file, which may not even speak home', async ({
    page,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'leukolens-'));
    const file = join(folder, 'leukolens.html');
    copyFileSync(join(kServer.root, 'build/leukolens.html'), file);
    await openPage(page, `${pathToFileURL(file).href}#about`);
    await expect(page.locator('.model-card')).toHaveCount(2);
    const marks = await tried(page, listener.url);
    expect(marks).toEqual({ ...kUnderThePolicy, home: 'stopped' });
    expectNothingHeard(listener);
  });

  test('fails in a page without the policy: the ways are open, and words arrive', async ({
    page,
  }) => {
    const open = await serveWithoutPolicy();
    try {
      await openPage(page, `${open.url}#about`);
      const marks = await tried(page, listener.url);
      expect(Object.values(marks)).not.toContain('stopped');
      const heard = new Set(listener.requests.map((one) => one.replace(/^.*\?way=/, '')));
      const silent = ['webtransport', 'webrtc', 'preconnect', 'home'];
      const expected = Object.keys(marks).filter((way) => !silent.includes(way));
      expect([...heard].sort()).toEqual(expected.sort());
    } finally {
      await open.stop();
    }
  });
});

const kTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

/** The page with its policy cut out, from a server that sends none. */
async function serveWithoutPolicy() {
  const folder = mkdtempSync(join(tmpdir(), 'leukolens-'));
  cpSync(join(kServer.root, 'build/site'), folder, { recursive: true });
  const index = join(folder, 'index.html');
  const page = readFileSync(index, 'utf8');
  const without = page.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, '');
  expect(without).not.toBe(page);
  writeFileSync(index, without);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = join(folder, pathname === '/' ? 'index.html' : pathname);
    try {
      const type = kTypes[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type }).end(readFileSync(path));
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
