// The third parties whose code is in what we hand out: which, from where, under which licence.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** By SPDX; a source that is not here stops the release until somebody has read its licence. */
const kSourceLicences = {
  xnnpack: 'BSD-3-Clause',
  pthreadpool: 'BSD-2-Clause',
  fxdiv: 'MIT',
  flatbuffers: 'Apache-2.0',
  libstb: 'MIT OR Unlicense',
  tiff: 'libtiff',
  'libjpeg-turbo': 'IJG AND BSD-3-Clause AND Zlib',
  zlib: 'Zlib',
};
/** Only in the tests. */
const kNotHandedOut = new Set(['doctest']);
/** Bundled into the page; all other packages only build and test it. */
const kPackages = ['ajv', 'fflate', 'lit-html'];
const kLicence = /^(licen[cs]e|copying|copyright)(\.(txt|md))?$/i;

function licenceIn(folder, name) {
  const file = readdirSync(folder).find((one) => kLicence.test(one));
  if (file === undefined) throw new Error(`${name}: no licence in ${folder}`);
  return readFileSync(join(folder, file), 'utf8');
}

function sourceOf(line, sources) {
  const [, name, version, sha256] = line.trim().split(/\s+/);
  const spdx = kSourceLicences[name];
  if (spdx === undefined) throw new Error(`${name}: its licence is not in tools/release/parts.mjs`);
  const purl = `pkg:generic/${name}@${encodeURIComponent(version)}`;
  return { name, version, sha256, spdx, purl, licence: licenceIn(join(sources, name), name) };
}

function packageOf(name, web) {
  const folder = join(web, 'node_modules', name);
  const { version, license: spdx } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const lock = JSON.parse(readFileSync(join(web, 'package-lock.json'), 'utf8'));
  const { integrity } = lock.packages[`node_modules/${name}`];
  const purl = `pkg:npm/${name}@${version}`;
  return { name, version, integrity, spdx, purl, licence: licenceIn(folder, name) };
}

/** From Debian: the headers and run-time libraries that are compiled in. */
function systemParts({ emscripten, json }) {
  return [
    ['emscripten', 'MIT OR NCSA', emscripten],
    ['nlohmann-json3', 'MIT', json],
  ].map(([name, spdx, { version, copyright }]) => ({
    name,
    version,
    spdx,
    purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}`,
    licence: readFileSync(copyright, 'utf8'),
  }));
}

/** Sorted by name. */
export function thirdParties({ pins, sources, web, system }) {
  const lines = readFileSync(pins, 'utf8').split('\n');
  const pinned = lines.filter((line) => line.startsWith('source '));
  const handedOut = pinned.filter((line) => !kNotHandedOut.has(line.trim().split(/\s+/)[1]));
  const parts = [
    ...handedOut.map((line) => sourceOf(line, sources)),
    ...kPackages.map((name) => packageOf(name, web)),
    ...systemParts(system),
  ];
  return parts.sort((a, b) => (a.name < b.name ? -1 : 1));
}
