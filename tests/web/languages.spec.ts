// The page in Turkish: chosen by the browser or the person; and
// in a language that is written from right to left.
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { kServer } from './server';
import { expect, kSamples, test, waitUntilRead } from './table';
import { openRoom, roomsAndDialogs } from './tour';

const kSizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };

async function openTurkish(page: Page, path = './'): Promise<void> {
  await page.goto(path);
  await expect(page.getByText('Motor hazır', { exact: true })).toBeVisible({ timeout: 30_000 });
}

async function addSamples(page: Page, count = kSamples.length): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.locator('.welcome .button-main').click();
  await (await chooser).setFiles(kSamples.slice(0, count));
  await waitUntilRead(page, count);
}

function language(page: Page): Locator {
  return page.locator('select[name=language]');
}

test('English is the first language of an English browser; a choice keeps all and is remembered', async ({
  page,
}) => {
  await page.goto('./');
  await expect(page.getByText('Engine ready', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB');
  await addSamples(page, 2);
  await openRoom(page, 'review');
  await page.keyboard.press('1');
  await language(page).selectOption({ label: 'Türkçe' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'tr-TR');
  await expect(page).toHaveTitle('LeukoLens: bu hangi lökosit?');
  await expect(language(page)).toBeFocused();
  await expect(page.getByRole('combobox', { name: 'Dil' })).toHaveValue('tr');
  await expect(page.locator('.tile')).not.toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Geri al: 1 hücre → Nötrofil' })).toBeVisible();
  await expect(page.locator('link[rel=manifest]')).toHaveAttribute(
    'href',
    'manifest.tr.webmanifest',
  );
  await page.reload();
  await expect(page.getByText('Motor hazır', { exact: true })).toBeVisible({ timeout: 30_000 });
});

test.describe('a Turkish browser', () => {
  test.use({ locale: 'tr-TR' });

  test('gets Turkish without asking, with its manifest and its numbers', async ({
    page,
    request,
  }) => {
    await openTurkish(page);
    await addSamples(page, 1);
    await expect(page.locator('.card .bar-top .bar-share')).toHaveText(/^(> )?%\d+$/);
    const answer = (await (await request.get('manifest.tr.webmanifest')).json()) as object;
    expect(answer).toMatchObject({ lang: 'tr-TR', dir: 'ltr' });
    expect(JSON.stringify(answer)).toContain('lökosit');
  });

  test('counts, reckons and takes out in Turkish', async ({ page }) => {
    await openTurkish(page, './#tally');
    for (let i = 0; i < 60; ++i) await page.keyboard.press(i % 3 === 0 ? '2' : '1');
    await openRoom(page, 'differential');
    await page.getByRole('radio', { name: 'Evet' }).check();
    const row = page.locator('.differential tr[data-class=lymphocyte]').first();
    await expect(row).toContainText('33,3');
    await expect(page.locator('.differential-notes')).toContainText('Ön sonuç: 100’den az hücre.');
    await expect(page.locator('.differential-notes')).not.toContainText(/\b(the|cells|interval)\b/);
    const wanted = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Excel için CSV' }).first().click();
    const bytes = readFileSync(await (await wanted).path());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8')).toContain(';33,3;');
  });

  test('has it in the page of one file too', async ({ page }) => {
    const file = join(mkdtempSync(join(tmpdir(), 'leukolens-')), 'leukolens.html');
    copyFileSync(join(kServer.root, 'build/leukolens.html'), file);
    await openTurkish(page, pathToFileURL(file).href);
    await expect(page.getByText('Her şey bu dosyada', { exact: true })).toBeVisible();
  });

  test('shortcuts stand as they are on a Turkish-Q keyboard, with İ and I told apart', async ({
    page,
  }) => {
    await openTurkish(page, './#tally');
    /** What a Turkish-Q keyboard sends: the place, and the character that stands there. */
    const stroke = (code: string, key: string): Promise<void> =>
      page.evaluate(
        ([code, key]) =>
          document.body.dispatchEvent(
            new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true }),
          ) as unknown as void,
        [code, key] as const,
      );
    for (const [code, key] of [
      ['Minus', '*'],
      ['Quote', 'i'],
      ['KeyI', 'ı'],
      ['KeyA', 'a'],
    ] as const) {
      await stroke(code, key);
    }
    const count = (label: string): Locator =>
      page.locator(`.count-key[data-class=${label}] .bin-count`);
    await expect(count('smudge')).toHaveText('1');
    await expect(count('neutrophil')).toHaveText('1');
    const key = (label: string): Locator => page.locator(`.count-key[data-class=${label}] kbd`);
    await expect(key('smudge').first()).toHaveText('*');
    // The keys with ı and i become shortcuts of one's own.
    await page.keyboard.press('Shift+?');
    const dialog = page.getByRole('dialog', { name: 'Kısayollar' });
    await dialog.getByRole('button', { name: 'Tuşu değiştir: Artefakt' }).click();
    await stroke('KeyI', 'ı');
    await expect(dialog.locator('tr', { hasText: 'Artefakt' }).locator('kbd')).toHaveText('I');
    await dialog.getByRole('button', { name: 'Tuşu değiştir: Artefakt' }).click();
    await stroke('Quote', 'i');
    await expect(dialog.locator('tr', { hasText: 'Artefakt' }).locator('kbd')).toHaveText('İ');
  });

  for (const [name, viewport] of Object.entries(kSizes)) {
    test(`nothing is cut off or overflows, ${name}`, async ({ page }) => {
      test.setTimeout(180_000);
      await page.setViewportSize(viewport);
      await openTurkish(page);
      // The turning mark of a pill that waits is taller than the pill.
      await expect(page.getByText('Çevrimdışı hazır', { exact: true })).toBeVisible({
        timeout: 30_000,
      });
      await roomsAndDialogs(page, async (place) => {
        expect.soft(await cutOff(page), place).toEqual([]);
        await picture(page, `turkish-${name}-${place}`);
      });
    });
  }
});

/** For people to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const path = join(kServer.root, `build/screenshots/${name.replace(/\W+/g, '-')}.png`);
  await page.screenshot({ path, animations: 'disabled' });
}

/** Texts that don't fit where they stand, and whatever makes the page scroll sideways. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isShown = (node: Element): boolean =>
      node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      node.closest('.visually-hidden, .report, .skip, [hidden]') === null;
    const told = (node: Element, why: string): string =>
      `${why}: ${node.tagName.toLowerCase()}.${node.getAttribute('class') ?? ''} “${(node.textContent ?? '').trim().slice(0, 50)}”`;
    /** What stands in a strip or table that scrolls by itself may lie outside. */
    const scrollerOf = (node: Element | null): Element | null =>
      node === null || /auto|scroll/.test(getComputedStyle(node).overflowX)
        ? node
        : scrollerOf(node.parentElement);
    /** A word that goes on in the next line without a hyphen. */
    const isTorn = (node: Element): boolean => {
      const words = (node.textContent ?? '').trim();
      if (!/^\p{L}+$/u.test(words) || node.children.length > 0) return false;
      const range = document.createRange();
      range.selectNodeContents(node);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
    };
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide`);
    const modal = document.querySelector('dialog[open]');
    for (const node of (modal ?? document.body).querySelectorAll<HTMLElement>('*')) {
      if (!isShown(node)) continue;
      const style = getComputedStyle(node);
      const box = node.getBoundingClientRect();
      const hasOwnText = [...node.childNodes].some(
        (child) => child.nodeType === Node.TEXT_NODE && (child.textContent ?? '').trim() !== '',
      );
      if (!hasOwnText || node.closest('svg, option, select') !== null) continue;
      const clips =
        style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
      // Names of files may be shortened; they stand whole in their picture.
      const isName = node.closest('.card-name, .sheet-head h2, .field .detail-position') !== null;
      if (clips && !isName && node.scrollWidth > node.clientWidth + 1)
        found.push(told(node, 'cut'));
      if (isTorn(node)) found.push(told(node, 'torn'));
      const scroller = scrollerOf(node);
      if (scroller === null && (box.left < -1 || box.right > root.clientWidth + 1)) {
        found.push(told(node, 'outside'));
      }
      const parent = node.parentElement?.closest('button, a, td, th, li, label, .pill');
      if (parent !== null && parent !== undefined && scroller === null) {
        const outer = parent.getBoundingClientRect();
        if (box.right > outer.right + 2 || box.left < outer.left - 2)
          found.push(told(node, 'over the edge'));
      }
    }
    return found;
  });
}

test.describe('from right to left', () => {
  test.use({ locale: 'tr-TR', serviceWorkers: 'block' });

  for (const [name, viewport] of Object.entries(kSizes)) {
    test(`the page is mirrored, ${name}`, async ({ page }) => {
      // Turkish words, told to be written from right to left.
      await page.route('**/main.js', async (route) => {
        const script = readFileSync(join(kServer.root, 'build/site/main.js'), 'utf8');
        const turned = script.replace(
          /(["']?tr-TR["']?,["']?direction["']?:)(["'])ltr\2/,
          '$1"rtl"',
        );
        expect(turned).not.toBe(script);
        await route.fulfill({ body: turned, contentType: 'text/javascript' });
      });
      await page.setViewportSize(viewport);
      await openTurkish(page);
      await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
      const middle = async (what: string): Promise<number> => {
        const box = await page.locator(what).first().boundingBox();
        return (box?.x ?? NaN) + (box?.width ?? NaN) / 2;
      };
      expect(await middle('.brand')).toBeGreaterThan(viewport.width / 2);
      await roomsAndDialogs(page, async (place) => {
        expect.soft(await cutOff(page), place).toEqual([]);
        await picture(page, `right-to-left-${name}-${place}`);
      });
    });
  }
});
