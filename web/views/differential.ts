// The room of the differential: one question first, then shares with intervals, never a diagnosis.
import { html, nothing, type TemplateResult } from 'lit-html';
import { formatNumber, isTextKey, text, type TextKey } from '../i18n';
import {
  type Differential,
  hasErythroblasts,
  lackOf,
  type RangeSet,
  type Settings,
} from '../differential/differential';
import { countedIn, sourceOf, sourcesOf } from '../counted';
import type { Source } from '../differential/actions';
import type { State } from '../state';
import { table } from './differential_table';
import { element } from './element';
import { findings } from './findings';
import { templateView } from './lit';
import { noteWords } from './notes';
import { outputs } from './outputs';
import type { Door, View } from './view';

function change(door: Door, part: Partial<Settings>): void {
  door.dispatch({ type: 'settingsChanged', change: part });
}

function question({ isOneSmear }: Settings, door: Door): TemplateResult {
  const choice = (value: boolean, key: TextKey): TemplateResult =>
    html`<label>
      <input
        type="radio"
        name="one-smear"
        .checked=${isOneSmear === value}
        @change=${() => change(door, { isOneSmear: value })}
      />
      ${text(key)}
    </label>`;
  return html`<fieldset class="differential-question">
    <legend>${text('differential.question')}</legend>
    ${choice(true, 'differential.yes')} ${choice(false, 'differential.no')}
  </fieldset>`;
}

/** Which count this is, and the choice where there are two. */
function source(state: State, door: Door): TemplateResult | null {
  const sources = sourcesOf(state);
  const now = sourceOf(state);
  if (now === null || (sources.length === 1 && now === 'review')) return null;
  if (sources.length === 1) return html`<p>${text(`differential.source.${now}`)}</p>`;
  const choice = (one: Source): TemplateResult =>
    html`<label>
      <input
        type="radio"
        name="source"
        .checked=${one === now}
        @change=${() => door.dispatch({ type: 'sourceChosen', source: one })}
      />
      ${text(`differential.source.${one}`)}
    </label>`;
  return html`<fieldset class="differential-question">
    <legend>${text('differential.source')}</legend>
    ${sources.map(choice)}
  </fieldset>`;
}

/** Name, population and year. */
function rangeWords({ name, population, date }: RangeSet, language: string): string {
  const key = `population.${population.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
  return [name[language] ?? name.en, isTextKey(key) ? text(key) : population, date].join(', ');
}

function options(state: State, door: Door): TemplateResult {
  const { settings, ranges } = state.differential;
  const isWrong = lackOf({ ...settings, isOneSmear: true }) === 'white_count';
  return html`<div class="differential-options">
    <label>
      ${text('differential.white_count')}
      <input
        type="text"
        inputmode="decimal"
        autocomplete="off"
        name="white-count"
        .value=${settings.whiteCount}
        aria-invalid=${isWrong ? 'true' : nothing}
        @input=${(event: InputEvent) =>
          change(door, { whiteCount: (event.target as HTMLInputElement).value })}
      />
    </label>
    ${
      hasErythroblasts(countedIn(state))
        ? html`<label class="differential-check">
            <input
              type="checkbox"
              .checked=${settings.includesErythroblasts}
              @change=${(event: Event) =>
                change(door, {
                  includesErythroblasts: (event.target as HTMLInputElement).checked,
                })}
            />
            ${text('differential.includes_erythroblasts')}
          </label>`
        : null
    }
    <label>
      ${text('differential.range')}
      <select
        name="range"
        @change=${(event: Event) =>
          change(door, { range: (event.target as HTMLSelectElement).value })}
      >
        <option value="none" ?selected=${settings.range === 'none'}>
          ${text('differential.no_range')}
        </option>
        ${ranges.map(
          (set) =>
            html`<option value=${set.id} ?selected=${settings.range === set.id}>
              ${rangeWords(set, state.language)}
            </option>`,
        )}
      </select>
    </label>
    ${isWrong ? html`<p class="notice">${text('differential.lack.white_count')}</p>` : null}
  </div>`;
}

function result(state: State, made: Differential, door: Door): TemplateResult {
  return html`<p class="differential-status" data-status=${made.status}>
      <strong>${text(`differential.status.${made.status}`)}</strong>
      ${text('review.n', { n: formatNumber(made.n) })}
    </p>
    ${table(made)}
    <ul class="differential-notes">
      ${made.notes.map((note) => html`<li>${noteWords(note)}</li>`)}
    </ul>
    <p><a href="#about">${text('differential.help')}</a></p>
    ${outputs(state, door)} ${findings(made)}`;
}

function body(state: State, door: Door): TemplateResult {
  const { settings, result: made, error } = state.differential;
  if (sourceOf(state) === null) return html`<p>${text('differential.empty')}</p>`;
  const lack = lackOf(settings);
  return html`${source(state, door)} ${question(settings, door)}
  ${lack === 'question' ? null : options(state, door)}
  ${lack !== null || error === null ? null : html`<p class="notice">${text('differential.failed', { code: error })}</p>`}
  ${lack !== null || made === null ? null : result(state, made, door)}`;
}

export function createDifferential(door: Door): View {
  const content = element('div', { class: 'differential-content' });
  const view = templateView(
    content,
    ({ differential, review, tally, template }) => [
      differential,
      review.cells,
      review.own,
      tally,
      template,
    ],
    (state) => body(state, door),
  );
  const root = element(
    'section',
    { class: 'differential', 'aria-labelledby': 'differential-title' },
    element('h2', { id: 'differential-title' }, text('differential.title')),
    content,
  );
  return {
    root,
    update(state: State) {
      root.hidden = state.room !== 'differential';
      if (!root.hidden) view.update(state);
    },
  };
}
