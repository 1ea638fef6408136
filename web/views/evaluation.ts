// The room of the evaluation: how good the model's answers are on pictures whose class is known.
import { html, type TemplateResult } from 'lit-html';
import type { Table } from '../evaluation/actions';
import {
  type Figures,
  labelledIn,
  labelsOf,
  type Proportion,
  strangersIn,
  unsureIn,
} from '../evaluation/evaluation';
import { className, formatNumber, formatPercentage, plural, text, type TextKey } from '../i18n';
import { isFinished, type State } from '../state';
import { element } from './element';
import { glyph } from './glyph';
import { templateView } from './lit';
import { reliabilityPlot } from './reliability';
import type { Door, View } from './view';

const kNone = '–';
// Shades of the matrix: share of the row, in steps that the style sheet colours.
const kShades = 8;

function percent(share: number): string {
  return Number.isNaN(share) ? kNone : formatPercentage(100 * share);
}

function share({ hits, n }: Proportion): string {
  return n === 0 ? kNone : percent(hits / n);
}

function interval({ n, lower, upper }: Proportion): string {
  return n === 0 ? kNone : `${percent(lower)} – ${percent(upper)}`;
}

function figure(name: TextKey, value: string, beside: string, id: string): TemplateResult {
  return html`<div class="evaluation-figure" data-figure=${id}>
    <dt>${text(name)}</dt>
    <dd><strong>${value}</strong> <span>${beside}</span></dd>
  </div>`;
}

function summary(figures: Figures, unsure: number): TemplateResult {
  const { accuracy, meanRecall, calibrationError, unanswered } = figures;
  const hits = formatNumber(accuracy.hits);
  const of = plural('evaluation.of', accuracy.n, { hits, interval: interval(accuracy) });
  return html`<dl class="evaluation-figures">
    ${figure('evaluation.accuracy', share(accuracy), of, 'accuracy')}
    ${figure('evaluation.mean_recall', percent(meanRecall), text('evaluation.mean_recall.beside'), 'mean_recall')}
    ${figure('evaluation.ece', percent(calibrationError), text('evaluation.ece.beside'), 'ece')}
    ${figure('evaluation.unsure', formatNumber(unsure), text('evaluation.unsure.beside'), 'unsure')}
    ${figure('evaluation.no_cell', formatNumber(unanswered), text('evaluation.no_cell.beside'), 'no_cell')}
  </dl>`;
}

function classes({ recalls, precisions }: Figures, labels: readonly string[]): TemplateResult {
  const columns = ['class', 'n', 'recall', 'interval', 'precision', 'interval'] as const;
  const row = (label: string, index: number): TemplateResult | null => {
    const [recall, precision] = [recalls[index], precisions[index]];
    if (recall === undefined || precision === undefined) return null;
    return html`<tr data-class=${label}>
      <th scope="row">${glyph(label)} ${className(label)}</th>
      <td>${formatNumber(recall.n)}</td>
      <td>${share(recall)}</td>
      <td>${interval(recall)}</td>
      <td>${share(precision)}</td>
      <td>${interval(precision)}</td>
    </tr>`;
  };
  return html`<div class="evaluation-scroll" tabindex="0">
    <table class="evaluation-table">
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${text(`evaluation.column.${name}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${labels.map(row)}
      </tbody>
    </table>
  </div>`;
}

function matrix({ confusion }: Figures, labels: readonly string[]): TemplateResult {
  const cell = (count: number, all: number, isRight: boolean): TemplateResult => {
    const shade = all === 0 ? 0 : Math.ceil((kShades * count) / all);
    return html`<td data-shade=${shade} data-right=${isRight}>${formatNumber(count)}</td>`;
  };
  const row = (label: string, truth: number): TemplateResult => {
    const counts = confusion[truth] ?? [];
    const all = counts.reduce((sum, count) => sum + count, 0);
    return html`<tr data-class=${label}>
      <th scope="row">${glyph(label)} ${className(label)}</th>
      ${counts.map((count, answer) => cell(count, all, truth === answer))}
    </tr>`;
  };
  return html`<div class="evaluation-scroll" tabindex="0">
    <table class="evaluation-matrix">
      <thead>
        <tr>
          <th scope="col">${text('evaluation.matrix.corner')}</th>
          ${labels.map((label) => html`<th scope="col">${className(label)}</th>`)}
          <th scope="col">${text('evaluation.matrix.no_cell')}</th>
        </tr>
      </thead>
      <tbody>
        ${labels.map(row)}
      </tbody>
    </table>
  </div>`;
}

function ways(door: Door): TemplateResult {
  const way = (what: Table, isForExcel: boolean, words: TextKey): TemplateResult =>
    html`<button
      type="button"
      class="button button-small"
      data-output="evaluation_${what}${isForExcel ? '_excel' : ''}"
      @click=${() => door.takeEvaluation(what, isForExcel)}
    >
      ${text(words)}
    </button>`;
  const group = (what: Table): TemplateResult =>
    html`<div class="output" role="group" aria-label=${text(`evaluation.save.${what}`)}>
      <span class="output-title">${text(`evaluation.save.${what}`)}</span>
      <div class="buttons">
        ${way(what, false, 'export.csv')} ${way(what, true, 'export.excel')}
      </div>
    </div>`;
  return html`<section class="outputs">${group('figures')} ${group('pictures')}</section>`;
}

function notes(state: State): TemplateResult {
  const labelled = labelledIn(state);
  const unread = labelled.filter(({ picture }) => picture.progress.kind === 'failed').length;
  const waits = labelled.filter(({ picture }) => !isFinished(picture)).length;
  const missing = labelsOf(state).filter((_, index) =>
    labelled.every(({ truth }) => truth !== index),
  );
  const strange = strangersIn(state);
  const line = (isThere: boolean, words: () => string): TemplateResult | null =>
    isThere ? html`<li>${words()}</li>` : null;
  return html`<ul class="evaluation-notes">
    ${line(waits > 0, () => plural('evaluation.waits', waits))}
    ${line(unread > 0, () => plural('evaluation.unread', unread))}
    ${line(strange.length > 0, () => text('evaluation.strange', { names: strange.join(', ') }))}
    ${line(missing.length > 0, () => text('evaluation.missing', { names: missing.map(className).join(', ') }))}
    <li>${text('evaluation.intervals')}</li>
  </ul>`;
}

function result(state: State, figures: Figures, door: Door): TemplateResult {
  const labels = labelsOf(state);
  return html`${summary(figures, unsureIn(state))} ${notes(state)}
    <h3>${text('evaluation.classes')}</h3>
    ${classes(figures, labels)}
    <h3>${text('evaluation.matrix')}</h3>
    ${matrix(figures, labels)}
    <h3>${text('evaluation.reliability')}</h3>
    <p class="hint">${text('evaluation.reliability.how')}</p>
    <div class="evaluation-plot">${reliabilityPlot(figures.reliability)}</div>
    <h3>${text('evaluation.save')}</h3>
    ${ways(door)}`;
}

function body(state: State, door: Door): TemplateResult {
  const { figures, error } = state.evaluation;
  const isEmpty = labelledIn(state).length === 0;
  return html`<p>${text('evaluation.lead')}</p>
    ${
      isEmpty
        ? html`<p class="hint">
            ${text('evaluation.empty', { names: labelsOf(state).join(', ') })}
          </p>`
        : null
    }
    <div class="buttons">
      <button
        type="button"
        class=${isEmpty ? 'button button-main' : 'button'}
        @click=${() => door.chooseFolder()}
      >
        ${text('evaluation.choose')}
      </button>
    </div>
    ${error === null ? null : html`<p class="notice">${text('evaluation.failed', { error })}</p>`}
    ${isEmpty || figures === null ? null : result(state, figures, door)}`;
}

export function createEvaluation(door: Door): View {
  const content = element('div', { class: 'evaluation-content' });
  const view = templateView(
    content,
    ({ evaluation, pictures, engine }) => [evaluation, pictures, engine],
    (state) => body(state, door),
  );
  const root = element(
    'section',
    { class: 'evaluation', 'aria-labelledby': 'evaluation-title' },
    element('h2', { id: 'evaluation-title' }, text('evaluation.title')),
    content,
  );
  return {
    root,
    update(state: State) {
      root.hidden = state.room !== 'evaluation';
      if (!root.hidden) view.update(state);
    },
  };
}
