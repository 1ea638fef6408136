// A picture with its cells outlined, numbered and named, and where the answers come from below it.
import type { Box } from '../messages';

export interface Outlined {
  readonly box: Box;
  /** Such as "12 Neutrophil". */
  readonly words: string;
}

interface Canvas {
  readonly context: OffscreenCanvasRenderingContext2D;
  /** Thickness of a line; other sizes are told in it. */
  readonly line: number;
}

const kPaper = '#ffffff';
const kInk = '#15141a';

/** Dark and light, so that one of them stands out from whatever lies below. */
function outline({ context, line }: Canvas, { x, y, width, height }: Box): void {
  for (const [colour, thickness] of [
    [kInk, 3 * line],
    [kPaper, line],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.strokeRect(x, y, width, height);
  }
}

function label({ context, line }: Canvas, { box, words }: Outlined, sides: Box): void {
  const height = 9 * line;
  context.font = `600 ${height}px system-ui, sans-serif`;
  context.textBaseline = 'bottom';
  const width = context.measureText(words).width + 4 * line;
  const x = Math.max(0, Math.min(box.x, sides.width - width));
  const above = box.y - 2 * line;
  const y =
    above - height < 0 ? Math.min(box.y + box.height + height + 4 * line, sides.height) : above;
  context.fillStyle = kInk;
  context.fillRect(x, y - height - line, width, height + 2 * line);
  context.fillStyle = kPaper;
  context.fillText(words, x + 2 * line, y);
}

/** How many letters of a word fit, at least one. */
function fitting(context: OffscreenCanvasRenderingContext2D, word: string, width: number): number {
  let count = word.length;
  while (count > 1 && context.measureText(word.slice(0, count)).width > width) count -= 1;
  return count;
}

/** Breaks words into lines no wider than `width`; a longer word, such as a hash, is cut. */
function lines(context: OffscreenCanvasRenderingContext2D, words: string, width: number): string[] {
  const found: string[] = [];
  let now = '';
  for (const word of words.split(' ')) {
    const longer = now === '' ? word : `${now} ${word}`;
    const fits = context.measureText(longer).width <= width;
    if (!fits && now !== '') found.push(now);
    now = fits ? longer : word;
    for (let cut = fitting(context, now, width); cut < now.length;) {
      found.push(now.slice(0, cut));
      now = now.slice(cut);
      cut = fitting(context, now, width);
    }
  }
  return [...found, now];
}

/** PNG of the same pixels, with a strip below them. */
export async function annotated(
  picture: Blob,
  cells: readonly Outlined[],
  footer: string,
): Promise<Blob> {
  const pixels = await createImageBitmap(picture);
  const { width, height } = pixels;
  const line = Math.max(1, Math.round(Math.max(width, height) / 640));
  const size = 8 * line;
  const probe = new OffscreenCanvas(1, 1).getContext('2d');
  if (probe === null) throw new Error('no 2d canvas');
  probe.font = `${size}px system-ui, sans-serif`;
  const below = lines(probe, footer, width - 2 * size);
  const canvas = new OffscreenCanvas(width, height + Math.ceil((below.length + 1) * size * 1.35));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d canvas');
  context.fillStyle = kPaper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(pixels, 0, 0);
  pixels.close();
  for (const { box } of cells) outline({ context, line }, box);
  for (const one of cells) label({ context, line }, one, { x: 0, y: 0, width, height });
  context.font = probe.font;
  context.textBaseline = 'top';
  context.fillStyle = kInk;
  for (const [at, words] of below.entries()) {
    context.fillText(words, size, height + size * (0.5 + at * 1.35));
  }
  return canvas.convertToBlob({ type: 'image/png' });
}
