// The count by hand: a key or button a class, how many there are, and the signal.
import { html, type TemplateResult } from 'lit-html';
import { formatNumber, plural, text } from '../i18n';
import { binCommandName } from '../review/commands';
import type { BinCount, Counts } from '../review/counts';
import { binsOf } from '../review/groups';
import type { State } from '../state';
import { isStopped, kGoals, type Step, tallied, tallyBins, tallyCounts } from '../tally/tally';
import { element } from './element';
import { glyph } from './glyph';
import { templateView } from './lit';
import { binName, binNameOf, chips } from './review/words';
import type { Door, View } from './view';

/** 0 to `goal` of the hundred that is being counted; full while the signal stands. */
function shareOfGoal(state: State, n: number): number {
  const { goal } = state.tally;
  return isStopped(state.tally, n) ? goal : n % goal;
}

function total(state: State, n: number): TemplateResult {
  const { goal } = state.tally;
  const goals = Math.max(1, Math.ceil(isStopped(state.tally, n) ? n / goal : (n + 1) / goal));
  const gaps = { n: formatNumber(n), goal: formatNumber(goals * goal) };
  return html`<div class="count-total">
    <p aria-hidden="true"><strong>${gaps.n}</strong> <span>${text('count.of_goal', gaps)}</span></p>
    <progress
      max=${goal}
      .value=${shareOfGoal(state, n)}
      aria-label=${text('count.progress', gaps)}
    ></progress>
  </div>`;
}

function stepInWords(step: Step, { review }: State): string {
  return step === 'anew' ? text('count.anew_words') : binNameOf(review, step.bin);
}

function stepButton(state: State, name: 'undo' | 'redo', door: Door): TemplateResult {
  const { steps, undone } = state.tally;
  const step = (name === 'undo' ? steps : undone).at(-1);
  const command = name === 'undo' ? 'tallyBack' : 'tallyAgain';
  const words =
    step === undefined
      ? text(`command.${name}`)
      : text(`review.${name}`, { words: stepInWords(step, state) });
  return html`<button
    type="button"
    class="button step"
    ?disabled=${step === undefined}
    @click=${() => door.command(command)}
  >
    <span class="step-words">${words}</span>
    <span class="keys">${chips(state, command, 1)}</span>
  </button>`;
}

function takeLink(door: Door): TemplateResult {
  const take = (): void => door.dispatch({ type: 'sourceChosen', source: 'tally' });
  return html`<a class="button" href="#differential" @click=${take}>${text('count.take')}</a>`;
}

function bar(state: State, n: number, door: Door): TemplateResult {
  const hasTake = tallied(state.tally).length > 0 && !isStopped(state.tally, n);
  return html`<div class="count-bar">
    ${total(state, n)}
    <div class="steps">${stepButton(state, 'undo', door)} ${stepButton(state, 'redo', door)}</div>
    <button
      type="button"
      class="button"
      ?disabled=${tallied(state.tally).length === 0}
      @click=${() => door.dispatch({ type: 'tallyBegunAnew' })}
    >
      ${text('count.anew')}
    </button>
    ${hasTake ? takeLink(door) : null}
  </div>`;
}

function signal(state: State, n: number, door: Door): TemplateResult | null {
  if (!isStopped(state.tally, n)) return null;
  return html`<div class="count-signal" role="alert">
    <p>
      <strong>${plural('count.signal', n)}</strong>
      ${text('count.signal.note')}
    </p>
    <div class="buttons">
      <button
        type="button"
        class="button button-main count-go-on"
        @click=${() => door.command('tallyGoOn')}
      >
        ${text('count.go_on')} <span class="keys">${chips(state, 'tallyGoOn', 1)}</span>
      </button>
      ${takeLink(door)}
    </div>
  </div>`;
}

function key(state: State, { bin, count }: BinCount, door: Door): TemplateResult {
  const last = state.tally.steps.at(-1);
  const isLast = last !== undefined && last !== 'anew' && last.bin === bin.id;
  const name = binCommandName(bin.id);
  return html`<li>
    <button
      type="button"
      class="count-key ${isLast ? 'count-last' : ''} ${count === 0 ? 'bin-empty' : ''}"
      data-class=${bin.id}
      @click=${() => door.command(name)}
    >
      ${glyph(bin.id)}
      <span class="count-name">${binName(bin)}</span>
      <span class="bin-count">${formatNumber(count)}</span>
      <span class="keys">${chips(state, name)}</span>
    </button>
  </li>`;
}

function keys(state: State, counts: Counts, door: Door): TemplateResult {
  const shown = new Set(tallyBins(binsOf(state.review)).map(({ id }) => id));
  const rows = counts.bins.filter(({ bin }) => shown.has(bin.id));
  const part = (isInN: boolean): readonly TemplateResult[] =>
    rows
      .filter(({ bin }) => (bin.counting === 'in_n') === isInN)
      .map((row) => key(state, row, door));
  return html`<h3 class="count-title">${text('review.counting.in_n')}</h3>
    <ul class="count-keys" aria-label=${text('review.counting.in_n')}>
      ${part(true)}
    </ul>
    <h3 class="count-title">${text('review.counting.per_100')}</h3>
    <ul class="count-keys" aria-label=${text('review.counting.per_100')}>
      ${part(false)}
    </ul>`;
}

function options(state: State, door: Door): TemplateResult {
  const { goal, areTonesOn } = state.tally;
  const choose = (event: Event): void => {
    const value = Number((event.target as HTMLSelectElement).value);
    const chosen = kGoals.find((one) => one === value);
    if (chosen !== undefined) door.dispatch({ type: 'tallyGoalChosen', goal: chosen });
  };
  const switched = (event: Event): void =>
    door.dispatch({ type: 'tonesSwitched', areOn: (event.target as HTMLInputElement).checked });
  const addClass = (): void =>
    door.dispatch({ type: 'dialogOpened', dialog: { kind: 'class', id: null } });
  return html`<div class="count-options">
    <label>
      ${text('count.goal')}
      <select name="goal" @change=${choose}>
        ${kGoals.map(
          (one) =>
            html`<option value=${one} ?selected=${one === goal}>
              ${plural('count.goal_value', one)}
            </option>`,
        )}
      </select>
    </label>
    <label class="check">
      <input type="checkbox" .checked=${areTonesOn} @change=${switched} />
      <span>${text('count.tones')}</span>
    </label>
    <button type="button" class="button button-small" @click=${addClass}>
      ${text('class_dialog.open')}
    </button>
    <button type="button" class="button button-small" @click=${() => door.command('keys')}>
      ${text('command.keys')} <span class="keys">${chips(state, 'keys', 1)}</span>
    </button>
  </div>`;
}

function content(state: State, door: Door): TemplateResult {
  const counts = tallyCounts(state.tally, binsOf(state.review));
  return html`${bar(state, counts.n, door)} ${signal(state, counts.n, door)}
  ${keys(state, counts, door)} ${options(state, door)}`;
}

export function createTallyRoom(door: Door): View {
  const body = element('div', { class: 'count-content' });
  const title = element('h2', { id: 'count-title', tabindex: -1 }, text('count.title'));
  let wasStopped = false;
  const view = templateView(
    body,
    ({ tally, review, keys: settings }) => [tally, review.own, review.models, settings],
    (state) => content(state, door),
    ({ tally, review }) => {
      // The signal takes Enter at once, and gives the focus back when it is gone.
      const stopped = isStopped(tally, tallyCounts(tally, binsOf(review)).n);
      if (stopped && !wasStopped) body.querySelector<HTMLElement>('.count-go-on')?.focus();
      if (!stopped && wasStopped) title.focus({ preventScroll: true });
      wasStopped = stopped;
    },
  );
  const lead = element('p', { class: 'count-lead' }, text('count.lead'));
  const root = element('section', { class: 'count', 'aria-labelledby': 'count-title' });
  root.append(title, lead, body);
  return {
    root,
    update(state: State) {
      root.hidden = state.room !== 'tally';
      if (!root.hidden) view.update(state);
    },
  };
}
