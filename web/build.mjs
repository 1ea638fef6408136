// Builds the page: node web/build.mjs --wasm build/wasm --out build/site
// Checks the types, bundles page, worker and service worker, copies the rest, and lists every file
// with a hash over all contents for offline use. All addresses are relative.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, kRoot, kWeb, listSamples, mainDefines } from './bundle.mjs';
import { kCards, kNets } from './nets.mjs';
import { readTexts } from './text/languages_plugin.mjs';

function fail(message) {
  console.error(`web/build.mjs: ${message}`);
  process.exit(1);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        wasm: { type: 'string', default: join(kRoot, 'build/wasm') },
        model: { type: 'string', default: join(kRoot, 'model') },
        out: { type: 'string', default: join(kRoot, 'build/site') },
      },
    });
    return { wasm: resolve(values.wasm), model: resolve(values.model), out: resolve(values.out) };
  } catch (error) {
    return fail(`${error.message}; use --wasm FOLDER --model FOLDER --out FOLDER`);
  }
}

/** tsc, with the engine's types from wherever it was built. */
async function checkTypes(wasm, work) {
  const types = join(wasm, 'simd/leukolens.d.ts');
  const tiffTypes = join(wasm, 'simd/tiff.d.ts');
  const config = join(work, 'tsconfig.worker.json');
  const settings = {
    extends: join(kWeb, 'tsconfig.worker.json'),
    compilerOptions: { paths: { 'leukolens-wasm': [types], 'tiff-wasm': [tiffTypes] } },
    files: ['worker.ts', 'sw.ts', 'single/worker_parts.ts', 'single/engines.d.ts'].map((file) =>
      join(kWeb, file),
    ),
  };
  await writeFile(config, JSON.stringify(settings));
  const tsc = join(kWeb, 'node_modules/typescript/bin/tsc');
  for (const project of [join(kWeb, 'tsconfig.json'), config]) {
    const { status } = spawnSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });
    if (status !== 0) fail('the types do not fit (see above)');
  }
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) => join(file.parentPath ?? file.path, file.name)).sort();
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A card as it is written, readable in any browser. */
async function writeCard(model, name, site) {
  const card = await readFile(join(model, `${name}_card.md`), 'utf8');
  const title = `LeukoLens: model card of ${name}`;
  const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${title}</title>
<link rel="stylesheet" href="../style.css" />
<main class="document" tabindex="0"><a href="../">LeukoLens</a><pre>${escape(card)}</pre></main>
</html>
`;
  await writeFile(join(site, `model/${name}_card.html`), page);
}

/** What the room About tells of the nets: their cards, which plots there are, whose parts they use. */
async function writeAbout(model, site) {
  const plots = [];
  const cards = [];
  for (const name of kCards) await writeCard(model, name, site);
  for (const name of kNets) {
    cards.push(JSON.parse(await readFile(join(model, `${name}_card.json`), 'utf8')));
    const folder = join(model, 'plots', name);
    const drawn = await readdir(folder).catch(() => []);
    for (const file of drawn.filter((one) => one.endsWith('.svg')).sort()) {
      const path = `model/plots/${name}/${file}`;
      await cp(join(folder, file), join(site, path));
      plots.push(path);
    }
  }
  const parts = JSON.parse(await readFile(join(kWeb, 'about/parts.json'), 'utf8'));
  await writeFile(join(site, 'model/about.json'), JSON.stringify({ cards, plots, ...parts }));
}

/** index.html with its %keys% filled from the English texts; what stands for a missing script in all. */
async function writeIndex(site) {
  const languages = await readTexts();
  const page = await readFile(join(kWeb, 'index.html'), 'utf8');
  const word = (texts) => (_, key) =>
    escape(texts[key] ?? fail(`index.html: there is no text ${key}`));
  const worded = (words, texts) => words.replace(/%([a-z_.]+)%/g, word(texts));
  const inAll = page.replace(/^ *<p lang="%locale%".*\n/m, (line) =>
    Object.values(languages)
      .map((texts) => worded(line, texts))
      .join(''),
  );
  await writeFile(join(site, 'index.html'), worded(inAll, languages.en));
}

/** One for each language; the page chooses. */
async function writeManifests(site) {
  const manifest = JSON.parse(await readFile(join(kWeb, 'manifest.webmanifest'), 'utf8'));
  for (const [language, texts] of Object.entries(await readTexts())) {
    const own = {
      ...manifest,
      lang: texts.locale,
      dir: texts.direction,
      description: texts['page.description'],
    };
    await writeFile(join(site, `manifest.${language}.webmanifest`), JSON.stringify(own, null, 2));
  }
}

async function copyParts({ wasm, model }, site) {
  await writeIndex(site);
  const styles = (await readdir(kWeb)).filter((name) => name.endsWith('.css'));
  await writeManifests(site);
  for (const name of styles) {
    await cp(join(kWeb, name), join(site, name));
  }
  await cp(join(kWeb, 'icons'), join(site, 'icons'), { recursive: true });
  await mkdir(join(site, 'samples'));
  for (const { path } of await listSamples()) await cp(join(kWeb, path), join(site, path));
  await mkdir(join(site, 'model'));
  for (const name of kNets) {
    await cp(join(model, `${name}.tflite`), join(site, 'model', `${name}.tflite`));
  }
  await cp(
    join(model, '../core/differential/reference_ranges.json'),
    join(site, 'model/reference_ranges.json'),
  );
  await cp(join(model, 'cells_card.json'), join(site, 'model/cells_card.json'));
  await writeAbout(model, site);
  for (const name of ['differential.js', 'differential.wasm', 'tiff.js', 'tiff.wasm']) {
    await mkdir(join(site, 'wasm'), { recursive: true });
    await cp(join(wasm, 'simd', name), join(site, 'wasm', name));
  }
  for (const variant of ['simd', 'relaxed']) {
    await mkdir(join(site, 'wasm', variant), { recursive: true });
    for (const name of ['leukolens.js', 'leukolens.wasm']) {
      await cp(join(wasm, variant, name), join(site, 'wasm', variant, name));
    }
  }
}

async function precacheOf(site) {
  const hash = createHash('sha256');
  const paths = ['./'];
  for (const file of await filesUnder(site)) {
    const path = relative(site, file);
    hash
      .update(path)
      .update('\0')
      .update(await readFile(file))
      .update('\0');
    paths.push(path);
  }
  return { version: hash.digest('hex').slice(0, 16), paths };
}

const options = readOptions();
const site = `${options.out}.new`;
await rm(site, { recursive: true, force: true });
await mkdir(site, { recursive: true });
const work = `${options.out}.types`;
await mkdir(work, { recursive: true });
await checkTypes(options.wasm, work);
await rm(work, { recursive: true });
await copyParts(options, site).catch((error) => fail(`${error.message}; run tools/build`));
await bundle('main', join(site, 'main.js'), { define: await mainDefines() });
await bundle('worker', join(site, 'worker.js'));
await bundle('reckoner_worker', join(site, 'reckoner.js'));
// Not every browser takes a module as service worker.
const kept = JSON.stringify(await precacheOf(site));
await bundle('sw', join(site, 'sw.js'), { define: { kPrecache: kept }, format: 'iife' });
await rm(options.out, { recursive: true, force: true });
await rename(site, options.out);
console.log(`page built in ${relative(process.cwd(), options.out) || '.'}`);
