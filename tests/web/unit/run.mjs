// Runs the unit tests of the page's TypeScript: bundles each and hands them to node's test runner.
import { spawnSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../../web/node_modules/esbuild/lib/main.js';
import { kCaseCheck } from '../../../web/case/check_plugin.mjs';
import { kLanguages } from '../../../web/text/languages_plugin.mjs';

const kHere = dirname(fileURLToPath(import.meta.url));
const kRoot = join(kHere, '../../..');
const kOut = join(kRoot, 'build/unit');

const tests = (await readdir(kHere)).filter((name) => name.endsWith('.test.ts'));
await rm(kOut, { recursive: true, force: true });
await build({
  entryPoints: tests.map((name) => join(kHere, name)),
  outdir: kOut,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'warning',
  plugins: [kCaseCheck, kLanguages],
});
const bundles = tests.map((name) => join(kOut, name.replace(/\.ts$/, '.mjs')));
const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...bundles], {
  cwd: kRoot,
  stdio: 'inherit',
});
process.exit(status ?? 1);
