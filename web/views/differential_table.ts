// Shares of a differential with their intervals, a row a class, and what stands beside them.
import { html, type TemplateResult } from 'lit-html';
import type { Differential, Pair } from '../differential/differential';
import { className, formatHundredths, formatNumber, formatTenths, plural, text } from '../i18n';
import { glyph } from './glyph';

const kNone = '–';

type Write = (value: number) => string;

/** Always as many decimals, so that columns line up; what was not seen is bounded, never just 0. */
function pair(interval: Pair | null, write: Write, isSeen = true): string {
  if (interval === null) return kNone;
  const [low, high] = [write(interval[0]), write(interval[1])];
  return isSeen ? `${low} – ${high}` : text('differential.up_to', { limit: high });
}

function number(value: number | null, write: Write, isSeen = true): string {
  if (value === null) return kNone;
  return isSeen ? write(value) : formatNumber(0);
}

/** What the range says, and what more cells would say. */
function against({ flag, count_more: more }: Differential['classes'][number]) {
  if (flag === 'none') return null;
  return html`${text(`differential.flag.${flag}`)}
  ${more === null ? null : html`<span class="count-more">${plural('differential.count_more', more)}</span>`}`;
}

function row(one: Differential['classes'][number], hasAbsolute: boolean): TemplateResult {
  const { count } = one;
  const isSeen = count > 0;
  return html`<tr data-class=${one.class} data-flag=${one.flag}>
    <th scope="row">${glyph(one.class)} ${className(one.class)}</th>
    <td>${formatNumber(count)}</td>
    <td>${number(one.percent, formatTenths, isSeen)}</td>
    <td>${pair(one.interval, formatTenths, isSeen)}</td>
    ${
      hasAbsolute
        ? html`<td data-column="absolute">${number(one.absolute, formatHundredths, isSeen)}</td>
            <td>${pair(one.absolute_interval, formatHundredths, isSeen)}</td>`
        : null
    }
    <td>${against(one)}</td>
  </tr>`;
}

const kShares = ['class', 'count', 'percent', 'interval'] as const;
const kAbsolute = ['absolute', 'absolute_interval'] as const;

type Second = NonNullable<Differential['second_interval']>;

/** Where its rates come from, by which method, and what it makes of the shares. */
function second({ method, error_rates, n, unreviewed, classes }: Second): TemplateResult {
  const columns = ['class', 'percent', 'interval'] as const;
  const counts = { n: formatNumber(n), unreviewed: formatNumber(unreviewed) };
  return html`<section class="differential-second">
    <h3>${text('differential.second')}</h3>
    <p>${text('differential.second.how', counts)}</p>
    <div class="differential-scroll" tabindex="0">
      <table class="differential-table" aria-label=${text('differential.second')}>
        <thead>
          <tr>
            ${columns.map((name) => html`<th scope="col">${text(`differential.column.${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${classes.map(
            (one) =>
              html`<tr data-second=${one.class}>
                <th scope="row">${glyph(one.class)} ${className(one.class)}</th>
                <td>${number(one.percent, formatTenths)}</td>
                <td>${pair(one.interval, formatTenths)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <dl class="differential-source">
      <dt>${text('differential.second.rates')}</dt>
      <dd data-fact="rates">${error_rates}</dd>
      <dt>${text('differential.second.method')}</dt>
      <dd data-fact="method">${method}</dd>
    </dl>
  </section>`;
}

export function table({ classes, per_100, second_interval }: Differential): TemplateResult {
  const beside = Object.entries(per_100);
  // Known once the white count is entered; columns of dashes say nothing.
  const hasAbsolute = classes.some(({ absolute }) => absolute !== null);
  const columns = [...kShares, ...(hasAbsolute ? kAbsolute : []), 'flag'] as const;
  return html`<div class="differential-scroll" tabindex="0">
      <table class="differential-table">
        <thead>
          <tr>
            ${columns.map(
              (name) =>
                html`<th scope="col" data-column=${name}>
                  ${text(`differential.column.${name}`)}
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${classes.map((one) => row(one, hasAbsolute))}
        </tbody>
      </table>
    </div>
    ${beside.map(
      ([name, value]) =>
        html`<p>
          ${className(name)}:
          ${text('differential.per_100', { count: number(value, formatTenths) })}
        </p>`,
    )}
    ${second_interval === null ? null : second(second_interval)}`;
}
