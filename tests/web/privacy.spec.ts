// Nothing is sent, and nothing could be: no request after a picture was chosen, a strict policy in
// the page and from the server, and an answer without any network.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { kServer, startServer } from './server';
import {
  card,
  choose,
  expect,
  kSamples,
  openPage,
  test,
  waitUntilOffline,
  waitUntilRead,
} from './table';

const kPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
  "img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
  "base-uri 'none'; form-action 'none'";
const kNeutrophil = kSamples[0] as string;

test('no request of any kind leaves after a picture was chosen', async ({ page, context }) => {
  await openPage(page);
  await waitUntilOffline(page);
  const requests: string[] = [];
  // blob: addresses name memory of this very page.
  const note = (url: string): void => void (url.startsWith('blob:') || requests.push(url));
  context.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  await choose(page, kSamples);
  await waitUntilRead(page, kSamples.length);
  await card(page, 'neutrophil.png').getByRole('button').click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await choose(page, kNeutrophil);
  await waitUntilRead(page, kSamples.length + 1);
  await page.getByRole('button', { name: 'Clear all' }).click();
  expect(requests).toEqual([]);
  await page.evaluate(() => fetch('./manifest.en.webmanifest'));
  expect(requests, 'a request would have been noticed').toHaveLength(1);
});

test('the policy stands in the page and in the header of every answer', async ({ request }) => {
  const page = await request.get('./');
  const meta = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(await page.text());
  expect(meta?.[1]).toBe(kPolicy);
  for (const path of ['', 'main.js', 'worker.js', 'sw.js', 'wasm/simd/leukolens.wasm', 'nowhere']) {
    const answer = await request.get(path);
    const header = answer.headers()['content-security-policy'];
    // Only a header can say who may frame the page.
    expect(header, path).toBe(`${kPolicy}; frame-ancestors 'none'`);
  }
});

test.describe('what the policy forbids', () => {
  test.use({ isForgiving: true });

  test('another address can be reached in no way tried', async ({ page }) => {
    await openPage(page);
    const outcomes = await page.evaluate(async () => {
      const elsewhere = 'http://127.0.0.1:9/';
      const broken: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        broken.push(event.effectiveDirective);
      });
      await fetch(elsewhere).catch(() => {});
      navigator.sendBeacon(elsewhere, 'x');
      new Image().src = `${elsewhere}x.png`;
      const script = document.createElement('script');
      script.src = `${elsewhere}x.js`;
      document.head.append(script);
      const form = document.createElement('form');
      form.action = elsewhere;
      document.body.append(form);
      form.submit();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return broken;
    });
    expect(new Set(outcomes)).toEqual(
      new Set(['connect-src', 'img-src', 'script-src-elem', 'form-action']),
    );
  });
});

test('works after the server is gone, also after loading anew', async ({ page, context }) => {
  const server = await startServer('build/site', 8138);
  try {
    await openPage(page, server.url);
    await waitUntilOffline(page);
  } finally {
    await server.stop();
  }
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('Engine ready')).toBeVisible({ timeout: 30_000 });
  await choose(page, kNeutrophil);
  await waitUntilRead(page, 1);
  await expect(card(page, 'neutrophil.png')).toHaveAttribute('data-progress', 'read');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('button', { name: 'Drawing of: Monocyte', exact: true }).click();
  await waitUntilRead(page, 1);
  await page.getByRole('link', { name: /Model card/ }).click();
  await expect(page.getByRole('main')).toContainText('LeukoLens');
});

test('works below a folder of a larger site', async ({ page }) => {
  const folder = join(kServer.root, 'build/playwright/larger-site');
  await cp(join(kServer.root, 'build/site'), join(folder, 'tools/lens'), { recursive: true });
  await cp(join(kServer.root, 'build/site/index.html'), join(folder, 'index.html'));
  const server = await startServer(folder, 8139);
  try {
    await openPage(page, `${server.url}tools/lens/`);
    await waitUntilOffline(page);
    await choose(page, kNeutrophil);
    await waitUntilRead(page, 1);
    await expect(card(page, 'neutrophil.png')).toHaveAttribute('data-progress', 'read');
  } finally {
    await server.stop();
  }
});

test.describe('a part that can not be loaded', () => {
  test.use({ isForgiving: true, serviceWorkers: 'block' });

  test('is named with a way out that works', async ({ page }) => {
    await page.route('**/model/cells.tflite', (route) => route.fulfill({ status: 404 }));
    await page.goto('./');
    const trouble = page.getByRole('alert');
    await expect(trouble).toContainText('The engine could not be loaded');
    await expect(trouble).toContainText('model/cells.tflite: 404');
    await page.unroute('**/model/cells.tflite');
    await trouble.getByRole('button', { name: 'Load again' }).click();
    await expect(page.getByText('Engine ready')).toBeVisible();
    await expect(trouble).toBeHidden();
  });
});
