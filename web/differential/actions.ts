// What happens in the room of the differential, and the state it makes.
import { type Differential, kNoSettings, type RangeSet, type Settings } from './differential';
import type { Rates } from './rates';

/** What is counted: the cells under review, or the count by hand. */
export type Source = 'review' | 'tally';

export interface Room {
  readonly source: Source;
  readonly settings: Settings;
  /** Empty until they are loaded. */
  readonly ranges: readonly RangeSet[];
  /** The model's error rates, or null. */
  readonly rates: Rates | null;
  readonly result: Differential | null;
  /** Code of the error that stands in place of a result, or null. */
  readonly error: string | null;
}

export const kEmptyRoom: Room = {
  source: 'review',
  settings: kNoSettings,
  ranges: [],
  rates: null,
  result: null,
  error: null,
};

export type DifferentialAction =
  | { readonly type: 'sourceChosen'; readonly source: Source }
  | { readonly type: 'settingsChanged'; readonly change: Partial<Settings> }
  | {
      readonly type: 'referenceLoaded';
      readonly ranges: readonly RangeSet[];
      readonly range: string;
      readonly rates: Rates | null;
    }
  | {
      readonly type: 'differentialMade';
      readonly result: Differential | null;
      readonly error: string | null;
    };

const kTypes = new Set(['sourceChosen', 'settingsChanged', 'referenceLoaded', 'differentialMade']);

export function isDifferentialAction(action: {
  readonly type: string;
}): action is DifferentialAction {
  return kTypes.has(action.type);
}

export function reduceDifferential(room: Room, action: DifferentialAction): Room {
  switch (action.type) {
    case 'sourceChosen':
      return { ...room, source: action.source };
    case 'settingsChanged':
      return { ...room, settings: { ...room.settings, ...action.change } };
    case 'referenceLoaded': {
      const settings = { ...room.settings, range: room.settings.range ?? action.range };
      return { ...room, ranges: action.ranges, rates: action.rates, settings };
    }
    case 'differentialMade':
      return { ...room, result: action.result, error: action.error };
  }
}
