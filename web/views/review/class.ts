// A class of one's own: its name, and whether it counts in n.
import { html, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { text } from '../../i18n';
import { canDrop } from '../../review/actions';
import type { Bin, BinId } from '../../review/bins';
import type { State } from '../../state';
import { createDialog } from '../dialog';
import type { Door, View } from '../view';

const kCountings = ['in_n', 'per_100', 'outside'] as const;

function send(form: HTMLFormElement, id: BinId | null, door: Door): void {
  const values = new FormData(form);
  const name = String(values.get('name')).trim();
  const counting = kCountings.find((one) => one === values.get('counting')) ?? 'in_n';
  if (name === '') return;
  if (id === null) door.dispatch({ type: 'classAdded', name, counting });
  else door.dispatch({ type: 'classChanged', id, name, counting });
}

function choice(counting: Bin['counting'], chosen: Bin['counting']): TemplateResult {
  return html`<label class="check">
    <input type="radio" name="counting" value=${counting} .checked=${counting === chosen} />
    <span>${text(`review.counting.${counting}`)}</span>
  </label>`;
}

function form(state: State, door: Door): TemplateResult {
  const id = state.dialog?.kind === 'class' ? state.dialog.id : null;
  const bin = state.review.own.find((one) => one.id === id);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    send(event.currentTarget as HTMLFormElement, id, door);
  };
  const drop = (): void => void (id !== null && door.dispatch({ type: 'classDropped', id }));
  return html`<form class="class-form" @submit=${submit}>
    <h2 id="class-title">
      ${id === null ? text('class_dialog.open') : text('class_dialog.change')}
    </h2>
    <label class="named">
      <span>${text('class_dialog.name')}</span>
      <input name="name" required maxlength="60" autocomplete="off" .value=${bin?.ownName ?? ''} />
    </label>
    <p class="hint">${text('class_dialog.note')}</p>
    <fieldset>
      <legend>${text('class_dialog.counting')}</legend>
      ${kCountings.map((counting) => choice(counting, bin?.counting ?? 'in_n'))}
    </fieldset>
    <div class="buttons">
      <button type="submit" class="button button-main">${text('class_dialog.save')}</button>
      ${
        id === null
          ? null
          : html`<button
              type="button"
              class="button"
              ?disabled=${!canDrop(state.review, id)}
              @click=${drop}
            >
              ${text('class_dialog.drop')}
            </button>`
      }
      <button
        type="button"
        class="button button-quiet"
        @click=${() => door.dispatch({ type: 'dialogClosed' })}
      >
        ${text('command.close')}
      </button>
    </div>
  </form>`;
}

export function createClassDialog(door: Door): View {
  return createDialog({
    style: 'class-dialog',
    titleId: 'class-title',
    isOpen: ({ dialog }) => dialog?.kind === 'class',
    shows: ({ review, dialog }) => [review, dialog],
    // A form of its own each time, or it would still hold what was written before.
    content: (state) => html`${keyed(state.dialog, form(state, door))}`,
    close: () => door.dispatch({ type: 'dialogClosed' }),
  });
}
