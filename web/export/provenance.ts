// Where a result comes from: everything that leaves the page says it.
import type { ModelUsed } from '../differential/differential';

export interface Provenance {
  /** Such as "0.1.0". */
  readonly program: string;
  readonly models: readonly ModelUsed[];
  readonly intendedUse: string;
}

function modelWords({ name, version, sha256 }: ModelUsed): string {
  return `${name} ${version} (SHA-256 ${sha256})`;
}

export function modelsWords({ models }: Provenance): string {
  return models.map(modelWords).join('; ');
}

/** "LeukoLens 0.1.0, cells 3 (SHA-256 …)" */
export function sourceWords(from: Provenance): string {
  const models = modelsWords(from);
  return `LeukoLens ${from.program}${models === '' ? '' : `, ${models}`}`;
}
