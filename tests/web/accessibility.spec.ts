// WCAG 2.2 AA by axe in every room and dialog; targets, focus, order, names, motion and colours.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { choose, expect, kSamples, openPage, test, waitUntilRead } from './table';
import { openRoom, roomsAndDialogs } from './tour';

const kSizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };
const kRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** In the light; in the dark only colours are looked at again. */
async function faults(page: Page): Promise<string[]> {
  const inWords = ({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] =>
    violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`),
    );
  // One takes the way to the room of pictures for a link past the others; the other, an experiment,
  // all that a card shows for its label, which is its file and its answer.
  const all = new AxeBuilder({ page })
    .withTags(kRules)
    .disableRules(['skip-link', 'label-content-name-mismatch']);
  const light = inWords(await all.analyze());
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = inWords(await new AxeBuilder({ page }).withRules(['color-contrast']).analyze());
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((words) => `dark, ${words}`)];
}

/** Whatever can be pressed and is smaller than 24 pixels; links within a sentence may be. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scope = document.querySelector('dialog[open]') ?? document.body;
    const targets = scope.querySelectorAll<HTMLElement>(
      'a, button, input:not([type=file]), select, summary, textarea, [role=button], [tabindex="0"]',
    );
    return [...targets].flatMap((node) => {
      const isSeen = node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      const isHidden = node.closest('.skip, .report, .visually-hidden') !== null;
      if (!isSeen || isHidden || node.closest('p a') === node) return [];
      const { width, height } = (node.closest('label') ?? node).getBoundingClientRect();
      const words = (node.textContent ?? '').trim().slice(0, 30);
      return Math.min(width, height) < 24
        ? [`${node.tagName.toLowerCase()}.${node.className} “${words}” ${width} × ${height}`]
        : [];
    });
  });
}

/** Whatever has the focus shows it. */
async function expectFocusShown(page: Page, place: string): Promise<void> {
  await page.keyboard.press('Tab');
  const shown = await page.evaluate(() => {
    const node = document.activeElement;
    if (node === null || node === document.body) return 'none has it';
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    const isShown = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    return isShown ? '' : `${node.tagName} ${node.className}`;
  });
  expect.soft(shown, `${place}: focus`).toBe('');
}

for (const [name, viewport] of Object.entries(kSizes)) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } });

    test('axe finds nothing in any room or dialog, and every target is 24 pixels', async ({
      page,
    }) => {
      test.setTimeout(300_000);
      await openPage(page);
      await roomsAndDialogs(page, async (place) => {
        expect.soft(await faults(page), place).toEqual([]);
        expect.soft(await smallTargets(page), place).toEqual([]);
      });
    });
  });
}

/** What a screen reader says of the elements that Tab reaches one after the other. */
async function reached(page: Page, times: number): Promise<string[]> {
  const names: string[] = [];
  for (let i = 0; i < times; ++i) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const node = document.activeElement;
      const label = node?.getAttribute('aria-label');
      return (label ?? node?.textContent ?? '').replace(/\s+/g, ' ').trim();
    });
    names.push(name);
  }
  return names;
}

test('Tab goes through the first screen in reading order, and shows where it is', async ({
  page,
}) => {
  await openPage(page);
  expect(await reached(page, 10)).toEqual([
    'Skip to the pictures',
    'LeukoLens',
    'Pictures',
    'Review',
    'Tally',
    'Differential',
    'Quiz',
    'Evaluation',
    'About',
    'Language',
  ]);
  await expectFocusShown(page, 'start');
  const tops = await page.evaluate(() => {
    const stops = document.querySelectorAll<HTMLElement>('main :is(button, a, input, summary)');
    return [...stops].filter((node) => node.checkVisibility()).map((node) => node.offsetTop);
  });
  expect(tops.length).toBeGreaterThan(3);
});

test('what screen readers are told of each room and dialog', async ({ page }) => {
  await openPage(page);
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - link "Skip to the pictures"
    - banner:
      - link "LeukoLens"
      - navigation "Rooms":
        - link "Pictures"
        - link "Review"
        - link "Tally"
        - link "Differential"
        - link "Quiz"
        - link "Evaluation"
        - link "About"
      - status
      - combobox "Language"
    - complementary
    - region "Case"
    - main:
      - region "Which white blood cell is this?":
        - heading "Which white blood cell is this?" [level=1]
        - button "Choose pictures"
  `);
  await choose(page, kSamples);
  await waitUntilRead(page, kSamples.length);
  await openRoom(page, 'review');
  await expect(page.locator('.review')).toMatchAriaSnapshot(`
    - region "Review":
      - progressbar "Cells looked at"
      - complementary "Classes and counts":
        - list "Counts in n":
          - listitem:
            - button /^Neutrophil/
        - list "Beside n"
  `);
  await expect(page.locator('.tile').first()).toHaveAttribute('aria-label', /, picture \d+$/);
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog')).toMatchAriaSnapshot(`
    - dialog "Shortcuts":
      - banner:
        - heading "Shortcuts" [level=2]
        - button "Close"
      - checkbox "Letters, digits and signs are shortcuts" [checked]
      - heading "File as" [level=3]
      - table:
        - rowgroup:
          - row /^Neutrophil/:
            - rowheader "Neutrophil"
            - cell "1 A"
  `);
  await page.keyboard.press('Escape');
  await openRoom(page, 'tally');
  for (let i = 0; i < 50; ++i) await page.keyboard.press('1');
  await openRoom(page, 'differential');
  await page.getByRole('radio', { name: 'Yes' }).check();
  await expect(page.locator('.differential')).toMatchAriaSnapshot(`
    - heading "Differential" [level=2]
    - group "Which count?"
    - group /Do these cells come from one smear/:
      - radio "Yes" [checked]
      - radio "No"
    - textbox "White cell count, 10⁹/L (if known)"
    - combobox "Reference range"
  `);
});

test('a dialog keeps the focus inside and gives it back', async ({ page }) => {
  await openPage(page);
  await choose(page, kSamples.slice(0, 2));
  await waitUntilRead(page, 2);
  const opener = page.locator('.card button').first();
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('dialog[open]')).toBeVisible();
  for (let i = 0; i < 25; ++i) {
    await page.keyboard.press('Tab');
    const isOut = await page.evaluate(() => {
      const node = document.activeElement;
      return node !== document.body && node?.closest('dialog[open]') === null;
    });
    expect(isOut).toBe(false);
  }
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

test('who wants less motion gets none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await choose(page, kSamples);
  await roomsOf(page, async (room) => {
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 1)
        .map(({ effect }) => (effect as KeyframeEffect).target?.className ?? ''),
    );
    expect(moving, room).toEqual([]);
  });
});

async function roomsOf(page: Page, visit: (room: string) => Promise<void>): Promise<void> {
  for (const room of ['review', 'tally', 'differential', 'quiz', 'evaluation', 'about'] as const) {
    await openRoom(page, room);
    await visit(room);
  }
}

test('no class is told by its colour alone: each has a name beside a drawing of its own', async ({
  page,
}) => {
  await openPage(page, './#tally');
  const keys = await page.locator('.count-key').evaluateAll((nodes) =>
    nodes.map((node) => ({
      name: node.querySelector('.count-name')?.textContent?.trim() ?? '',
      drawing: node.querySelector('svg.glyph')?.innerHTML ?? '',
    })),
  );
  expect(keys.length).toBeGreaterThan(9);
  expect(new Set(keys.map(({ name }) => name)).size).toBe(keys.length);
  expect(new Set(keys.map(({ drawing }) => drawing)).size).toBe(keys.length);
  for (const { name, drawing } of keys) expect(`${name}${drawing}`).toMatch(/^\w.*<path/);
});

test('in forced colours everything that is pressed or chosen has an edge', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openPage(page);
  await choose(page, kSamples);
  await waitUntilRead(page, kSamples.length);
  await roomsOf(page, async (room) => {
    const bare = await page.evaluate(() => {
      const controls = document.querySelectorAll<HTMLElement>(
        'main button, main select, .rooms [aria-current]',
      );
      return [...controls].flatMap((node) => {
        if (!node.checkVisibility()) return [];
        const { borderTopWidth, borderBottomWidth, outlineStyle } = getComputedStyle(node);
        const hasEdge =
          parseFloat(borderTopWidth) > 0 ||
          parseFloat(borderBottomWidth) > 0 ||
          outlineStyle !== 'none';
        return hasEdge ? [] : [`${node.className} ${(node.textContent ?? '').trim().slice(0, 30)}`];
      });
    });
    expect.soft(bare, room).toEqual([]);
  });
});
