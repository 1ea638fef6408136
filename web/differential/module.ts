// The module that reckons, fetched when it is first wanted, with the published reference ranges.
import { differentialFactory, partBlob } from '../parts';
import type { CountsObject, Differential, Format, RangeSet } from './differential';

interface Answer {
  readonly code: string;
  readonly what: string;
  readonly text: string;
}

interface Module {
  differential(counts: CountsObject, format: string, instant: string): Answer;
}

export interface Reckoner {
  readonly ranges: readonly RangeSet[];
  /** The default set's id. */
  readonly range: string;
  /** The result, or the code of an error. */
  reckon(counts: CountsObject): Differential | string;
  write(counts: CountsObject, format: Format): string;
}

interface RangesFile {
  readonly default: string;
  readonly sets: readonly RangeSet[];
}

export async function loadReckoner(): Promise<Reckoner> {
  const [{ factory, options }, ranges] = await Promise.all([
    differentialFactory(),
    partBlob('model/reference_ranges.json'),
  ]);
  const module = (await factory(options)) as Module;
  const file = JSON.parse(await ranges.text()) as RangesFile;
  const ask = (counts: CountsObject, format: Format): Answer =>
    module.differential(counts, format, `${new Date().toISOString().slice(0, 19)}Z`);
  return {
    ranges: file.sets,
    range: file.default,
    reckon(counts) {
      const { code, text } = ask(counts, 'json');
      return code === '' ? (JSON.parse(text) as Differential) : code;
    },
    write: (counts, format) => ask(counts, format).text,
  };
}
