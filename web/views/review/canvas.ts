// The picture of a field with the boxes of its cells. A press on a box takes the cursor there; while
// a cell is being added, a click places a box of the usual size and a drag draws one.
import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { text } from '../../i18n';
import type { Box } from '../../messages';
import { boxAround, boxBetween, cellsOf, type Point, usualSide, viewOf } from '../../review/field';
import { binOf, type CasePicture, type ReviewCell } from '../../review/review';
import { type Field, pictureOf, type State } from '../../state';
import type { Door } from '../view';
import { cellInWords } from './words';

function corners({ x, y, width, height }: Box): TemplateResult {
  const round = Math.min(width, height) * 0.06;
  const rect = (style: string): TemplateResult =>
    svg`<rect class=${style} x=${x} y=${y} width=${width} height=${height} rx=${round} />`;
  return svg`${rect('box-under')}${rect('box-over')}`;
}

function cellBox(cell: ReviewCell, state: State, door: Door): TemplateResult {
  const { review } = state;
  const hasCursor = cell.id === review.cursor;
  const isHidden = review.areSuggestionsHidden && cell.person === null;
  const choose = (): void => door.dispatch({ type: 'cursorMoved', to: cell.id, isRange: false });
  return svg`<g
    class="field-box ${hasCursor ? 'field-box-here' : ''}"
    data-id=${cell.id}
    data-class=${isHidden ? nothing : binOf(cell)}
    @click=${choose}
  >
    <title>${cellInWords(cell, review)}</title>
    ${corners(cell.box)}
  </g>`;
}

/** From a place on the screen to one in the picture. */
function pointOf(event: PointerEvent): Point {
  const drawing = event.currentTarget as SVGSVGElement;
  const toScreen = drawing.getScreenCTM();
  if (toScreen === null) return { x: 0, y: 0 };
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(toScreen.inverse());
  return { x, y };
}

interface Listeners {
  down(event: PointerEvent): void;
  move(event: PointerEvent): void;
  up(event: PointerEvent): void;
}

/** Where the pointer went down while a cell is added; of the one drag there can be. */
let pressed: Point | null = null;

function drawing(state: State, field: Field, picture: CasePicture, door: Door): Listeners {
  const toBox = (to: Point): Box =>
    (pressed === null ? null : boxBetween(pressed, to)) ??
    boxAround(pressed ?? to, usualSide(state.review, picture));
  return {
    down(event) {
      if (field.draft === null || event.button !== 0) return;
      event.preventDefault();
      pressed = pointOf(event);
      (event.currentTarget as SVGSVGElement).setPointerCapture(event.pointerId);
    },
    move(event) {
      if (field.draft === null || (pressed === null && event.pointerType !== 'mouse')) return;
      door.dispatch({ type: 'draftMoved', draft: toBox(pointOf(event)) });
    },
    up(event) {
      if (field.draft === null || pressed === null) return;
      const box = toBox(pointOf(event));
      pressed = null;
      door.dispatch({ type: 'cellAdded', picture: field.picture, box });
    },
  };
}

export function canvas(state: State, field: Field, door: Door): TemplateResult {
  const { review } = state;
  const picture = review.pictures.get(field.picture);
  const entry = pictureOf(state, field.picture);
  const preview =
    entry?.progress.kind === 'read' ? (state.closeUp ?? entry.progress.preview) : null;
  if (picture === undefined || preview === null) {
    return html`<p class="field-none">${text('field.not_at_hand')}</p>`;
  }
  const cells = cellsOf(review, field.picture);
  const here = cells.find(({ id }) => id === review.cursor);
  const { x, y, width, height } = viewOf(picture, here?.box ?? null, field.zoom);
  const listen = drawing(state, field, picture, door);
  // The one with the cursor is drawn last, above its neighbours.
  const inOrder = [...cells.filter((cell) => cell !== here), ...(here === undefined ? [] : [here])];
  return html`<svg
    class="field-picture ${field.draft === null ? '' : 'field-adding'}"
    viewBox="${x} ${y} ${width} ${height}"
    @pointerdown=${listen.down}
    @pointermove=${listen.move}
    @pointerup=${listen.up}
  >
    <title>${text('review.picture', { number: String(picture.number) })}</title>
    <image href=${preview.url} width=${picture.width} height=${picture.height} />
    ${inOrder.map((cell) => cellBox(cell, state, door))}
    ${field.draft === null ? nothing : svg`<g class="field-draft">${corners(field.draft)}</g>`}
  </svg>`;
}
