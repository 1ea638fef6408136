// All shortcuts: what they are, how to change one, and the switch that turns off those that type.
import { html, type TemplateResult } from 'lit-html';
import { type Command, commandsOf, keysOf, type Place } from '../commands';
import { text, type TextKey } from '../i18n';
import type { State } from '../state';
import { createDialog } from './dialog';
import { chip, chordInWords, commandInWords } from './review/words';
import type { Door, View } from './view';

interface Part {
  readonly title: TextKey;
  has(command: Command): boolean;
}

function isOnlyIn(place: Place): (command: Command) => boolean {
  return ({ bin, places }) => bin === null && places.length === 1 && places[0] === place;
}

const kBins: Part = { title: 'keys.part.bins', has: ({ bin }) => bin !== null };
const kElsewhere: readonly Part[] = [
  { title: 'keys.part.field', has: isOnlyIn('field') },
  { title: 'keys.part.tally', has: isOnlyIn('tally') },
  { title: 'keys.part.quiz', has: isOnlyIn('quiz') },
  { title: 'keys.part.detail', has: isOnlyIn('detail') },
];
const kReview: Part = {
  title: 'keys.part.review',
  has: (command) => ![kBins, ...kElsewhere].some(({ has }) => has(command)),
};

function refusal({ dialog, keys, ...state }: State): string {
  if (dialog?.kind !== 'keys' || dialog.refused === null) return '';
  const { chord, by } = dialog.refused;
  const key = chordInWords(chord, keys);
  const other = commandsOf({ dialog, keys, ...state }).find(({ name }) => name === by);
  if (other === undefined) return text('keys.refused', { key });
  return text('keys.clash', { key, name: commandInWords(other) });
}

function row(state: State, command: Command, door: Door): TemplateResult {
  const { dialog, keys } = state;
  const asks = dialog?.kind === 'keys' && dialog.asksFor === command.name;
  const change = (): void =>
    door.dispatch({ type: 'keyAsked', command: asks ? null : command.name });
  const own = keysOf(command, keys);
  return html`<tr>
    <th scope="row">${commandInWords(command)}</th>
    <td class="keys">
      ${
        asks
          ? html`<em class="keys-ask">${text('keys.press')}</em>`
          : own.map((chord) => chip(chord, keys))
      }
    </td>
    <td>
      <button
        type="button"
        class="button button-small"
        aria-label=${text('keys.change_of', { name: commandInWords(command) })}
        @click=${change}
      >
        ${asks ? text('keys.cancel') : text('keys.change')}
      </button>
    </td>
  </tr>`;
}

function table(state: State, { title, has }: Part, door: Door): TemplateResult | null {
  const rows = commandsOf(state).filter((command) => command.name !== 'clearAll' && has(command));
  if (rows.length === 0) return null;
  return html`<section>
    <h3>${text(title)}</h3>
    <table>
      <tbody>
        ${rows.map((command) => row(state, command, door))}
      </tbody>
    </table>
  </section>`;
}

function content(state: State, door: Door): TemplateResult {
  const switched = (event: Event): void =>
    door.dispatch({ type: 'keysSwitched', areOn: (event.target as HTMLInputElement).checked });
  return html`
    <header class="sheet-head">
      <h2 id="keys-title">${text('command.keys')}</h2>
      <button
        type="button"
        class="icon-button"
        aria-label=${text('command.close')}
        @click=${() => door.dispatch({ type: 'dialogClosed' })}
      >
        ×
      </button>
    </header>
    <label class="check">
      <input type="checkbox" .checked=${state.keys.areOn} @change=${switched} />
      <span>${text('keys.on')}</span>
    </label>
    <p class="hint">${text('keys.note')}</p>
    <p class="keys-refused" role="alert">${refusal(state)}</p>
    <div class="keys-tables">
      ${[kBins, kReview, ...kElsewhere].map((part) => table(state, part, door))}
    </div>
    <button type="button" class="button" @click=${() => door.dispatch({ type: 'keysReset' })}>
      ${text('keys.reset')}
    </button>
  `;
}

export function createKeysDialog(door: Door): View {
  return createDialog({
    style: 'shortcuts',
    titleId: 'keys-title',
    isOpen: ({ dialog }) => dialog?.kind === 'keys',
    shows: ({ review, keys, dialog }) => [review.own, review.models, keys, dialog],
    content: (state) => content(state, door),
    close: () => door.dispatch({ type: 'dialogClosed' }),
  });
}
