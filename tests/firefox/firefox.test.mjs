// Debian's Firefox ESR: the technician's way in the page of one file from the disk, the visitor's on
// a phone in the page from a server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  countOf,
  drop,
  kRoot,
  launch,
  openPage,
  press,
  save,
  textOf,
  until,
  waitUntilRead,
} from './browser.mjs';
import { classified, draw } from './drawings.mjs';

const kPort = 8139;
const kUrl = `http://localhost:${kPort}/`;
const kEyepiece = ['--size', '1600x1200', '--um-per-px', '0.06', '--blur', '3'];
let browser, saved, server;

before(async () => {
  const words = ['tools/serve.mjs', 'build/site', '--port', String(kPort)];
  server = spawn(process.execPath, words, { cwd: kRoot, stdio: 'ignore' });
  await until('the server', () =>
    fetch(kUrl).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  ({ browser, saved } = await launch());
});

after(async () => {
  await browser?.close();
  server?.kill();
});

function onTheDisk() {
  const file = join(mkdtempSync(join(tmpdir(), 'leukolens-')), 'leukolens.html');
  copyFileSync(join(kRoot, 'build/leukolens.html'), file);
  return pathToFileURL(file).href;
}

/** What a card or the large picture shows, at full precision. */
function shown(page, selector) {
  return page.evaluate((chosen) => {
    const root = document.querySelector(chosen);
    const bars = [...(root?.querySelectorAll('.bar') ?? [])];
    return {
      top: root?.querySelector('.bar-top')?.dataset.class ?? '',
      shares: bars.map((bar) => [bar.dataset.class, bar.querySelector('progress').value]),
    };
  }, selector);
}

async function acceptAll(page) {
  for (let presses = 0; presses < 20; ++presses) {
    if ((await countOf(page, '.tile:not(.tile-done)')) === 0) return;
    await page.keyboard.down('Shift');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Shift');
  }
  await until('all cells', async () => (await countOf(page, '.tile:not(.tile-done)')) === 0);
}

test('a technician counts fields in the page of one file, saves the case, and opens it again', async () => {
  const address = onTheDisk();
  const { page, complaints } = await openPage(browser, address);
  assert.match(await textOf(page, 'header'), /All in this file/);
  const kinds = ['neutrophil', 'lymphocyte', 'neutrophil', 'monocyte'];
  const pictures = draw(24, kinds, 91_000, '--size', '480x360');
  await drop(page, pictures);
  await waitUntilRead(page, pictures.length);
  for (const [index, cells] of classified(pictures).entries()) {
    const one = await shown(page, `.gallery > :nth-child(${index + 1})`);
    for (const [label, share] of one.shares) {
      const expected = cells[0].probabilities[label];
      assert.ok(Math.abs(share - expected) < 1e-3, `${pictures[index].name} ${label}`);
    }
  }

  await press(page, 'a[href="#review"]');
  await until('the cells', async () => (await countOf(page, '.tile')) >= pictures.length);
  await acceptAll(page);
  await press(page, 'a[href="#differential"]');
  await press(page, '.differential input[name=one-smear]');
  await until('a result', async () => (await countOf(page, '.differential-table tbody tr')) > 0);
  const json = await save(page, saved, '.json', () => press(page, '[data-output=json]'));
  const { n, unreviewed, classes } = JSON.parse(json.toString());
  assert.ok(n >= pictures.length - 2, `${n} cells`);
  assert.equal(unreviewed, 0);

  const opener = '.case-place ~ .buttons button:first-child';
  const kept = await save(page, saved, '.leukolens', () => press(page, opener));
  await page.close();
  const another = await openPage(browser, address);
  await drop(another.page, [{ name: 'day.leukolens', bytes: kept }]);
  const notice = () => textOf(another.page, '.case-notice');
  await until('the case', async () => (await notice()).includes('“day.leukolens” is open.'));
  await press(another.page, 'a[href="#differential"]');
  for (const { class: name, count } of classes) {
    const cell = `.differential-table tr[data-class="${name}"] td`;
    await until(`${count} ${name}`, async () => (await textOf(another.page, cell)) === `${count}`);
  }
  assert.deepEqual([...complaints, ...another.complaints], []);
  await another.page.close();
});

test('the live view takes a picture, in the page of one file too', async () => {
  for (const address of [kUrl, onTheDisk()]) {
    const { page, complaints } = await openPage(browser, address);
    await press(page, '.welcome .button-camera');
    const dialog = 'dialog.camera[open]';
    const hint = `${dialog} [data-hint]:not([data-hint=looking])`;
    await until('a look at the picture', async () => (await countOf(page, hint)) === 1);
    await press(page, `${dialog} .button-main`);
    await until('the picture', async () =>
      (await textOf(page, dialog)).includes('1 picture taken'),
    );
    await press(page, `${dialog} .buttons button:last-of-type`);
    await waitUntilRead(page, 1);
    assert.equal(await countOf(page, dialog), 0);
    assert.deepEqual(complaints, []);
    await page.close();
  }
});

test('a visitor on a phone sees the cell, the doubt and what it means', async () => {
  const { page, complaints } = await openPage(browser, kUrl);
  await page.setViewport({ width: 390, height: 844 });
  const [picture] = draw(1, ['neutrophil'], 81_000, ...kEyepiece);
  await drop(page, [picture]);
  await waitUntilRead(page, 1);
  await press(page, '.card button');
  await until('the large view', async () => (await countOf(page, 'dialog.detail[open]')) === 1);
  const [[cell]] = classified([picture]);
  const { top, shares } = await shown(page, 'dialog.detail[open]');
  assert.equal(top, cell.class);
  for (const [label, share] of shares) {
    assert.ok(Math.abs(share - cell.probabilities[label]) < 1e-3, label);
  }
  const words = await textOf(page, 'dialog.detail[open]');
  assert.match(words, /threshold of \d+%/);
  assert.match(words, /General reference, not about this sample/);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `${wide} pixels wide`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('once visited, the page works without its server', async () => {
  const { page, complaints } = await openPage(browser, kUrl);
  await until('offline', async () => (await textOf(page, 'header')).includes('Ready offline'));
  server.kill();
  await page.reload();
  await until('the engine', async () => (await textOf(page, 'header')).includes('Engine ready'));
  await drop(page, draw(1, ['neutrophil'], 91_000));
  await waitUntilRead(page, 1);
  assert.equal(await countOf(page, '.card[data-progress=read]'), 1);
  assert.deepEqual(complaints, []);
});
