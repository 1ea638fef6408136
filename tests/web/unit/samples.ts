// Small readings for the unit tests.
import type { Cell, Reading, Verdict } from '../../../web/messages';
import type { Shown } from '../../../web/state';

export const kPreview: Shown = { url: 'blob:preview', width: 320, height: 240 };

export function cell(label: string, verdict: Verdict = 'classified'): Cell {
  const box = { x: 10, y: 20, width: 30, height: 40 };
  return { box, label, verdict, probabilities: [0.1, 0.2, 0.3, 0.4] };
}

export function reading(...cells: Cell[]): Reading {
  const times = { decode: 1, find: 2, classify: 3 };
  return { width: 320, height: 240, format: 'PNG', warnings: [], cells, times };
}
