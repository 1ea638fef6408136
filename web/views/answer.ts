// The answer about one picture in words, the same wherever it is shown or spoken.
import { className, formatShare, text } from '../i18n';
import type { Cell } from '../messages';
import type { PictureEntry } from '../state';

export function topShare(cell: Cell): number {
  return Math.max(...cell.probabilities);
}

/** "Neutrophil, 97 %" or "Unsure, closest: Monocyte, 54 %". */
export function cellInWords(cell: Cell): string {
  const name = className(cell.label);
  const share = formatShare(topShare(cell));
  if (cell.verdict === 'classified') return `${name}, ${share}`;
  const closest = text('card.closest', { name });
  return `${text(`verdict.${cell.verdict}`)}, ${closest}, ${share}`;
}

export function pictureInWords(picture: PictureEntry): string {
  const { progress } = picture;
  switch (progress.kind) {
    case 'waiting':
      return text('card.waiting');
    case 'reading':
      return text('card.reading');
    case 'failed':
      return text(`error.${progress.failure.code}`, { what: progress.failure.what });
    case 'read': {
      const cells = progress.reading.cells.map(cellInWords);
      return cells.length === 0 ? text('card.no_cell') : cells.join('; ');
    }
  }
}
