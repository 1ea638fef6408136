// Tables of an evaluation: its figures one a row, and the labelled pictures with their answers.
import {
  cellOf,
  type Figures,
  type Labelled,
  labelledIn,
  labelsOf,
  type Proportion,
} from '../evaluation/evaluation';
import type { PictureKey } from '../review/review';
import type { State } from '../state';
import type { Field } from './csv';
import { modelsWords, type Provenance } from './provenance';

const kFigureHead =
  'measure class answer from to hits n share lower upper confidence models program intended_use';

function shareOf({ hits, n, lower, upper }: Proportion): Field[] {
  return n === 0 ? [hits, n, null, null, null] : [hits, n, hits / n, lower, upper];
}

/** What is not a number has no field. */
function known(value: number): Field {
  return Number.isFinite(value) ? value : null;
}

/** The header and a row for each figure; counts of the confusion matrix stand under "hits". */
export function figureRows(
  figures: Figures,
  labels: readonly string[],
  from: Provenance,
): Field[][] {
  const tail: Field[] = [modelsWords(from), from.program, from.intendedUse];
  const none = (count: number): Field[] => Array<Field>(count).fill(null);
  const share = (measure: string, label: Field, part: Proportion): Field[] => [
    measure,
    label,
    ...none(3),
    ...shareOf(part),
    null,
    ...tail,
  ];
  const single = (measure: string, value: number): Field[] => [
    measure,
    ...none(6),
    known(value),
    ...none(3),
    ...tail,
  ];
  const { recalls, precisions, confusion, reliability } = figures;
  const rows = [
    kFigureHead.split(' '),
    share('accuracy', null, figures.accuracy),
    single('mean_recall', figures.meanRecall),
    single('expected_calibration_error', figures.calibrationError),
    ...recalls.map((part, index) => share('recall', labels[index] ?? null, part)),
    ...precisions.map((part, index) => share('precision', labels[index] ?? null, part)),
  ];
  const answers = [...labels, 'no_cell_found'];
  for (const [truth, row] of confusion.entries()) {
    for (const [answer, count] of row.entries()) {
      const names = [labels[truth] ?? null, answers[answer] ?? null];
      rows.push(['confusion', ...names, ...none(2), count, ...none(5), ...tail]);
    }
  }
  for (const { from: low, to, answers: n, confidence, accuracy } of reliability) {
    const bin = [low, to, Math.round(n === 0 ? 0 : n * accuracy), n, known(accuracy)];
    rows.push(['reliability', ...none(2), ...bin, ...none(2), known(confidence), ...tail]);
  }
  return rows;
}

/** The header and a row for each labelled picture, also for one that could not be read. */
export function pictureRows(
  state: State,
  names: ReadonlyMap<PictureKey, string>,
  from: Provenance,
): Field[][] {
  const labels = labelsOf(state);
  const hasNames = names.size > 0;
  const head = ['picture', ...(hasNames ? ['name'] : []), 'picture_sha256', 'class', 'answer'];
  head.push('verdict', 'right', 'problem', ...labels.map((label) => `p_${label}`));
  const row = ({ picture, truth }: Labelled, index: number): Field[] => {
    const { progress } = picture;
    const cell = cellOf(picture);
    const key = progress.kind === 'read' ? progress.key : '';
    const isRead = progress.kind === 'read';
    return [
      index + 1,
      ...(hasNames ? [names.get(key) ?? null] : []),
      key === '' ? null : key,
      labels[truth] ?? null,
      cell?.label ?? null,
      cell?.verdict ?? null,
      isRead ? String(cell?.label === labels[truth]) : null,
      progress.kind === 'failed'
        ? progress.failure.code
        : isRead && cell === null
          ? 'no_cell_found'
          : null,
      ...labels.map((_, at) => cell?.probabilities[at] ?? null),
      modelsWords(from),
      from.program,
      from.intendedUse,
    ];
  };
  return [[...head, 'models', 'program', 'intended_use'], ...labelledIn(state).map(row)];
}
