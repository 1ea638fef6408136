// Tables as text in two dialects: RFC 4180, which programs read, and the one that Excel of the
// page's language opens with its columns and figures in place.

export type Field = string | number | null;

export interface Dialect {
  readonly separator: ',' | ';';
  readonly decimal: '.' | ',';
  /** By which Excel knows that the text is UTF-8. */
  readonly hasMark: boolean;
}

export const kRfc4180: Dialect = { separator: ',', decimal: '.', hasMark: false };

/** Where figures have a decimal comma, Excel parts columns by semicolons. */
export function excelOf(locale: string): Dialect {
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  const hasComma = parts.some(({ type, value }) => type === 'decimal' && value === ',');
  return { separator: hasComma ? ';' : ',', decimal: hasComma ? ',' : '.', hasMark: true };
}

/** What a spreadsheet would take for a formula gets an apostrophe in front. */
function harmless(words: string): string {
  return /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
}

function written(field: Field, { separator, decimal }: Dialect): string {
  if (field === null) return '';
  if (typeof field === 'number') return String(field).replace('.', decimal);
  const words = harmless(field);
  const isPlain = !/["\r\n]/.test(words) && !words.includes(separator);
  return isPlain ? words : `"${words.replaceAll('"', '""')}"`;
}

export function toCsv(rows: readonly (readonly Field[])[], dialect: Dialect): string {
  const lines = rows.map((row) => row.map((one) => written(one, dialect)).join(dialect.separator));
  return `${dialect.hasMark ? '\uFEFF' : ''}${lines.join('\r\n')}\r\n`;
}

const kFigure = /^-?\d+(\.\d+)?$/;

/** The fields of text by RFC 4180, such as the core writes; figures become numbers. */
export function fromCsv(words: string): Field[][] {
  const rows: Field[][] = [];
  let row: Field[] = [];
  for (const [, quoted, plain = '', end] of words.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g,
  )) {
    const field = quoted === undefined ? plain : quoted.replaceAll('""', '"');
    row.push(quoted === undefined && kFigure.test(field) ? Number(field) : unmarked(field));
    if (end === ',') continue;
    if (row.length > 1 || field !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/** The apostrophe comes back when the field is written. */
function unmarked(field: string): string {
  return /^'[=+\-@\t\r]/.test(field) ? field.slice(1) : field;
}
