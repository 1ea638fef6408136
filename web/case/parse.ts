/// <reference path="./check.d.ts" />
// From the words of case.json to a case that fits the schema.
import check from 'leukolens-case-check';
import type { CaseFile } from './format';
import { CaseFault } from './from_file';

/** Throws a CaseFault that says where the words fit no case. */
export function parseCase(json: string): CaseFile {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new CaseFault('case.json is no JSON');
  }
  if (check(value)) return value as CaseFile;
  const [fault] = check.errors ?? [];
  throw new CaseFault(`case.json${fault?.instancePath ?? ''} ${fault?.message ?? ''}`.trim());
}
