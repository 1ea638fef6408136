// Takes results out of the page: copies words, saves files, prints.
import { download } from './case/file';
import { pack } from './case/archive';
import type { Table } from './evaluation/actions';
import { labelsOf } from './evaluation/evaluation';
import { sourceOf } from './counted';
import { cellRows } from './export/cells';
import { excelOf, fromCsv, kRfc4180, toCsv } from './export/csv';
import { figureRows, pictureRows } from './export/evaluation';
import type { Outcome } from './export/outcome';
import { annotated, type Outlined } from './export/picture';
import { sourceWords } from './export/provenance';
import { provenanceOf, sentenceOf } from './export/told';
import { className, locale, text } from './i18n';
import type { Reckoning } from './reckoning';
import { binsOf } from './review/groups';
import { binOf, type PictureKey } from './review/review';
import type { State } from './state';

export interface OutletPage {
  state(): State;
  reckoning: Reckoning;
  /** Of the pictures, by their keys; empty unless the person chose to keep names. */
  names(): ReadonlyMap<PictureKey, string>;
  pixelsOf(key: PictureKey): Promise<Blob | null>;
}

async function copy(wanted: Promise<string | null>): Promise<void> {
  const words = await wanted;
  if (words !== null) await navigator.clipboard.writeText(words);
}

async function save(ending: string, type: string, wanted: Promise<string | null>): Promise<void> {
  const words = await wanted;
  const name = `${text('export.file_name')}${ending}`;
  if (words !== null) download(name, new Blob([words], { type }));
}

function outlinedIn(state: State, key: PictureKey): Outlined[] {
  const names = new Map(binsOf(state.review).map((bin) => [bin.id, bin.ownName]));
  const cells = [...state.review.cells.values()].filter(
    (cell) => cell.isThere && cell.picture === key,
  );
  return cells.map((cell) => {
    const id = binOf(cell);
    const looked = cell.person === null ? ` (${text('export.not_looked_at')})` : '';
    return { box: cell.box, words: `${cell.id} ${names.get(id) ?? className(id)}${looked}` };
  });
}

function fileNumber(number: number): string {
  return String(number).padStart(4, '0');
}

/** Every picture at hand with its cells outlined, one after the other. */
async function* pictureMembers({ state, pixelsOf }: OutletPage) {
  const now = state();
  const footer = `${sourceWords(provenanceOf(now))}. ${text('case.intended_use')}`;
  for (const { key, number } of now.review.pictures.values()) {
    const pixels = await pixelsOf(key);
    if (pixels === null) continue;
    const made = await annotated(pixels, outlinedIn(now, key), footer);
    yield {
      name: `${text('export.picture_name')} ${fileNumber(number)}.png`,
      bytes: new Uint8Array(await made.arrayBuffer()),
    };
  }
}

async function savePictures(page: OutletPage): Promise<void> {
  if (page.state().review.pictures.size > 1) {
    const archive = await pack(pictureMembers(page), Date.now());
    return download(`${text('export.picture_name')}.zip`, archive);
  }
  for await (const { name, bytes } of pictureMembers(page)) {
    download(name, new Blob([bytes], { type: 'image/png' }));
  }
}

export function takeOut(what: Outcome, page: OutletPage): void {
  const { reckoning } = page;
  const state = page.state();
  const excel = excelOf(locale());
  const cells = (dialect = kRfc4180): string =>
    toCsv(cellRows(state.review, { names: page.names(), from: provenanceOf(state) }), dialect);
  const csv = (): Promise<string | null> => reckoning.write('csv', state);
  const excelCsv = async (): Promise<string> => toCsv(fromCsv((await csv()) ?? ''), excel);
  const ways: Readonly<Record<Outcome, () => unknown>> = {
    sentence: () => copy(Promise.resolve(sentenceOf(state))),
    table: () => copy(reckoning.write('text', state)),
    classes: () => save('.csv', 'text/csv', csv()),
    classes_excel: () => save(' (Excel).csv', 'text/csv', excelCsv()),
    json: () => save('.json', 'application/json', reckoning.write('json', state)),
    fhir: () => save('.fhir.json', 'application/fhir+json', reckoning.write('fhir', state)),
    cells: () => save(` ${text('export.cells_name')}.csv`, 'text/csv', Promise.resolve(cells())),
    cells_excel: () =>
      save(` ${text('export.cells_name')} (Excel).csv`, 'text/csv', Promise.resolve(cells(excel))),
    pictures: () => void savePictures(page),
    print: () => window.print(),
  };
  if (sourceOf(state) !== null) ways[what]();
}

/** `names`: of the pictures, by their keys; empty unless the person chose to keep names. */
export function takeEvaluation(
  what: Table,
  isForExcel: boolean,
  state: State,
  names: ReadonlyMap<PictureKey, string>,
): void {
  const { figures } = state.evaluation;
  if (figures === null) return;
  const from = provenanceOf(state);
  const isOfFigures = what === 'figures';
  const rows = isOfFigures
    ? figureRows(figures, labelsOf(state), from)
    : pictureRows(state, names, from);
  const name = text(isOfFigures ? 'evaluation.file.figures' : 'evaluation.file.pictures');
  const dialect = isForExcel ? excelOf(locale()) : kRfc4180;
  const words = toCsv(rows, dialect);
  download(`${name}${isForExcel ? ' (Excel)' : ''}.csv`, new Blob([words], { type: 'text/csv' }));
}
