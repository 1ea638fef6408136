// The gallery of cells: a section for each bin that holds some, the least sure first. The tile with
// the cursor has the focus; while the pointer is on a tile, a key files that one.
import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { className, formatNumber, formatShare, text } from '../../i18n';
import { kRemoved, kToReview } from '../../review/bins';
import { type Group, groupAtHand, groupsOf, selectedCells } from '../../review/groups';
import {
  binOf,
  type CellId,
  kNoReview,
  modelBin,
  type Review,
  type ReviewCell,
  topShareOf,
} from '../../review/review';
import type { State } from '../../state';
import { element } from '../element';
import { glyph } from '../glyph';
import { templateView } from '../lit';
import type { Door, View } from '../view';
import { dropTarget, startDrag } from './drag';
import { binName, cellInWords, chips } from './words';

/** What stands under a crop: how sure the model is, or what it had said. */
function caption(cell: ReviewCell, review: Review): string {
  if (review.areSuggestionsHidden || cell.model === null) return '';
  const name = className(cell.model.label);
  const share = formatShare(topShareOf(cell));
  if (cell.person !== null && binOf(cell) !== modelBin(cell)) {
    return text('review.was', { name, share });
  }
  return cell.model.verdict === 'unsure' ? text('review.closest', { name, share }) : share;
}

interface TileState {
  readonly hasCursor: boolean;
  readonly isSelected: boolean;
}

function crop(cell: ReviewCell, review: Review): TemplateResult {
  const source = review.crops.get(cell.id);
  if (source === undefined) {
    return html`<span class="crop crop-none">${text('review.no_crop')}</span>`;
  }
  return html`<img class="crop" src=${source} alt="" draggable="false" decoding="async" />`;
}

function tile(cell: ReviewCell, review: Review, { hasCursor, isSelected }: TileState) {
  const isDone = cell.person !== null;
  return html`<div
    role="option"
    class="tile ${isSelected ? 'tile-selected' : ''} ${isDone ? 'tile-done' : ''}"
    data-id=${cell.id}
    draggable="true"
    tabindex=${hasCursor ? 0 : -1}
    aria-selected=${isSelected ? 'true' : 'false'}
    aria-label=${cellInWords(cell, review)}
  >
    ${crop(cell, review)}
    <span class="tile-caption">
      <span class="tile-words">${caption(cell, review)}</span>
      ${isDone ? html`<span class="tick" aria-hidden="true">✓</span>` : null}
    </span>
  </div>`;
}

function acceptButton({ cells, bin }: Group, state: State, door: Door): TemplateResult | null {
  const waiting = cells.filter(({ person }) => person === null);
  const isHere = groupAtHand(state.review)?.bin.id === bin.id;
  if (waiting.length === 0 || bin.id === kToReview) return null;
  const accept = (): void =>
    door.dispatch({
      type: 'cellsAccepted',
      ids: waiting.map(({ id }) => id),
      atMs: Date.now(),
    });
  return html`<button type="button" class="button group-accept" @click=${accept}>
    ${text('review.accept', { count: formatNumber(waiting.length) })}
    ${isHere ? html`<span class="keys">${chips(state, 'acceptGroup', 1)}</span>` : null}
  </button>`;
}

function groupSection(group: Group, state: State, door: Door): TemplateResult {
  const { review } = state;
  const { bin, cells } = group;
  const selected = new Set(selectedCells(review).map(({ id }) => id));
  const drop = dropTarget(bin.id, door);
  const canDrop = bin.id !== kToReview;
  const tiles = repeat(
    cells,
    ({ id }) => id,
    (cell) => {
      const hasCursor = cell.id === review.cursor;
      const isSelected = selected.has(cell.id);
      const parts = [cell, hasCursor, isSelected, review.areSuggestionsHidden, review.own];
      const shown = { hasCursor, isSelected };
      return guard([...parts, review.crops.get(cell.id)], () => tile(cell, review, shown));
    },
  );
  return html`<section
    class="group ${bin.id === kRemoved ? 'group-removed' : ''}"
    data-class=${bin.id}
    data-group=${bin.id}
    aria-labelledby="group-${bin.id}"
    @dragover=${canDrop ? drop.over : nothing}
    @dragleave=${canDrop ? drop.leave : nothing}
    @drop=${canDrop ? drop.drop : nothing}
  >
    <header class="group-head">
      ${glyph(bin.id)}
      <h3 id="group-${bin.id}">${binName(bin)}</h3>
      <span class="group-count">${formatNumber(cells.length)}</span>
      ${
        bin.counting === 'in_n'
          ? null
          : html`<span class="group-counting">${text(`review.counting.${bin.counting}`)}</span>`
      }
      ${acceptButton(group, state, door)}
    </header>
    <div class="tiles" role="listbox" aria-multiselectable="true" aria-labelledby="group-${bin.id}">
      ${tiles}
    </div>
  </section>`;
}

function groups(state: State, door: Door): TemplateResult {
  const all = groupsOf(state.review);
  if (all.length === 0) {
    return html`<p class="review-empty">${text('review.empty')}</p>`;
  }
  return html`${repeat(
    all,
    ({ bin }) => bin.id,
    (group) => groupSection(group, state, door),
  )}`;
}

function columnsOf(root: HTMLElement): number {
  const list = root.querySelector('.tiles');
  if (list === null) return 1;
  return getComputedStyle(list).gridTemplateColumns.split(' ').length;
}

/**
 * The focus follows the cursor when it moves, but is never taken from a button or a field elsewhere
 * unless the room was just entered.
 */
function focusCursor(root: HTMLElement, cursor: CellId | null, isEntering: boolean): void {
  const active = document.activeElement;
  const isFree = active === null || active === document.body;
  if (!isEntering && !isFree && !root.contains(active)) return;
  const target = root.querySelector<HTMLElement>(`[data-id="${cursor}"]`);
  if (target === null || target === active) return;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'nearest' });
}

function idAt(event: Event): CellId | null {
  const tile = event.target instanceof Element ? event.target.closest('.tile') : null;
  return tile instanceof HTMLElement ? Number(tile.dataset['id']) : null;
}

/** Tells which cell is under the pointer, once the pointer itself has moved. */
function followPointer(root: HTMLElement, door: Door): void {
  let last = '';
  root.addEventListener('pointermove', (event) => {
    const here = `${event.screenX} ${event.screenY}`;
    // Also told when the page scrolls below a pointer at rest.
    if (event.pointerType !== 'mouse' || event.buttons !== 0 || here === last) return;
    last = here;
    door.dispatch({ type: 'cellPointed', id: idAt(event) });
  });
  root.addEventListener('pointerleave', () => door.dispatch({ type: 'cellPointed', id: null }));
}

/** A focus that comes otherwise than by pressing, such as from a screen reader, takes the cursor. */
function followFocus(root: HTMLElement, door: Door, review: () => Review): void {
  let isPressing = false;
  root.addEventListener('pointerdown', () => (isPressing = true));
  // A drop may take the dragged tile out of the document before its drag has ended.
  for (const end of ['pointerup', 'pointercancel', 'dragend', 'drop']) {
    document.addEventListener(end, () => (isPressing = false));
  }
  root.addEventListener('focusin', (event) => {
    const to = idAt(event);
    if (isPressing || to === null || to === review().cursor) return;
    door.dispatch({ type: 'cursorMoved', to, isRange: false });
  });
}

/** Whether the cell belongs to the cells that are selected, however many they are. */
function isInRange(event: Event, review: Review): boolean {
  const id = idAt(event);
  return selectedCells({ ...review, pointed: null }).some((cell) => cell.id === id);
}

/** A press takes the cursor along, a second one opens the field, another button the menu. */
function listen(root: HTMLElement, door: Door, review: () => Review): void {
  followPointer(root, door);
  followFocus(root, door, review);
  const choose = (event: MouseEvent): CellId | null => {
    const to = idAt(event);
    if (to !== null) door.dispatch({ type: 'cursorMoved', to, isRange: event.shiftKey });
    return to;
  };
  root.addEventListener('click', (event) => {
    if (choose(event) !== null && event.detail === 2) door.command('openField');
  });
  root.addEventListener('contextmenu', (event) => {
    if (!isInRange(event, review()) && choose(event) === null) return;
    event.preventDefault();
    door.command('openMove');
  });
  root.addEventListener('dragstart', (event) => {
    const id = idAt(event);
    if (id === null) return;
    if (!isInRange(event, review())) choose(event);
    startDrag(event, id, review());
  });
}

export function createCells(door: Door): View {
  const root = element('div', { class: 'groups' });
  let latest: Review | null = null;
  listen(root, door, () => latest ?? kNoReview);
  const sizes = new ResizeObserver(() =>
    door.dispatch({ type: 'columnsChanged', columns: columnsOf(root) }),
  );
  sizes.observe(root);
  let wasHere = false;
  let lastCursor: CellId | null = null;
  return templateView(
    root,
    ({ review, keys, room, dialog, field }) => [review, keys, room, dialog, field],
    (state) => {
      latest = state.review;
      return groups(state, door);
    },
    ({ review, room, dialog, field }) => {
      door.dispatch({ type: 'columnsChanged', columns: columnsOf(root) });
      const isInFront = room === 'review' && dialog === null && field === null;
      const isEntering = !wasHere && room === 'review' && review.cursor !== null;
      const isLost = document.activeElement === document.body;
      if (isInFront && (isEntering || isLost || review.cursor !== lastCursor)) {
        focusCursor(root, review.cursor, isEntering);
        lastCursor = review.cursor;
      }
      wasHere = room === 'review' && (wasHere || isEntering);
    },
  );
}
