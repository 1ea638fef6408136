// Writes the zip that a clinic downloads, the same bytes for the same build:
// node tools/release/release.mjs --root . --build build --sources FOLDER --out FILE.zip
//   --emscripten VERSION:COPYRIGHT --json VERSION:COPYRIGHT --instant 2026-01-15T10:30:00Z
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { kCards, kNets } from '../../web/nets.mjs';
import { zipSync } from '../../web/node_modules/fflate/esm/index.mjs';
import { bill, sha256 } from './bill.mjs';
import { thirdParties } from './parts.mjs';

const kOptions = ['root', 'build', 'sources', 'out', 'emscripten', 'json', 'instant'];
const { values } = parseArgs({
  options: Object.fromEntries(kOptions.map((name) => [name, { type: 'string' }])),
});
const { root, build, sources, out, instant } = values;
const web = join(root, 'web');
const { version } = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8'));

/** "VERSION:COPYRIGHT" */
function systemPart(words) {
  const colon = words.lastIndexOf(':');
  return { version: words.slice(0, colon), copyright: words.slice(colon + 1) };
}

function filesUnder(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) => join(file.parentPath ?? file.path, file.name)).sort();
}

function models() {
  return kNets.map((name) => {
    const { model } = JSON.parse(readFileSync(join(root, `model/${name}_card.json`), 'utf8'));
    return {
      name,
      version: model.version,
      bytes: readFileSync(join(root, `model/${name}.tflite`)),
    };
  });
}

const kReadMe = `LeukoLens ${version}

For education and research only. Not for use in diagnostic procedures. Leukaemic cells (blasts) are
untested. Every answer must be checked by a qualified person.

leukolens.html  the page as one file: open it in a browser, no network is needed; cases are kept in
                files that you save
site/           the page for a web server: serve this folder over https
bin/leukolens   the command line for Linux on x86-64 (Debian 12 or later with libcpuinfo0)
cards/          what the models were trained on and how well they do
licences/       of this program and of what is inside it
bom.cdx.json    the bill of materials (CycloneDX 1.6)
SHA256SUMS      of every other file here: sha256sum -c SHA256SUMS
`;

function contents() {
  const system = { emscripten: systemPart(values.emscripten), json: systemPart(values.json) };
  const parts = thirdParties({ pins: join(root, 'tools/pins'), sources, web, system });
  const files = new Map([['README.txt', Buffer.from(kReadMe)]]);
  const site = join(build, 'site');
  for (const file of filesUnder(site))
    files.set(`site/${relative(site, file)}`, readFileSync(file));
  files.set('leukolens.html', readFileSync(join(build, 'leukolens.html')));
  files.set('bin/leukolens', readFileSync(join(build, 'native/leukolens')));
  for (const net of kCards) {
    for (const ending of ['md', 'json']) {
      const name = `${net}_card.${ending}`;
      files.set(`cards/${name}`, readFileSync(join(root, 'model', name)));
    }
  }
  files.set('licences/LeukoLens.txt', readFileSync(join(root, 'LICENSE')));
  for (const { name, licence } of parts) files.set(`licences/${name}.txt`, Buffer.from(licence));
  const bom = bill({ version, timestamp: instant, parts, models: models() });
  files.set('bom.cdx.json', Buffer.from(bom));
  const sums = [...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).sort();
  files.set('SHA256SUMS', Buffer.from(sums.join('')));
  return files;
}

/** As a file of Unix, executable or not; zip knows no zone, so the hour is that of UTC. */
function zipped(files) {
  const folder = `leukolens-${version}`;
  const at = new Date(instant);
  const mtime = new Date(at.getTime() + at.getTimezoneOffset() * 60_000);
  const entries = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => {
      const mode = name.startsWith('bin/') ? 0o100755 : 0o100644;
      return [`${folder}/${name}`, [new Uint8Array(bytes), { os: 3, attrs: mode * 65536 }]];
    });
  return zipSync(Object.fromEntries(entries), { level: 9, mtime });
}

const zip = zipped(contents());
writeFileSync(out, zip);
console.log(`${sha256(zip)}  ${out}`);
