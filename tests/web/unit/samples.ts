// Small readings for the unit tests.
import type { Cell, EngineIdentity, ModelIdentity, Reading, Verdict } from '../../../web/messages';
import type { Shown } from '../../../web/state';

export const kPreview: Shown = { url: 'blob:preview', width: 320, height: 240 };

export const kModel: ModelIdentity = {
  name: 'four',
  version: '1',
  sha256: 'f'.repeat(64),
  trainingSet: 'drawings',
  labels: ['eosinophil', 'lymphocyte', 'monocyte', 'neutrophil'],
  sides: [],
  parameters: 1,
  multiplyAdds: 1,
  classifiedThreshold: 0.9,
  cropScale: 1.2,
};
export const kIdentity: EngineIdentity = {
  variant: 'simd',
  programVersion: '0.1.0',
  model: kModel,
};

export function cell(label: string, verdict: Verdict = 'classified'): Cell {
  const box = { x: 10, y: 20, width: 30, height: 40 };
  const evidence = { columns: 0, rows: 0, values: [] };
  return {
    box,
    label,
    verdict,
    probabilities: [0.1, 0.2, 0.3, 0.4],
    sides: [],
    evidence,
    found: 1,
  };
}

/** A cell whose class has this share, the rest going to the others evenly. */
export function sureCell(label: string, share: number, verdict: Verdict = 'classified'): Cell {
  const rest = (1 - share) / (kModel.labels.length - 1);
  const probabilities = kModel.labels.map((one) => (one === label ? share : rest));
  return { ...cell(label, verdict), probabilities };
}

export function reading(...cells: Cell[]): Reading {
  const times = { decode: 1, find: 2, classify: 3 };
  const scale = { umPerPx: 0, umPerPxLowest: 0, umPerPxHighest: 0 };
  const surroundings = { redCells: [], platelets: [], ...scale };
  return {
    width: 320,
    height: 240,
    format: 'PNG',
    decoder: 'stb_image',
    warnings: [],
    cells,
    surroundings,
    times,
  };
}
