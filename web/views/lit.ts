// A view whose picture of the state is a template: drawn again when the state it shows has changed.
import { render, type TemplateResult } from 'lit-html';
import type { State } from '../state';
import type { View } from './view';

/**
 * `shows` names the parts of the state that the template reads; while they are the same objects,
 * nothing is drawn.
 */
export function templateView(
  root: HTMLElement,
  shows: (state: State) => readonly unknown[],
  template: (state: State) => TemplateResult,
  drawn: (state: State) => void = () => {},
): View {
  let last: readonly unknown[] | null = null;
  return {
    root,
    update(state: State) {
      const parts = shows(state);
      if (last !== null && parts.every((part, index) => part === last?.[index])) return;
      last = parts;
      render(template(state), root);
      drawn(state);
    },
  };
}
