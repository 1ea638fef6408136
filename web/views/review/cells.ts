// The gallery of cells: a section for each bin that holds some, the least sure first. The tile with
// the cursor has the focus, and the pointer takes the cursor along, so that a key files what it
// points at.
import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { className, formatNumber, formatShare, text } from '../../i18n';
import { kRemoved, kToReview } from '../../review/bins';
import { type Group, groupOfCursor, groupsOf, selectedCells } from '../../review/groups';
import {
  binOf,
  type CellId,
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

function tile(cell: ReviewCell, review: Review, { hasCursor, isSelected }: TileState, door: Door) {
  const isOwnAnswer = cell.person !== null;
  const choose = (event: MouseEvent): void => {
    if (event.detail === 2) return door.command('openField');
    door.dispatch({ type: 'cursorMoved', to: cell.id, isRange: event.shiftKey });
  };
  const menu = (event: MouseEvent): void => {
    event.preventDefault();
    door.dispatch({ type: 'cursorMoved', to: cell.id, isRange: false });
    door.command('openMove');
  };
  return html`<button
    type="button"
    class="tile ${isSelected ? 'tile-selected' : ''} ${isOwnAnswer ? 'tile-done' : ''}"
    data-id=${cell.id}
    draggable="true"
    tabindex=${hasCursor ? 0 : -1}
    aria-current=${hasCursor ? 'true' : nothing}
    aria-label=${cellInWords(cell, review)}
    @click=${choose}
    @contextmenu=${menu}
    @dragstart=${(event: DragEvent) => startDrag(event, cell.id, review)}
  >
    ${crop(cell, review)}
    <span class="tile-caption">
      <span class="tile-words">${caption(cell, review)}</span>
      ${isOwnAnswer ? html`<span class="tick" aria-hidden="true">✓</span>` : null}
    </span>
  </button>`;
}

function acceptButton({ cells, bin }: Group, state: State, door: Door): TemplateResult | null {
  const waiting = cells.filter(({ person }) => person === null);
  const isHere = groupOfCursor(state.review)?.bin.id === bin.id;
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
      return html`<li>
        ${guard([...parts, review.crops.get(cell.id)], () => tile(cell, review, shown, door))}
      </li>`;
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
    <ul class="tiles">
      ${tiles}
    </ul>
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

/** The focus follows the cursor, but is never taken from a button or a field elsewhere. */
function focusCursor(root: HTMLElement, cursor: CellId | null): void {
  const active = document.activeElement;
  const isOurs = active === null || active === document.body || root.contains(active);
  const target = root.querySelector<HTMLElement>(`[data-id="${cursor}"]`);
  if (!isOurs || target === null || target === active) return;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'nearest' });
}

/** The cell under the pointer takes the cursor once the pointer itself has moved. */
function followPointer(root: HTMLElement, door: Door): void {
  let last = '';
  root.addEventListener('pointermove', (event) => {
    const here = `${event.screenX} ${event.screenY}`;
    // Also told when the page scrolls below a pointer at rest.
    if (event.pointerType !== 'mouse' || event.buttons !== 0 || here === last) return;
    last = here;
    const target = event.target instanceof Element ? event.target.closest('.tile') : null;
    if (!(target instanceof HTMLElement)) return;
    door.dispatch({ type: 'cursorMoved', to: Number(target.dataset['id']), isRange: false });
  });
}

export function createCells(door: Door): View {
  const root = element('div', { class: 'groups' });
  followPointer(root, door);
  const sizes = new ResizeObserver(() =>
    door.dispatch({ type: 'columnsChanged', columns: columnsOf(root) }),
  );
  sizes.observe(root);
  return templateView(
    root,
    ({ review, keys, room }) => [review, keys, room],
    (state) => groups(state, door),
    ({ review, room, dialog, field }) => {
      door.dispatch({ type: 'columnsChanged', columns: columnsOf(root) });
      if (room === 'review' && dialog === null && field === null) {
        focusCursor(root, review.cursor);
      }
    },
  );
}
