// What the builds of the page share: how a program is bundled, and what is written into it.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { kCaseCheck } from './case/check_plugin.mjs';
import { kLanguages } from './text/languages_plugin.mjs';

export const kWeb = dirname(fileURLToPath(import.meta.url));
export const kRoot = dirname(kWeb);
const kTarget = ['chrome91', 'firefox114', 'safari16.4'];

/** `more`: further settings of esbuild. */
export function bundle(
  entry,
  outfile,
  { define = {}, format = 'esm', plugins = [], ...more } = {},
) {
  return build({
    entryPoints: [join(kWeb, `${entry}.ts`)],
    outfile,
    bundle: true,
    minify: true,
    format,
    target: kTarget,
    charset: 'utf8',
    // Beside the bundle, where a library asks for its licence to go along.
    legalComments: 'external',
    logLevel: 'warning',
    plugins: [kCaseCheck, kLanguages, ...plugins],
    define,
    ...more,
  });
}

/** What each drawing in samples/ was drawn as. */
export async function listSamples() {
  const { samples } = JSON.parse(await readFile(join(kWeb, 'samples/samples.json'), 'utf8'));
  return samples.map(({ file, classes }) => ({ path: `samples/${file}`, labels: classes }));
}

/** Written into main.ts. */
export async function mainDefines() {
  const { version } = JSON.parse(await readFile(join(kWeb, 'package.json'), 'utf8'));
  return {
    kProgramVersion: JSON.stringify(version),
    kSamples: JSON.stringify(await listSamples()),
  };
}
