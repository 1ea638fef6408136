// Names of errors and warnings. They are the keys of the texts, so a code without words does not
// compile; a test compares them with the core's own list.
import type { TextKey } from './i18n';

type After<Prefix extends string> = TextKey extends infer Key
  ? Key extends `${Prefix}.${infer Code}`
    ? Code
    : never
  : never;

export type ErrorCode = After<'error'>;
export type WarningCode = After<'warning'>;
