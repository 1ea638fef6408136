// The bill of materials: CycloneDX 1.6 as JSON, the same bytes for the same parts.
import { createHash } from 'node:crypto';

export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function hashesOf({ sha256: hex, integrity }) {
  if (hex !== undefined) return [{ alg: 'SHA-256', content: hex }];
  if (integrity === undefined) return [];
  const [kind, words] = integrity.split('-');
  const alg = `SHA-${kind.slice(3)}`;
  return [{ alg, content: Buffer.from(words, 'base64').toString('hex') }];
}

function component(part) {
  const { name, version, spdx, purl } = part;
  const licences = / (OR|AND) /.test(spdx) ? [{ expression: spdx }] : [{ license: { id: spdx } }];
  const hashes = hashesOf(part);
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    ...(hashes.length > 0 ? { hashes } : {}),
    licenses: licences,
    purl,
  };
}

function model({ name, version, bytes }) {
  return {
    type: 'machine-learning-model',
    'bom-ref': `model:${name}`,
    name: `LeukoLens ${name}`,
    version,
    hashes: [{ alg: 'SHA-256', content: sha256(bytes) }],
    licenses: [{ license: { id: 'MIT' } }],
  };
}

/** `models`: name, version and bytes of each net; `timestamp` in ISO 8601. */
export function bill({ version, timestamp, parts, models }) {
  const components = [...parts.map(component), ...models.map(model)];
  const main = { type: 'application', 'bom-ref': 'leukolens', name: 'LeukoLens', version };
  const refs = components.map((one) => one['bom-ref']);
  const body = {
    metadata: { timestamp, component: { ...main, licenses: [{ license: { id: 'MIT' } }] } },
    components,
    dependencies: [{ ref: 'leukolens', dependsOn: refs }],
  };
  const hash = sha256(JSON.stringify(body));
  // Shaped like a random UUID, but following from what is listed.
  const uuid = [hash.slice(0, 8), hash.slice(8, 12), `4${hash.slice(13, 16)}`];
  uuid.push(`8${hash.slice(17, 20)}`, hash.slice(20, 32));
  const head = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuid.join('-')}`,
  };
  return `${JSON.stringify({ ...head, version: 1, ...body }, null, 2)}\n`;
}
