// A modal dialog that is open while the state says so. Escape and a press beside it close it.
import type { TemplateResult } from 'lit-html';
import type { State } from '../state';
import { element } from './element';
import { templateView } from './lit';
import type { View } from './view';

export interface DialogParts {
  readonly style: string;
  readonly titleId: string;
  isOpen(state: State): boolean;
  shows(state: State): readonly unknown[];
  content(state: State): TemplateResult;
  close(): void;
}

export function createDialog(parts: DialogParts): View {
  const body = element('div', { class: 'sheet-body' });
  const root = element(
    'dialog',
    { class: `sheet ${parts.style}`, 'aria-labelledby': parts.titleId },
    body,
  );
  const content = templateView(body, parts.shows, parts.content);
  root.addEventListener('cancel', (event) => {
    event.preventDefault();
    parts.close();
  });
  root.addEventListener('click', (event) => {
    if (event.target === root) parts.close();
  });
  return {
    root,
    update(state: State) {
      if (!parts.isOpen(state)) {
        if (root.open) root.close();
        return;
      }
      content.update(state);
      if (!root.open) root.showModal();
    },
  };
}
