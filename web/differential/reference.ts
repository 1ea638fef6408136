// What the differential is made with beside the cells: published reference ranges and the model's
// error rates, fetched when they are first wanted.
import { partBlob } from '../parts';
import type { RangeSet } from './differential';
import { type Card, type Rates, ratesOf } from './rates';

export interface Reference {
  readonly ranges: readonly RangeSet[];
  /** The default set's id. */
  readonly range: string;
  readonly rates: Rates | null;
}

interface RangesFile {
  readonly default: string;
  readonly sets: readonly RangeSet[];
}

async function read(path: string): Promise<unknown> {
  return JSON.parse(await (await partBlob(path)).text());
}

export async function loadReference(): Promise<Reference> {
  const [ranges, card] = await Promise.all([
    read('model/reference_ranges.json') as Promise<RangesFile>,
    read('model/cells_card.json') as Promise<Card>,
  ]);
  return { ranges: ranges.sets, range: ranges.default, rates: ratesOf(card) };
}
