/// <reference path="../text/languages.d.ts" />
// General reference on high and low counts, as reviewed data in each language, and which of it a
// differential points to. It is never about the sample that was counted.
import type { Differential } from '../differential/differential';
import { findings } from 'leukolens-languages';
import en from '../text/findings.en.json';
import sources from '../text/sources.json';

export interface Statement {
  readonly text: string;
  /** Ids of sources.json. */
  readonly sources: readonly string[];
  /** Year and month in which it was held against them. */
  readonly checked: string;
}

export interface Finding {
  readonly term: string;
  /** In 10⁹/L; introduces the words and decides nothing: flags go by the chosen range. */
  readonly usualLimit: { readonly above?: number; readonly below?: number } | null;
  /** Little was found to support it. */
  readonly isWeak: boolean;
  readonly mayGoWith: readonly Statement[];
  readonly usuallyNext: readonly Statement[];
  readonly telephoned: readonly Statement[];
}

/** On kinds of cells that have no range: shown where they were counted. */
export interface OtherFinding {
  readonly class: string;
  readonly term: string;
  readonly statements: readonly Statement[];
}

export type Direction = 'high' | 'low';
export type ClassFindings = Readonly<Record<Direction, Finding>>;

/** findings.schema.json says what is in it. */
export interface Findings {
  readonly schema: string;
  readonly language: string;
  readonly review: { readonly isReviewed: boolean; readonly checked: string };
  readonly classes: Readonly<Record<string, ClassFindings>>;
  readonly others: readonly OtherFinding[];
  readonly whiteCount: { readonly telephoned: readonly Statement[] };
}

export interface Source {
  readonly title: string;
  /** Year, or null where it names none. */
  readonly date: string | null;
  /** How much of it was read: 'whole', 'part', 'abstract', 'quote' or 'none'. */
  readonly read: string;
}

const kLanguages = findings as Readonly<Record<string, Findings>>;

/** In the language of the locale, or in English where it has no words for that one. */
export function findingsIn(locale: string): Findings {
  return kLanguages[locale.split('-')[0] ?? ''] ?? en;
}

export function sourceNamed(id: string): Source {
  const all: Readonly<Record<string, Source>> = sources;
  const source = all[id];
  if (source === undefined) throw new Error(`no source ${id}`);
  return source;
}

export interface PointedFinding {
  readonly class: string;
  readonly direction: Direction;
  readonly finding: Finding;
  /** An absolute count stands beside it, so that values others telephone can be compared. */
  readonly hasAbsolute: boolean;
}

export interface Pointed {
  readonly findings: readonly PointedFinding[];
  readonly others: readonly OtherFinding[];
  /** Something would be pointed to, but too few cells are counted or reviewed. */
  readonly isWaiting: boolean;
}

/** Below it nothing general is said about a count. */
export const kLeastCells = 100;
/** "Never from a single cell". */
const kLeastOfOthers = 2;

function flaggedIn(made: Differential, { classes }: Findings): PointedFinding[] {
  return made.classes.flatMap((row) => {
    const known = classes[row.class];
    if (known === undefined || (row.flag !== 'high' && row.flag !== 'low')) return [];
    const [direction, hasAbsolute] = [row.flag, row.absolute !== null];
    return [{ class: row.class, direction, finding: known[direction], hasAbsolute }];
  });
}

function countOf(name: string, made: Differential): number {
  const row = made.classes.find((one) => one.class === name);
  if (row !== undefined) return row.count;
  const per100 = made.per_100[name] ?? 0;
  return (per100 / 100) * made.n;
}

/**
 * What a differential points to: classes whose whole interval lies outside the chosen range, and
 * counted kinds that have none, once it is complete. A doubt about blasts waits for no count: only a
 * person can have filed them, and what is said of them is whom to ask.
 */
export function pointedBy(made: Differential, all: Findings): Pointed {
  const isReady = made.status === 'complete' && made.n >= kLeastCells;
  const findings = flaggedIn(made, all);
  const isCounted = ({ class: name }: OtherFinding): boolean =>
    countOf(name, made) >= (name === 'blast' ? 1 : kLeastOfOthers - 1e-9);
  const counted = all.others.filter(isCounted);
  const shown = counted.filter(({ class: name }) => isReady || name === 'blast');
  const isWaiting = !isReady && (findings.length > 0 || counted.length > shown.length);
  return { findings: isReady ? findings : [], others: shown, isWaiting };
}

/** Every source of these statements once, in the order in which they are met. */
export function sourcesOf(statements: readonly Statement[]): readonly string[] {
  return [...new Set(statements.flatMap((one) => one.sources))];
}

export function statementsOf(finding: Finding): readonly Statement[] {
  return [...finding.mayGoWith, ...finding.usuallyNext, ...finding.telephoned];
}
