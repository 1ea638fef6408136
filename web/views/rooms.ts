// The way between the rooms: links, so that the browser's own back and bookmarks work.
import { html, nothing, type TemplateResult } from 'lit-html';
import { formatNumber, text } from '../i18n';
import { labelledIn } from '../evaluation/evaluation';
import { kRooms, type Room, type State } from '../state';
import { binsOf } from '../review/groups';
import { tallyCounts } from '../tally/tally';
import { element } from './element';
import { templateView } from './lit';
import type { View } from './view';

function countOf(room: Room, state: State): number {
  const { pictures, review, tally } = state;
  if (room === 'evaluation') return labelledIn(state).length;
  if (room === 'pictures') return pictures.length;
  if (room === 'differential' || room === 'quiz' || room === 'about') return 0;
  if (room === 'tally') return tallyCounts(tally, binsOf(review)).n;
  return [...review.cells.values()].filter(({ isThere }) => isThere).length;
}

function link(room: Room, state: State): TemplateResult {
  const count = countOf(room, state);
  const isHere = state.room === room;
  return html`<a href="#${room}" aria-current=${isHere ? 'page' : nothing}>
    ${text(`room.${room}`)}
    ${count === 0 ? null : html`<span class="room-count">${formatNumber(count)}</span>`}
  </a>`;
}

export function createRooms(): View {
  const root = element('nav', { class: 'rooms', 'aria-label': text('room.label') });

  /** On a phone the rooms are a strip that may be longer than the screen is wide. */
  function showHere(): void {
    const here = root.querySelector<HTMLElement>('[aria-current]');
    if (here !== null)
      root.scrollLeft = here.offsetLeft - (root.clientWidth - here.offsetWidth) / 2;
  }

  return templateView(
    root,
    ({ room, pictures, review, tally, engine }) => [room, pictures, review.cells, tally, engine],
    (state) => html`${kRooms.map((room) => link(room, state))}`,
    // With the next frame, which lays the page out anyway.
    () => requestAnimationFrame(showHere),
  );
}
