// The room where cells are looked at: bar, bins, gallery.
import { text } from '../../i18n';
import type { State } from '../../state';
import { element } from '../element';
import type { Door, View } from '../view';
import { createReviewBar } from './bar';
import { createCells } from './cells';
import { createRail } from './rail';

export function createReviewRoom(door: Door): View {
  const views = [createReviewBar(door), createRail(door), createCells(door)];
  const root = element(
    'section',
    { class: 'review', 'aria-labelledby': 'review-title' },
    element('h2', { id: 'review-title', class: 'visually-hidden' }, text('room.review')),
    ...views.map((view) => view.root),
  );
  let wasHere = false;
  return {
    root,
    update(state: State) {
      root.hidden = state.room !== 'review';
      // Once more on leaving; a hidden room of thousands of cells would hold up every picture.
      if (!root.hidden || wasHere) for (const view of views) view.update(state);
      wasHere = !root.hidden;
    },
  };
}
