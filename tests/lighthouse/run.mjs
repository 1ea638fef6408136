// Lighthouse on the built page, as a phone and as a desktop would load it, all on this machine:
// node tests/lighthouse/run.mjs [--out FILE]
// Fails below the marks that the page has to reach; FILE gets the table as Markdown.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(join(kRoot, 'web/package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: lighthouse, desktopConfig } = await load('lighthouse');
const { launch } = await load('chrome-launcher');

const kLowest = { performance: 95, accessibility: 100, 'best-practices': 100 };
const kPort = 8141;
const kUrl = `http://localhost:${kPort}/`;
// Of a task on the page's own thread.
const kLongestMs = 50;

const { values: options } = parseArgs({ options: { out: { type: 'string' } } });

async function startServer() {
  const words = ['tools/serve.mjs', 'build/site', '--port', String(kPort)];
  const server = spawn(process.execPath, words, { cwd: kRoot, stdio: 'ignore' });
  for (let tries = 0; tries < 100; ++tries) {
    if (
      await fetch(kUrl).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return server;
    await delay(100);
  }
  throw new Error(`no server at ${kUrl}`);
}

/** Audits that cost a category points: what to set right. */
function faultsOf({ categories, audits }) {
  return Object.keys(kLowest).flatMap((name) =>
    categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 1)
      .map(({ id }) => `${name}: ${audits[id].title} ${audits[id].displayValue ?? ''}`),
  );
}

async function look(form, config) {
  const chrome = await launch({
    chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'],
    logLevel: 'silent',
  });
  try {
    const flags = { port: chrome.port, logLevel: 'error', onlyCategories: Object.keys(kLowest) };
    const { lhr } = await lighthouse(kUrl, flags, config);
    const scores = Object.keys(kLowest).map((name) => Math.round(100 * lhr.categories[name].score));
    const tasks = lhr.audits['long-tasks']?.details?.items ?? [];
    const longest = Math.max(0, ...tasks.map(({ duration }) => duration));
    return { form, scores, longest, faults: faultsOf(lhr), version: lhr.lighthouseVersion };
  } finally {
    chrome.kill();
  }
}

const server = await startServer();
const looks = [await look('phone', undefined), await look('desktop', desktopConfig)];
server.kill();

const names = Object.keys(kLowest);
const lines = [
  `| Lighthouse ${looks[0].version} | ${names.join(' | ')} | longest task, ms |`,
  `| --- |${' --- |'.repeat(names.length + 1)}`,
  ...looks.map(
    ({ form, scores, longest }) =>
      `| ${form} | ${scores.join(' | ')} | ${longest < kLongestMs ? 'under 50' : Math.round(longest)} |`,
  ),
];
console.log(lines.join('\n'));
if (options.out !== undefined) writeFileSync(options.out, `${lines.join('\n')}\n`);
let isGood = true;
for (const { form, scores, faults } of looks) {
  if (scores.every((score, at) => score >= kLowest[names[at]])) continue;
  isGood = false;
  console.error(`${form}, what costs points:\n  ${faults.join('\n  ')}`);
}
process.exit(isGood ? 0 : 1);
