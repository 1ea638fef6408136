// All bins with their keys and counts. Press one to file the selected cells, or drop cells on it.
// Those that count in n stand together, with n above them.
import { html, type TemplateResult } from 'lit-html';
import { formatNumber, text } from '../../i18n';
import { type Bin, kRemoved } from '../../review/bins';
import { binCommandName } from '../../review/commands';
import { type BinCount, counts } from '../../review/counts';
import { groupOfCursor, selectedCells } from '../../review/groups';
import type { State } from '../../state';
import { element } from '../element';
import { glyph } from '../glyph';
import { templateView } from '../lit';
import type { Door, View } from '../view';
import { dropTarget } from './drag';
import { binName, chips } from './words';

function entry(state: State, { bin, count }: BinCount, door: Door): TemplateResult {
  const isHere = groupOfCursor(state.review)?.bin.id === bin.id;
  const file = (): void => door.command(binCommandName(bin.id));
  const drop = dropTarget(bin.id, door);
  return html`<li>
    <button
      type="button"
      class="bin ${isHere ? 'bin-here' : ''} ${count === 0 ? 'bin-empty' : ''}"
      data-bin=${bin.id}
      data-class=${bin.id}
      title=${text(`review.counting.${bin.counting}`)}
      ?disabled=${selectedCells(state.review).length === 0}
      @click=${file}
      @dragover=${drop.over}
      @dragleave=${drop.leave}
      @drop=${drop.drop}
    >
      ${glyph(bin.id)}
      <span class="bin-name">${binName(bin)}</span>
      <span class="keys">${chips(state, binCommandName(bin.id))}</span>
      <span class="bin-count">${formatNumber(count)}</span>
    </button>
    ${bin.ownName === null ? null : edit(bin, door)}
  </li>`;
}

function edit(bin: Bin, door: Door): TemplateResult {
  const open = (): void =>
    door.dispatch({ type: 'dialogOpened', dialog: { kind: 'class', id: bin.id } });
  const label = text('class_dialog.edit', { name: binName(bin) });
  return html`<button
    type="button"
    class="bin-edit"
    title=${label}
    aria-label=${label}
    @click=${open}
  >
    ⋯
  </button>`;
}

function rail(state: State, door: Door): TemplateResult {
  const { bins, n, unreviewed } = counts(state.review);
  const shown = bins.filter(({ bin, count }) => bin.id !== kRemoved || count > 0);
  const part = (isInN: boolean): readonly TemplateResult[] =>
    shown
      .filter(({ bin }) => (bin.counting === 'in_n') === isInN)
      .map((one) => entry(state, one, door));
  const addClass = (): void =>
    door.dispatch({ type: 'dialogOpened', dialog: { kind: 'class', id: null } });
  return html`
    <p class="rail-total">
      <strong class="rail-n">${text('review.n', { n: formatNumber(n) })}</strong>
      <span
        >${
          unreviewed === 0
            ? text('review.all_looked_at')
            : text('review.unreviewed', { count: formatNumber(unreviewed) })
        }</span
      >
    </p>
    <h3 class="rail-title">${text('review.counting.in_n')}</h3>
    <ul class="bins" aria-label=${text('review.counting.in_n')}>
      ${part(true)}
    </ul>
    <h3 class="rail-title">${text('review.beside_n')}</h3>
    <ul class="bins" aria-label=${text('review.beside_n')}>
      ${part(false)}
    </ul>
    <button type="button" class="button button-quiet rail-add" @click=${addClass}>
      ${text('class_dialog.open')}
    </button>
  `;
}

export function createRail(door: Door): View {
  const root = element('aside', { class: 'rail', 'aria-label': text('review.bins') });
  return templateView(
    root,
    ({ review, keys }) => [review, keys],
    (state) => rail(state, door),
  );
}
