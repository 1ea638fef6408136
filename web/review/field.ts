// Geometry of a cell in its field: what part of the picture is in view, and the box of a cell that
// is added by hand. All in pixels of the picture.
import type { Box } from '../messages';
import { type CasePicture, type PictureKey, type Review, type ReviewCell } from './review';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Side of the closest view / longer side of the box. */
const kClosest = 1.8;
export const kMaxZoom = 2;
/** A cell without any other beside it to go by, as a part of the picture's shorter side. */
const kUsualPart = 0.3;
/** Less is a slip of the hand. */
const kMinSidePx = 8;

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

export function cellsOf(review: Review, key: PictureKey): readonly ReviewCell[] {
  return [...review.cells.values()].filter((cell) => cell.isThere && cell.picture === key);
}

/** The part of the picture to show: the whole of it, or a square around the box. */
export function viewOf(picture: CasePicture, box: Box | null, zoom: number): Box {
  const { width, height } = picture;
  const whole = Math.max(width, height);
  const closest = Math.min(whole, Math.max(box?.width ?? whole, box?.height ?? whole) * kClosest);
  if (box === null || zoom === 0) return { x: 0, y: 0, width, height };
  // Steps of equal magnification.
  const side = whole * (closest / whole) ** (zoom / kMaxZoom);
  // Within the picture as far as it goes, so that no room is spent on what is not there.
  const from = (middle: number, length: number): number =>
    side >= length ? (length - side) / 2 : clamp(middle - side / 2, 0, length - side);
  const x = from(box.x + box.width / 2, width);
  const y = from(box.y + box.height / 2, height);
  return { x, y, width: side, height: side };
}

/** How large cells are here: the median of this picture, or of all, or a usual part of it. */
export function usualSide(review: Review, picture: CasePicture): number {
  const here = cellsOf(review, picture.key);
  const known = here.length > 0 ? here : [...review.cells.values()];
  const sides = known.map(({ box }) => Math.max(box.width, box.height)).sort((a, b) => a - b);
  const shorter = Math.min(picture.width, picture.height);
  const side = sides[Math.floor(sides.length / 2)] ?? shorter * kUsualPart;
  return Math.round(clamp(side, kMinSidePx, shorter));
}

export function boxAround({ x, y }: Point, side: number): Box {
  const [left, top] = [Math.round(x - side / 2), Math.round(y - side / 2)];
  return { x: left, y: top, width: side, height: side };
}

/** The box between two corners, or null if it is too small to be meant. */
export function boxBetween(a: Point, b: Point): Box | null {
  const [x, y] = [Math.round(Math.min(a.x, b.x)), Math.round(Math.min(a.y, b.y))];
  const width = Math.round(Math.abs(a.x - b.x));
  const height = Math.round(Math.abs(a.y - b.y));
  return Math.min(width, height) < kMinSidePx ? null : { x, y, width, height };
}

/** Moves a box by parts of its size, its middle staying in the picture. */
export function movedBox(box: Box, picture: CasePicture, right: number, down: number): Box {
  const middleX = box.x + box.width * (0.5 + right);
  const middleY = box.y + box.height * (0.5 + down);
  return {
    ...box,
    x: Math.round(clamp(middleX, 0, picture.width) - box.width / 2),
    y: Math.round(clamp(middleY, 0, picture.height) - box.height / 2),
  };
}

/** Grows or shrinks a box around its middle. */
export function scaledBox(box: Box, picture: CasePicture, factor: number): Box {
  const shorter = Math.min(picture.width, picture.height);
  const side = Math.round(clamp(Math.max(box.width, box.height) * factor, kMinSidePx, shorter));
  return boxAround({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, side);
}
