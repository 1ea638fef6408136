// The self-test of the promise that nothing is sent: a button, and the real outcome of each way.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { SelfTest } from '../about/actions';
import { formatNumber, isTextKey, text } from '../i18n';
import type { Outcome } from '../privacy/outcome';
import { addressOf, kAllWays, kNowhere, type Result } from '../privacy/self_test';
import type { Door } from './view';

/** What a reader takes from it: the policy stops it, nothing is there to send with, or it isn't stopped. */
type Mark = 'stopped' | 'absent' | 'open';

function markOf({ kind }: Outcome): Mark {
  if (kind === 'blocked') return 'stopped';
  return kind === 'absent' ? 'absent' : 'open';
}

function words(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'blocked':
      return text('self_test.blocked', { directive: outcome.directive });
    case 'absent':
      return text('self_test.absent');
    case 'silent':
      return text('self_test.silent');
    case 'open':
      return outcome.what === ''
        ? text('self_test.open')
        : text('self_test.open_error', { what: outcome.what });
  }
}

/** What isn't stopped is told first, once all is known. */
const kOrder: readonly Mark[] = ['open', 'absent', 'stopped'];

const kSigns: Readonly<Record<Mark, string>> = { stopped: '✓', absent: '–', open: '!' };

function wayName(way: string): string {
  const key = `self_test.way.${way}`;
  return isTextKey(key) ? text(key) : way;
}

/** What has to be known of a way that no policy covers. */
function remark(way: string): TemplateResult | null {
  const key = `self_test.remark.${way}`;
  return isTextKey(key) ? html`<span class="way-remark">${text(key)}</span>` : null;
}

function inOrder({ results, isRunning }: SelfTest): readonly string[] {
  if (isRunning) return kAllWays;
  const marked = results.map(({ way, outcome }) => ({ way, mark: markOf(outcome) }));
  return kOrder.flatMap((one) => marked.flatMap(({ way, mark }) => (mark === one ? [way] : [])));
}

function row(way: string, result: Result | undefined): TemplateResult {
  const mark = result === undefined ? null : markOf(result.outcome);
  return html`<li class="way" data-way=${way} data-mark=${mark ?? nothing}>
    <span class="way-sign" aria-hidden="true">${mark === null ? '' : kSigns[mark]}</span>
    <span class="way-name">${wayName(way)}</span>
    <span class="way-outcome">
      ${result === undefined ? text('self_test.waiting') : words(result.outcome)}
      ${mark === 'stopped' ? null : remark(way)}
    </span>
  </li>`;
}

function summary({ results, isRunning }: SelfTest): TemplateResult | null {
  if (results.length === 0) return null;
  const number = (mark: Mark): string =>
    formatNumber(results.filter(({ outcome }) => markOf(outcome) === mark).length);
  const gaps = { stopped: number('stopped'), absent: number('absent'), open: number('open') };
  if (isRunning) {
    const [done, total] = [formatNumber(results.length), formatNumber(kAllWays.length)];
    return html`<p role="status">${text('self_test.running', { done, total })}</p>`;
  }
  return html`<p role="status" class="self-test-summary">
    <strong>${text('self_test.summary', gaps)}</strong>
  </p>`;
}

export function selfTest(state: SelfTest, door: Door): TemplateResult {
  const { address, isRunning, results } = state;
  const of = (way: string): Result | undefined => results.find((one) => one.way === way);
  const begin = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const wanted = String(new FormData(form).get('address') ?? '').trim();
    door.testPrivacy(addressOf(wanted, '') === null ? kNowhere : wanted);
  };
  return html`<form class="self-test" @submit=${begin}>
      <button type="submit" class="button button-main" ?disabled=${isRunning}>
        ${text(address === null ? 'self_test.begin' : 'self_test.again')}
      </button>
      <details>
        <summary>${text('self_test.where')}</summary>
        <label>
          ${text('self_test.address')}
          <input
            type="url"
            name="address"
            value=${kNowhere}
            autocomplete="off"
            spellcheck="false"
          />
        </label>
        <p class="hint">${text('self_test.address.note')}</p>
      </details>
    </form>
    ${summary(state)}
    ${
      address === null
        ? null
        : html`<p class="hint">${text('self_test.tried', { address })}</p>
            <ul class="ways">
              ${inOrder(state).map((way) => row(way, of(way)))}
            </ul>`
    }`;
}
