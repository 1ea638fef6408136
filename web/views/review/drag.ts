// Dragging cells to a bin or a group; it files the same way as a key does.
import type { BinId } from '../../review/bins';
import { type CellId, type Review } from '../../review/review';
import { selectedCells } from '../../review/groups';
import type { Door } from '../view';

const kType = 'application/x-leukolens-cells';

export interface DropTarget {
  over(event: DragEvent): void;
  leave(event: DragEvent): void;
  drop(event: DragEvent): void;
}

/** Takes the selected cells along if the dragged one is among them. */
export function startDrag(event: DragEvent, id: CellId, review: Review): void {
  const selected = selectedCells(review).map((cell) => cell.id);
  const ids = selected.includes(id) ? selected : [id];
  event.dataTransfer?.setData(kType, JSON.stringify(ids));
  if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'move';
}

export function dropTarget(bin: BinId, door: Door): DropTarget {
  const mark = (event: DragEvent, isOver: boolean): void => {
    (event.currentTarget as HTMLElement).classList.toggle('drop-here', isOver);
  };
  return {
    over(event) {
      if (event.dataTransfer?.types.includes(kType) !== true) return;
      event.preventDefault();
      mark(event, true);
    },
    leave: (event) => mark(event, false),
    drop(event) {
      mark(event, false);
      const ids = event.dataTransfer?.getData(kType) ?? '';
      if (ids === '') return;
      event.preventDefault();
      door.dispatch({
        type: 'cellsFiled',
        ids: JSON.parse(ids) as CellId[],
        bin,
        atMs: Date.now(),
      });
    },
  };
}
