// All pictures as cards. Only cards whose picture changed are drawn again; the arrow keys walk from
// card to card, so that a tab stop is one card and not a thousand.
import { text } from '../i18n';
import type { PictureEntry, State } from '../state';
import { fillCard } from './card';
import { element } from './element';
import type { Door, View } from './view';

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
  list.addEventListener('keydown', (event) => walk(list, event));
  list.addEventListener('focusin', () => keepOneStop(list));

  function shelfOf(picture: PictureEntry): Shelf {
    const known = shelves.get(picture.id);
    if (known !== undefined) return known;
    const shelf = { item: element('li', { class: 'card' }), drawn: null };
    shelves.set(picture.id, shelf);
    list.append(shelf.item);
    return shelf;
  }

  function update(state: State): void {
    root.hidden = state.pictures.length === 0;
    const labels = state.engine.kind === 'ready' ? state.engine.identity.model.labels : [];
    let hasChanged = false;
    if (state.pictures.length === 0 && shelves.size > 0) {
      shelves.clear();
      list.replaceChildren();
    }
    for (const picture of state.pictures) {
      const shelf = shelfOf(picture);
      if (shelf.drawn === picture) continue;
      shelf.drawn = picture;
      hasChanged = true;
      const { id } = picture;
      fillCard(shelf.item, picture, labels, () => door.dispatch({ type: 'pictureOpened', id }));
    }
    if (hasChanged) keepOneStop(list);
  }

  return { root, update };
}
