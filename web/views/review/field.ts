// A picture with all its cells, large: look at a cell in its field, add one that was missed, remove
// one that is none. The bins stand beside it as in the gallery.
import { html, type TemplateResult } from 'lit-html';
import { formatDate, plural, text } from '../../i18n';
import { cellsOf } from '../../review/field';
import { binOf, type ReviewCell } from '../../review/review';
import { type Field, pictureOf, type State } from '../../state';
import { element } from '../element';
import { templateView } from '../lit';
import type { Door, View } from '../view';
import { canvas } from './canvas';
import { createRail } from './rail';
import { binNameOf, chips, modelInWords } from './words';

function press(state: State, command: string, style: string, door: Door): TemplateResult {
  return html`<button
    type="button"
    class="button ${style}"
    data-command=${command}
    @click=${() => door.command(command)}
  >
    ${text(`field.${command}` as 'field.startAdding')}
    <span class="keys">${chips(state, command, 1)}</span>
  </button>`;
}

function title({ review }: State, { picture }: Field): string {
  const number = String(review.pictures.get(picture)?.number ?? '');
  const name = text('review.picture_title', { number });
  return `${name} · ${plural('field.cells', cellsOf(review, picture).length)}`;
}

function head(state: State, field: Field, door: Door): TemplateResult {
  const entry = pictureOf(state, field.picture);
  return html`
    <h2 id="field-title" tabindex="-1">${title(state, field)}</h2>
    ${entry === null ? null : html`<span class="detail-position">${entry.name}</span>`}
    <button
      type="button"
      class="icon-button"
      title=${text('command.close_field')}
      aria-label=${text('command.close_field')}
      @click=${() => door.command(field.draft === null ? 'closeField' : 'cancelAdding')}
    >
      ×
    </button>
  `;
}

function answers(cell: ReviewCell, { review }: State): TemplateResult {
  const { person, model } = cell;
  const mine =
    person === null
      ? text('field.no_answer')
      : text('field.my_answer', {
          name: binNameOf(review, person.bin),
          time: formatDate(person.atMs),
        });
  const suggestion =
    model === null || review.areSuggestionsHidden ? null : modelInWords(cell, model);
  return html`
    <p class="field-answer" data-class=${person === null ? 'unsure' : binOf(cell)}>${mine}</p>
    ${suggestion === null ? null : html`<p class="hint">${suggestion}</p>`}
  `;
}

function foot(state: State, field: Field, door: Door): TemplateResult {
  if (field.draft !== null) {
    return html`
      <p class="field-answer">${text('field.adding')}</p>
      <div class="buttons">
        ${press(state, 'addDraft', 'button-main', door)} ${press(state, 'cancelAdding', '', door)}
      </div>
    `;
  }
  const { review } = state;
  const cell = review.cursor === null ? undefined : review.cells.get(review.cursor);
  return html`
    <div>${cell === undefined ? text('field.none') : answers(cell, state)}</div>
    <div class="buttons">
      ${['left', 'right', 'zoomIn', 'zoomOut', 'remove', 'startAdding'].map((command) =>
        press(state, command, command === 'startAdding' ? 'button-main' : '', door),
      )}
    </div>
  `;
}

type Part = (state: State, field: Field, door: Door) => TemplateResult;

function part(root: HTMLElement, draw: Part, door: Door): View {
  return templateView(
    root,
    ({ review, keys, field, closeUp, pictures }) => [review, keys, field, closeUp, pictures],
    (state) => (state.field === null ? html`` : draw(state, state.field, door)),
  );
}

export function createField(door: Door): View {
  const stage = element('div', { class: 'field-stage', tabindex: 0 });
  const views = [
    part(element('header', { class: 'detail-head' }), head, door),
    part(stage, canvas, door),
    createRail(door),
    part(element('div', { class: 'field-foot' }), foot, door),
  ];
  const root = element(
    'dialog',
    { class: 'detail field', 'aria-labelledby': 'field-title' },
    ...views.map((view) => view.root),
  );
  // Where Escape is no key, such as the back gesture; a key was a command before.
  root.addEventListener('cancel', (event) => {
    event.preventDefault();
    door.command('cancelAdding');
    door.command('closeField');
  });
  return {
    root,
    update(state: State) {
      if (state.field === null) {
        if (root.open) root.close();
        return;
      }
      for (const view of views) view.update(state);
      if (!root.open) root.showModal();
      const isElsewhere = !stage.contains(document.activeElement);
      const isBusy =
        document.activeElement?.closest('dialog') === root && state.field.draft === null;
      if (isElsewhere && !isBusy && state.dialog === null) stage.focus();
    },
  };
}
