// How often answers of each probability are right, against the line on which they would be honest.
import { html, svg, type TemplateResult } from 'lit-html';
import type { ReliabilityBin } from '../evaluation/evaluation';
import { formatNumber, formatPercentage, text } from '../i18n';

// Of the drawing, in its own units.
const kSide = 200;
const kLeft = 40;
const kTop = 12;
const kTicks = [0, 0.25, 0.5, 0.75, 1];

function x(share: number): number {
  return kLeft + share * kSide;
}
function y(share: number): number {
  return kTop + (1 - share) * kSide;
}

function tick(at: number): TemplateResult {
  const words = formatNumber(100 * at);
  return svg`<path class="plot-grid" d="M${x(0)} ${y(at)}H${x(1)}" />
    <text class="plot-number" x=${x(0) - 6} y=${y(at) + 4} text-anchor="end">${words}</text>
    <text class="plot-number" x=${x(at)} y=${y(0) + 16} text-anchor="middle">${words}</text>`;
}

function bar({ from, to, accuracy }: ReliabilityBin): TemplateResult {
  return svg`<rect class="plot-bar" x=${x(from) + 0.5} y=${y(accuracy)}
    width=${x(to) - x(from) - 1} height=${y(0) - y(accuracy)} />`;
}

function row({ from, to, answers, confidence, accuracy }: ReliabilityBin): TemplateResult {
  return html`<tr>
    <th scope="row">${formatPercentage(100 * from)} – ${formatPercentage(100 * to)}</th>
    <td>${formatNumber(answers)}</td>
    <td>${formatPercentage(100 * confidence)}</td>
    <td>${formatPercentage(100 * accuracy)}</td>
  </tr>`;
}

export function reliabilityPlot(bins: readonly ReliabilityBin[]): TemplateResult {
  const filled = bins.filter(({ answers }) => answers > 0);
  const columns = ['said', 'answers', 'mean', 'right'] as const;
  return html`<svg
      class="plot"
      viewBox="0 0 ${kLeft + kSide + 12} ${kTop + kSide + 40}"
      role="img"
      aria-label=${text('evaluation.reliability.alt')}
    >
      ${kTicks.map(tick)} ${filled.map(bar)}
      <path class="plot-ideal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" />
      <text class="plot-words" x=${x(0.5)} y=${y(0) + 34} text-anchor="middle">
        ${text('evaluation.reliability.across')}
      </text>
      <text
        class="plot-words"
        x="12"
        y=${y(0.5)}
        text-anchor="middle"
        transform="rotate(-90 12 ${y(0.5)})"
      >
        ${text('evaluation.reliability.up')}
      </text>
    </svg>
    <details>
      <summary>${text('evaluation.reliability.table')}</summary>
      <table class="evaluation-table">
        <thead>
          <tr>
            ${columns.map((name) => html`<th scope="col">${text(`evaluation.bin.${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${filled.map(row)}
        </tbody>
      </table>
    </details>`;
}
