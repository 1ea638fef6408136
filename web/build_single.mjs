// Builds the page of one file out of the page that build.mjs made:
// node web/build_single.mjs --site build/site --wasm build/wasm --out build/leukolens.html
// All programs, nets and pictures lie inside it; its own policy lets it run them and fetch nothing.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, kRoot, kWeb, listSamples, mainDefines } from './bundle.mjs';
import { kCards } from './nets.mjs';

const { values: options } = parseArgs({
  options: {
    site: { type: 'string', default: join(kRoot, 'build/site') },
    wasm: { type: 'string', default: join(kRoot, 'build/wasm') },
    out: { type: 'string', default: join(kRoot, 'build/leukolens.html') },
  },
});
const [site, wasm, out] = [options.site, options.wasm, options.out].map((path) => resolve(path));

/** Modules of the served page that single/ has its own of, and the glue that is bundled here. */
const kInside = {
  name: 'inside',
  setup(build) {
    build.onResolve({ filter: /\/(worker_|reckoner_)?parts$/ }, ({ path, importer }) => {
      if (importer.includes('/single/')) return undefined;
      return { path: join(kWeb, 'single', `${path.split('/').pop()}.ts`) };
    });
    const glue = {
      'leukolens-differential': 'simd/differential.js',
      'leukolens-tiff': 'simd/tiff.js',
      'leukolens-wasm-relaxed': 'relaxed/leukolens.js',
      'leukolens-wasm-simd': 'simd/leukolens.js',
    };
    build.onResolve({ filter: /^leukolens-(differential|tiff|wasm-\w+)$/ }, ({ path }) => ({
      path: join(wasm, glue[path]),
    }));
  },
};

const kBundling = {
  plugins: [kInside],
  // Only Node.js takes this way.
  external: ['module'],
  legalComments: 'inline',
};

function hashOf(words) {
  return `'sha256-${createHash('sha256').update(words).digest('base64')}'`;
}

/** Text that can stand between the tags of a script. */
function forScript(words) {
  return words.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3c!--');
}

async function programs(work) {
  const address = { 'import.meta.url': '"leukolens"' };
  const [main, worker, reckoner] = ['main.js', 'worker.js', 'reckoner.js'].map((name) =>
    join(work, name),
  );
  await bundle('main', main, { ...kBundling, define: { ...(await mainDefines()), ...address } });
  const forWorker = { ...kBundling, define: address, format: 'iife' };
  await bundle('worker', worker, forWorker);
  await bundle('reckoner_worker', reckoner, forWorker);
  return {
    main: forScript(await readFile(main, 'utf8')),
    workers: [
      ['worker.js', await readFile(worker)],
      ['reckoner.js', await readFile(reckoner)],
    ],
  };
}

async function partsOf(workers) {
  const files = [
    'wasm/differential.wasm',
    'wasm/tiff.wasm',
    'model/cells.tflite',
    'model/finder.tflite',
  ];
  files.push('wasm/simd/leukolens.wasm', 'wasm/relaxed/leukolens.wasm');
  files.push('model/reference_ranges.json', 'model/cells_card.json', 'icons/icon.svg');
  const about = JSON.parse(await readFile(join(site, 'model/about.json'), 'utf8'));
  files.push('model/about.json', ...about.plots);
  for (const { path } of await listSamples()) files.push(path);
  const parts = new Map(workers);
  for (const path of files) parts.set(path, await readFile(join(site, path)));
  for (const name of kCards) {
    // Alone, a card has neither a style nor a page beside it.
    const path = `model/${name}_card.html`;
    const card = (await readFile(join(site, path), 'utf8'))
      .replace('<a href="../">LeukoLens</a>', '')
      .replace(/<link rel="stylesheet"[^>]*>\n/, '');
    parts.set(path, Buffer.from(card));
  }
  return parts;
}

/** The styles of the served page in their order. */
async function stylesOf(page) {
  const names = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(
    ([, name]) => name,
  );
  const styles = await Promise.all(names.map((name) => readFile(join(site, name), 'utf8')));
  return styles.join('\n');
}

function policyOf(script, style) {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'`,
    `style-src ${hashOf(style)}`,
    'img-src blob: data:',
    "connect-src 'none'",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

async function written() {
  const work = await mkdtemp(join(tmpdir(), 'leukolens-'));
  const { main, workers } = await programs(work);
  await rm(work, { recursive: true });
  const page = await readFile(join(site, 'index.html'), 'utf8');
  const style = await stylesOf(page);
  const icon = (await readFile(join(site, 'icons/icon.svg'))).toString('base64');
  const blocks = [...(await partsOf(workers))].map(
    ([path, bytes]) =>
      `<script type="text/plain" id="part:${path}">${bytes.toString('base64')}</script>`,
  );
  const head = [
    `<link rel="icon" href="data:image/svg+xml;base64,${icon}" type="image/svg+xml" />`,
    `<style>${style}</style>`,
    ...blocks,
    `<script type="module">${main}</script>`,
  ];
  return page
    .replace(/ *<link [^>]*\/>\n/g, '')
    .replace(/ *<script type="module"[^>]*><\/script>\n/, () => `${head.join('\n')}\n`)
    .replace(
      /(http-equiv="Content-Security-Policy"\s+content=")[^"]*/,
      (_, start) => start + policyOf(main, style),
    );
}

await writeFile(out, await written());
console.log(`page of one file built: ${out}`);
