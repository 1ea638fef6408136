// Above the gallery: how far the review is, undo and redo by name, suggestions, keys.
import { html, type TemplateResult } from 'lit-html';
import { formatNumber, text } from '../../i18n';
import { lastDone, lastUndone } from '../../review/history';
import type { State } from '../../state';
import { element } from '../element';
import { templateView } from '../lit';
import type { Door, View } from '../view';
import { changeInWords, chips } from './words';

function progress({ review }: State): TemplateResult {
  const cells = [...review.cells.values()].filter(({ isThere }) => isThere);
  const done = cells.filter(({ person }) => person !== null).length;
  const gaps = { done: formatNumber(done), total: formatNumber(cells.length) };
  return html`<div class="review-progress">
    <p>${text('review.progress', gaps)}</p>
    <progress
      max=${Math.max(1, cells.length)}
      value=${done}
      aria-label=${text('review.progress_label')}
    ></progress>
  </div>`;
}

function step(state: State, name: 'undo' | 'redo', door: Door): TemplateResult {
  const { review } = state;
  const change = name === 'undo' ? lastDone(review.history) : lastUndone(review.history);
  const words = change === null ? '' : changeInWords(change.name, review);
  const label = change === null ? text(`command.${name}`) : text(`review.${name}`, { words });
  return html`<button
    type="button"
    class="button step"
    data-command=${name}
    ?disabled=${change === null}
    @click=${() => door.command(name)}
  >
    <span class="step-words">${label}</span>
    <span class="keys">${chips(state, name, 1)}</span>
  </button>`;
}

function bar(state: State, door: Door): TemplateResult {
  const { areSuggestionsHidden, history, cells } = state.review;
  const last = lastDone(history);
  return html`
    ${cells.size === 0 ? null : progress(state)}
    <div class="steps">${step(state, 'undo', door)} ${step(state, 'redo', door)}</div>
    <div class="review-tools">
      <button
        type="button"
        class="button"
        aria-pressed=${areSuggestionsHidden ? 'true' : 'false'}
        @click=${() => door.command('hide')}
      >
        ${text('review.hide')}
      </button>
      <button type="button" class="button" @click=${() => door.command('keys')}>
        ${text('command.keys')} <span class="keys">${chips(state, 'keys', 1)}</span>
      </button>
    </div>
    <p class="visually-hidden" role="status">
      ${last === null ? '' : changeInWords(last.name, state.review)}
    </p>
  `;
}

export function createReviewBar(door: Door): View {
  const root = element('div', { class: 'review-bar' });
  return templateView(
    root,
    ({ review, keys }) => [review, keys],
    (state) => bar(state, door),
  );
}
