// Shares of a differential with their intervals, a row a class, and what stands beside them.
import { html, type TemplateResult } from 'lit-html';
import type { Differential, Pair } from '../differential/differential';
import { className, formatNumber, plural, text } from '../i18n';
import { glyph } from './glyph';

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

export function table({ classes, per_100 }: Differential): TemplateResult {
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
