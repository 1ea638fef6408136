// For esbuild: the module "leukolens-languages" holds every language whose file lies here, so that
// another one is added by its file alone. A file that doesn't fit the English one stops the build.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultsOf } from './language_faults.mjs';

const kHere = dirname(fileURLToPath(import.meta.url));
const kTag = '[a-z]{2,3}(?:-[A-Za-z]+)?';

/** By language tag: of "tr.json", or of "findings.tr.json" if `prefix` is "findings.". */
async function readLanguages(prefix) {
  const pattern = new RegExp(`^${prefix.replace('.', '\\.')}(${kTag})\\.json$`);
  const names = (await readdir(kHere)).filter((name) => pattern.test(name)).sort();
  const read = async (name) => [
    pattern.exec(name)[1],
    JSON.parse(await readFile(join(kHere, name), 'utf8')),
  ];
  return Object.fromEntries(await Promise.all(names.map(read)));
}

/** Every language's texts. */
export async function readTexts() {
  const texts = await readLanguages('');
  const faults = Object.entries(texts).flatMap(([tag, own]) =>
    faultsOf(texts.en, own).map((fault) => `web/text/${tag}.json: ${fault}`),
  );
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return texts;
}

export const kLanguages = {
  name: 'languages',
  setup(build) {
    const filter = /^leukolens-languages$/;
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'languages' }));
    build.onLoad({ filter, namespace: 'languages' }, async () => {
      const [texts, findings] = [await readTexts(), await readLanguages('findings.')];
      // Browsers read a long text as JSON in half the time that they need for it as a program.
      const parsed = (value) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
      const contents = `export const texts = ${parsed(texts)};
export const findings = ${parsed(findings)};`;
      return { contents, loader: 'js' };
    });
  },
};
