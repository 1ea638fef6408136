// The menu of one cell or a range: all bins with their keys, remove, take back.
import { html, type TemplateResult } from 'lit-html';
import { plural, text } from '../../i18n';
import { binCommandName } from '../../review/commands';
import { filingBins, groupOfCursor, selectedCells } from '../../review/groups';
import type { State } from '../../state';
import { createDialog } from '../dialog';
import { glyph } from '../glyph';
import type { Door, View } from '../view';
import { binName, chips } from './words';

function item(state: State, command: string, words: string, mark: unknown, door: Door) {
  const press = (): void => {
    door.command(command);
    door.dispatch({ type: 'dialogClosed' });
  };
  return html`<li>
    <button type="button" class="move-item" data-command=${command} @click=${press}>
      ${mark}<span>${words}</span><span class="keys">${chips(state, command)}</span>
    </button>
  </li>`;
}

function menu(state: State, door: Door): TemplateResult {
  const { review } = state;
  const here = groupOfCursor(review)?.bin.id;
  const bins = filingBins(review).map((bin) => {
    const mark = html`<span data-class=${bin.id} class="move-mark">${glyph(bin.id)}</span>`;
    const words = bin.id === here ? text('move.here', { name: binName(bin) }) : binName(bin);
    return item(state, binCommandName(bin.id), words, mark, door);
  });
  return html`
    <h2 id="move-title">${plural('move.title', selectedCells(review).length)}</h2>
    <ul class="move-list">
      ${bins}
    </ul>
    <ul class="move-list move-rest">
      ${item(state, 'takeBack', text('command.take_back'), null, door)}
      ${item(state, 'remove', text('command.remove'), null, door)}
    </ul>
    <button
      type="button"
      class="button sheet-close"
      @click=${() => door.dispatch({ type: 'dialogClosed' })}
    >
      ${text('command.close')}
    </button>
  `;
}

export function createMoveMenu(door: Door): View {
  return createDialog({
    style: 'move',
    titleId: 'move-title',
    isOpen: ({ dialog }) => dialog?.kind === 'move',
    shows: ({ review, keys, dialog }) => [review, keys, dialog],
    content: (state) => menu(state, door),
    close: () => door.dispatch({ type: 'dialogClosed' }),
  });
}
