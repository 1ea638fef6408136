// The browser's own back, as a phone's edge or key gives it, closes the picture that is shown large
// or the live view before it leaves the page: what is open stands on an entry of the history.
import type { Action } from './actions';
import type { State } from './state';

export interface Back {
  update(before: State, now: State): void;
}

const kOver = { over: true } as const;

function isOver({ openId, field, camera }: State): boolean {
  return openId !== null || field !== null || camera !== null;
}

function isOurs(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'over' in entry;
}

export function createBack(dispatch: (action: Action) => void, state: () => State): Back {
  let hasEntry = false;
  window.addEventListener('popstate', () => {
    if (!hasEntry || isOurs(history.state)) return;
    hasEntry = false;
    if (state().dialog !== null) dispatch({ type: 'dialogClosed' });
    if (state().camera !== null) dispatch({ type: 'cameraClosed' });
    if (state().openId !== null) dispatch({ type: 'pictureClosed' });
    if (state().field !== null) dispatch({ type: 'fieldClosed' });
  });
  return {
    update(before, now) {
      if (isOver(before) === isOver(now)) return;
      hasEntry = isOver(now);
      // What was closed by key or button leaves its entry for the next: going back by program would
      // take the focus.
      if (hasEntry && !isOurs(history.state)) history.pushState(kOver, '');
    },
  };
}
