// The room of the differential: one question first, then shares with intervals, never a diagnosis.
import { html, nothing, type TemplateResult } from 'lit-html';
import { className, formatNumber, plural, text, type TextKey } from '../i18n';
import {
  type Differential,
  type Format,
  hasErythroblasts,
  kFormats,
  lackOf,
  type Pair,
  type Settings,
} from '../differential/differential';
import { countedIn, sourceOf, sourcesOf } from '../counted';
import type { Source } from '../differential/actions';
import type { State } from '../state';
import { element } from './element';
import { glyph } from './glyph';
import { templateView } from './lit';
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
              ${set.name.en}, ${set.population}, ${set.date}
            </option>`,
        )}
      </select>
    </label>
    ${isWrong ? html`<p class="notice">${text('differential.lack.white_count')}</p>` : null}
  </div>`;
}

const kNone = '–';

function pair(interval: Pair | null): string {
  if (interval === null) return kNone;
  return `${formatNumber(interval[0])} – ${formatNumber(interval[1])}`;
}

function number(value: number | null): string {
  return value === null ? kNone : formatNumber(value);
}

function row(one: Differential['classes'][number]): TemplateResult {
  const more = one.count_more;
  return html`<tr data-class=${one.class} data-flag=${one.flag}>
    <th scope="row">${glyph(one.class)} ${className(one.class)}</th>
    <td>${formatNumber(one.count)}</td>
    <td>${number(one.percent)}</td>
    <td>${pair(one.interval)}</td>
    <td>${number(one.absolute)}</td>
    <td>${pair(one.absolute_interval)}</td>
    <td>
      ${one.flag === 'none' ? null : text(`differential.flag.${one.flag}`)}
      ${more === null ? null : plural('differential.count_more', more)}
    </td>
  </tr>`;
}

const kColumns = [
  'class',
  'count',
  'percent',
  'interval',
  'absolute',
  'absolute_interval',
  'flag',
] as const;

function table({ classes, per_100 }: Differential): TemplateResult {
  const beside = Object.entries(per_100);
  return html`<div class="differential-scroll" tabindex="0">
      <table class="differential-table">
        <thead>
          <tr>
            ${kColumns.map((name) => html`<th scope="col">${text(`differential.column.${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${classes.map(row)}
        </tbody>
      </table>
    </div>
    ${beside.map(
      ([name, value]) =>
        html`<p>${className(name)}: ${text('differential.per_100', { count: number(value) })}</p>`,
    )}`;
}

function outputs(door: Door): TemplateResult {
  const take = (format: Format): TemplateResult =>
    html`<button type="button" class="button" @click=${() => door.takeDifferential(format)}>
      ${text(`differential.take.${format}`)}
    </button>`;
  return html`<div class="buttons">${kFormats.map(take)}</div>`;
}

function result(made: Differential, door: Door): TemplateResult {
  return html`<p class="differential-status" data-status=${made.status}>
      <strong>${text(`differential.status.${made.status}`)}</strong>
      ${text('review.n', { n: formatNumber(made.n) })}
    </p>
    ${table(made)}
    <ul class="differential-notes">
      ${made.notes.map(({ text: words }) => html`<li>${words}</li>`)}
    </ul>
    ${outputs(door)}`;
}

function body(state: State, door: Door): TemplateResult {
  const { settings, result: made, error } = state.differential;
  if (sourceOf(state) === null) return html`<p>${text('differential.empty')}</p>`;
  const lack = lackOf(settings);
  return html`${source(state, door)} ${question(settings, door)}
  ${lack === 'question' ? null : options(state, door)}
  ${lack !== null || error === null ? null : html`<p class="notice">${text('differential.failed', { code: error })}</p>`}
  ${lack !== null || made === null ? null : result(made, door)}`;
}

export function createDifferential(door: Door): View {
  const content = element('div', { class: 'differential-content' });
  const view = templateView(
    content,
    ({ differential, review, tally }) => [differential, review.cells, review.own, tally],
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
