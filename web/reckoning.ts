// Keeps the differential in step with the cells: loads its module when the room is first entered,
// reckons anew when cells or settings changed, and takes results out.
import type { Action } from './actions';
import { countedIn, sourceOf } from './counted';
import { countsOf, type Format, lackOf } from './differential/differential';
import { loadReckoner, type Reckoner } from './differential/module';
import type { State } from './state';

export interface Reckoning {
  update(before: State, now: State): void;
  /** Copies the text, or saves a file of the other formats. */
  take(format: Format, state: State): void;
}

const kEndings = { text: 'txt', csv: 'csv', json: 'json', fhir: 'fhir.json' } as const;
/** Long enough for the browser to have begun saving. */
const kKeepLinkMs = 10_000;

function save(name: string, words: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([words]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), kKeepLinkMs);
}

/** Whether what is shown no longer fits its cells and settings. */
function isOld(before: State, now: State): boolean {
  if (now.room !== 'differential') return false;
  const [was, is] = [before.differential, now.differential];
  const isSame = was.ranges === is.ranges && was.settings === is.settings;
  const isSameCount = before.review.cells === now.review.cells && before.tally === now.tally;
  const isFrom = sourceOf(before) === sourceOf(now);
  return before.room !== now.room || !isSame || !isSameCount || !isFrom;
}

export function createReckoning(dispatch: (action: Action) => void): Reckoning {
  let reckoner: Reckoner | null = null;
  let isAsked = false;

  function load(): void {
    isAsked = true;
    loadReckoner().then(
      (loaded) => {
        reckoner = loaded;
        dispatch({ type: 'rangesLoaded', ranges: loaded.ranges, range: loaded.range });
      },
      (error: unknown) => {
        isAsked = false;
        dispatch({ type: 'differentialMade', result: null, error: String(error) });
      },
    );
  }

  return {
    update(before, now) {
      if (!isOld(before, now)) return;
      if (reckoner === null && !isAsked) load();
      const { settings, ranges } = now.differential;
      if (reckoner === null || lackOf(settings) !== null) return;
      const made = reckoner.reckon(countsOf(countedIn(now), settings, ranges));
      const isError = typeof made === 'string';
      const [result, error] = isError ? [null, made] : [made, null];
      dispatch({ type: 'differentialMade', result, error });
    },
    take(format, state) {
      if (reckoner === null) return;
      const { settings, ranges } = state.differential;
      const words = reckoner.write(countsOf(countedIn(state), settings, ranges), format);
      if (format === 'text') void navigator.clipboard.writeText(words);
      else save(`differential.${kEndings[format]}`, words);
    },
  };
}
