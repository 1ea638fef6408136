// Where the differential takes its counts from: the cells under review, or the count by hand.
import type { Source } from './differential/actions';
import { type Counts, counts } from './review/counts';
import { binsOf } from './review/groups';
import type { KnownModel } from './review/review';
import type { State } from './state';
import { tallied, tallyCounts } from './tally/tally';

/** The sources that have something to count. */
export function sourcesOf({ review, tally }: State): readonly Source[] {
  const sources: Source[] = [];
  if (review.cells.size > 0) sources.push('review');
  if (tallied(tally).length > 0) sources.push('tally');
  return sources;
}

/** The chosen one, or the only one that has something; null: neither has. */
export function sourceOf(state: State): Source | null {
  const sources = sourcesOf(state);
  const { source } = state.differential;
  return sources.includes(source) ? source : (sources[0] ?? null);
}

/** The models that answered what is counted; none where a person counted by hand. */
export function modelsIn(state: State): readonly KnownModel[] {
  return sourceOf(state) === 'tally' ? [] : [...state.review.models.values()];
}

export function countedIn(state: State): Counts {
  const { review, tally } = state;
  return sourceOf(state) === 'tally' ? tallyCounts(tally, binsOf(review)) : counts(review);
}
