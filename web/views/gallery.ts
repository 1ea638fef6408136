// All pictures as cards. Only cards whose picture changed are drawn again; the arrow keys walk from
// card to card, so that a tab stop is one card and not a thousand.
import { text } from '../i18n';
import type { PictureEntry, State } from '../state';
import { fillCard } from './card';
import { element } from './element';
import type { Door, View } from './view';

// Drawn within a few milliseconds.
const kMostCardsAtOnce = 24;

interface Shelf {
  readonly item: HTMLElement;
  drawn: PictureEntry | null;
}

function columnsOf(list: HTMLElement): number {
  return getComputedStyle(list).gridTemplateColumns.split(' ').length;
}

function stepOf(key: string, list: HTMLElement): number | null {
  switch (key) {
    case 'ArrowRight':
      return 1;
    case 'ArrowLeft':
      return -1;
    case 'ArrowDown':
      return columnsOf(list);
    case 'ArrowUp':
      return -columnsOf(list);
    default:
      return null;
  }
}

function walk(list: HTMLElement, event: KeyboardEvent): void {
  const step = stepOf(event.key, list);
  if (step === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = [...list.querySelectorAll<HTMLButtonElement>('button.card-body')];
  const from = stops.findIndex((stop) => stop === document.activeElement);
  const to = stops[Math.max(0, Math.min(stops.length - 1, from + step))];
  if (from < 0 || to === undefined) return;
  event.preventDefault();
  to.focus();
}

function keepOneStop(list: HTMLElement): void {
  const stops = [...list.querySelectorAll<HTMLButtonElement>('button.card-body')];
  const current = stops.find((stop) => stop === document.activeElement) ?? stops[0];
  for (const stop of stops) stop.tabIndex = stop === current ? 0 : -1;
}

export function createGallery(door: Door): View {
  const list = element('ul', { class: 'gallery' });
  const title = element(
    'h2',
    { class: 'visually-hidden', id: 'gallery-title' },
    text('gallery.title'),
  );
  const root = element('section', { 'aria-labelledby': 'gallery-title' }, title, list);
  const shelves = new Map<number, Shelf>();
  let next: ReturnType<typeof setTimeout> | undefined;
  list.addEventListener('keydown', (event) => walk(list, event));
  list.addEventListener('focusin', () => keepOneStop(list));

  function shelfOf(picture: PictureEntry, before: HTMLElement | null): Shelf {
    const known = shelves.get(picture.id);
    if (known !== undefined) return known;
    const shelf = { item: element('li', { class: 'card' }), drawn: null };
    shelves.set(picture.id, shelf);
    if (before === null) list.prepend(shelf.item);
    else before.after(shelf.item);
    return shelf;
  }

  /** Takes away the cards of pictures that are gone. */
  function withdraw({ pictures }: State): void {
    const kept = new Set(pictures.map(({ id }) => id));
    for (const [id, { item }] of shelves) {
      if (kept.has(id)) continue;
      item.remove();
      shelves.delete(id);
    }
  }

  function update(state: State): void {
    root.hidden = state.pictures.length === 0;
    const labels = state.engine.kind === 'ready' ? state.engine.identity.model.labels : [];
    let hasChanged = false;
    let before: HTMLElement | null = null;
    let seen = 0;
    let budget = kMostCardsAtOnce;
    for (const picture of state.pictures) {
      if (budget === 0 && !shelves.has(picture.id)) continue;
      const shelf = shelfOf(picture, before);
      before = shelf.item;
      seen += 1;
      if (shelf.drawn === picture) continue;
      if (budget === 0) continue;
      budget -= 1;
      shelf.drawn = picture;
      hasChanged = true;
      const { id } = picture;
      fillCard(shelf.item, picture, labels, () => door.dispatch({ type: 'pictureOpened', id }));
    }
    if (seen < shelves.size) withdraw(state);
    if (hasChanged) keepOneStop(list);
    // The rest in the next turn, so that the page answers in between.
    clearTimeout(next);
    if (budget === 0) next = setTimeout(() => update(state));
  }

  return { root, update };
}
