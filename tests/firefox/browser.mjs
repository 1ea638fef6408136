// Debian's Firefox ESR under WebDriver BiDi, with storage as a person's own has it: the settings
// recommended for tests would share it among all local files.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { default: puppeteer } = createRequire(join(kRoot, 'web/package.json'))('puppeteer-core');

/** Nothing but the tests may make it talk to anyone. */
const kQuiet = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  // A camera of the browser's own, with a picture that moves; nobody is asked.
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/** `saved` is the folder in which downloads arrive. */
export async function launch() {
  const saved = mkdtempSync(join(tmpdir(), 'leukolens-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: {
      ...kQuiet,
      'remote.prefs.recommended': false,
      'security.fileuri.strict_origin_policy': true,
      'browser.download.folderList': 2,
      'browser.download.dir': saved,
      'browser.download.useDownloadDir': true,
      'browser.download.always_ask_before_handling_new_types': false,
    },
  });
  return { browser, saved };
}

/** Calls `look` until it gives something, and gives that. */
export async function until(what, look, patienceMs = 30_000) {
  const end = performance.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > end) throw new Error(`in vain: ${what}`);
    await delay(100);
  }
}

export const textOf = (page, selector) =>
  page.evaluate((chosen) => document.querySelector(chosen)?.textContent ?? '', selector);
export const countOf = (page, selector) =>
  page.evaluate((chosen) => document.querySelectorAll(chosen).length, selector);

export async function openPage(browser, url) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  await until('the engine', async () => (await textOf(page, 'header')).includes('Engine ready'));
  return { page, complaints };
}

/** Drops files on the page: `{ name, bytes }`. */
export async function drop(page, files) {
  const parts = files.map(({ name, bytes }) => [name, bytes.toString('base64')]);
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const [name, words] of given) {
      const bytes = Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    const options = { bubbles: true, cancelable: true, dataTransfer: transfer };
    document.body.dispatchEvent(new DragEvent('drop', options));
  }, parts);
}

export async function waitUntilRead(page, count) {
  const read = '.card:is([data-progress=read], [data-progress=failed])';
  await until(`${count} pictures`, async () => (await countOf(page, read)) === count, 120_000);
}

/** Presses what makes the page save a file whose name ends so, and gives its bytes. */
export async function save(page, saved, ending, press) {
  const before = new Set(readdirSync(saved));
  await press();
  const name = await until(`a file ${ending}`, () => {
    const names = readdirSync(saved);
    const isWhole = !names.some((one) => one.endsWith('.part'));
    return isWhole && names.find((one) => one.endsWith(ending) && !before.has(one));
  });
  return readFileSync(join(saved, name));
}

export async function press(page, selector) {
  await page.waitForSelector(selector, { visible: true });
  await page.click(selector);
}
