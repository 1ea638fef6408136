// The ways out of the page for what was counted: words to copy, files to save, paper.
import { html, type TemplateResult } from 'lit-html';
import { sourceOf } from '../counted';
import { kGaps, unknownGaps } from '../export/sentence';
import type { Outcome } from '../export/outcome';
import { text, type TextKey } from '../i18n';
import { sentenceOf, templateOf } from '../export/told';
import type { State } from '../state';
import type { Door } from './view';

type Way = readonly [Outcome, TextKey];

const kToCopy: readonly Way[] = [
  ['sentence', 'export.sentence'],
  ['table', 'export.table'],
];
const kOfClasses: readonly Way[] = [
  ['classes', 'export.csv'],
  ['classes_excel', 'export.excel'],
  ['json', 'export.json'],
  ['fhir', 'export.fhir'],
];
const kOfCells: readonly Way[] = [
  ['cells', 'export.csv'],
  ['cells_excel', 'export.excel'],
  ['pictures', 'export.pictures'],
];
const kToPrint: readonly Way[] = [['print', 'export.print']];

function group(title: TextKey, ways: readonly Way[], door: Door): TemplateResult {
  return html`<div class="output" role="group" aria-label=${text(title)}>
    <span class="output-title">${text(title)}</span>
    <div class="buttons">
      ${ways.map(
        ([what, words]) =>
          html`<button
            type="button"
            class="button button-small"
            data-output=${what}
            @click=${() => door.takeOut(what)}
          >
            ${text(words)}
          </button>`,
      )}
    </div>
  </div>`;
}

function template(state: State, door: Door): TemplateResult {
  const unknown = unknownGaps(templateOf(state));
  const change = (words: string): void =>
    door.dispatch({ type: 'templateChanged', template: words });
  return html`<details class="output-template">
    <summary>${text('export.template.title')}</summary>
    <p class="output-sentence">${sentenceOf(state)}</p>
    <label>
      ${text('export.template.label')}
      <textarea
        rows="3"
        spellcheck="false"
        .value=${templateOf(state)}
        @change=${(event: Event) => change((event.target as HTMLTextAreaElement).value)}
      ></textarea>
    </label>
    <p class="hint">
      ${text('export.template.gaps', { names: kGaps.map((gap) => `{${gap}}`).join(' ') })}
    </p>
    ${
      unknown.length === 0
        ? null
        : html`<p class="notice">
            ${text('export.template.unknown', { names: unknown.join(', ') })}
          </p>`
    }
    <button type="button" class="button button-small" @click=${() => change('')}>
      ${text('export.template.reset')}
    </button>
  </details>`;
}

export function outputs(state: State, door: Door): TemplateResult {
  const hasCells = sourceOf(state) === 'review';
  return html`<section class="outputs" aria-labelledby="outputs-title">
    <h3 id="outputs-title">${text('export.title')}</h3>
    ${group('export.to_copy', kToCopy, door)} ${template(state, door)}
    ${group('export.of_classes', kOfClasses, door)}
    ${hasCells ? group('export.of_cells', kOfCells, door) : null}
    ${group('export.to_print', kToPrint, door)}
  </section>`;
}
