// For esbuild: the module "leukolens-case-check" is case.schema.json as a function, written by Ajv
// while building, so that the page needs no eval and the schema is written once.
import Ajv from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kHere = dirname(fileURLToPath(import.meta.url));

async function writeCheck() {
  const schema = JSON.parse(await readFile(join(kHere, 'case.schema.json'), 'utf8'));
  const ajv = new Ajv({
    code: { source: true, esm: true },
    strict: true,
    strictTypes: false,
    strictRequired: false,
  });
  return standaloneCode(ajv, ajv.compile(schema));
}

export const kCaseCheck = {
  name: 'case-check',
  setup(build) {
    const filter = /^leukolens-case-check$/;
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'case-check' }));
    build.onLoad({ filter, namespace: 'case-check' }, async () => ({
      contents: await writeCheck(),
      loader: 'js',
      resolveDir: kHere,
    }));
  },
};
