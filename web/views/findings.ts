// General reference on high and low counts, kept visibly apart from any result.
import { html, type TemplateResult } from 'lit-html';
import type { Differential } from '../differential/differential';
import {
  type ClassFindings,
  type Direction,
  type Finding,
  findingsIn,
  type OtherFinding,
  pointedBy,
  type PointedFinding,
  sourceNamed,
  sourcesOf,
  type Statement,
  statementsOf,
} from '../findings/findings';
import {
  className,
  formatMonth,
  formatNumber,
  isTextKey,
  locale,
  text,
  type TextKey,
} from '../i18n';
import { glyph } from './glyph';

function source(id: string): string {
  const { title, date, read } = sourceNamed(id);
  const key = `findings.read.${read}`;
  const how = isTextKey(key) ? text(key) : null;
  return [title, date ?? text('findings.undated'), how].filter((part) => part !== null).join(', ');
}

/** Each statement with the numbers of its sources in `cited`. */
function list(statements: readonly Statement[], cited: readonly string[]): TemplateResult {
  const marks = (one: Statement): string =>
    one.sources.map((id) => formatNumber(cited.indexOf(id) + 1)).join(', ');
  return html`<ul>
    ${statements.map(
      (one) =>
        html`<li>
          ${one.text}
          <span class="finding-mark"
            ><span class="visually-hidden">${text('findings.mark')}</span> ${marks(one)}</span
          >
        </li>`,
    )}
  </ul>`;
}

function part(key: TextKey, statements: readonly Statement[], cited: readonly string[]) {
  if (statements.length === 0) return null;
  return html`<h5>${text(key)}</h5>
    ${list(statements, cited)}`;
}

function bibliography(cited: readonly string[]): TemplateResult {
  return html`<details class="finding-sources">
    <summary>${text('findings.sources')}</summary>
    <ol>
      ${cited.map((id) => html`<li>${source(id)}</li>`)}
    </ol>
  </details>`;
}

function limit({ usualLimit }: Finding): string | null {
  if (usualLimit?.above !== undefined)
    return text('findings.limit.above', { limit: formatNumber(usualLimit.above) });
  if (usualLimit?.below !== undefined)
    return text('findings.limit.below', { limit: formatNumber(usualLimit.below) });
  return null;
}

function finding(one: Finding, withTelephoned: boolean): TemplateResult {
  const telephoned = withTelephoned ? one.telephoned : [];
  const shown = withTelephoned ? statementsOf(one) : [...one.mayGoWith, ...one.usuallyNext];
  const cited = sourcesOf(shown);
  const usual = limit(one);
  return html`${usual === null ? null : html`<p class="hint">${usual}</p>`}
  ${part('findings.may_go_with', one.mayGoWith, cited)}
  ${one.isWeak ? html`<p class="finding-weak">${text('findings.weak')}</p>` : null}
  ${part('findings.next', one.usuallyNext, cited)} ${part('findings.telephoned', telephoned, cited)}
  ${bibliography(cited)}`;
}

function other({ class: name, term, statements }: OtherFinding): TemplateResult {
  const cited = sourcesOf(statements);
  return html`<article class="finding" data-class=${name}>
    <h4>${glyph(name)} ${term}</h4>
    <p class="hint">${text('findings.pointed.counted')}</p>
    ${list(statements, cited)} ${bibliography(cited)}
  </article>`;
}

function flagged({ class: name, direction, finding: one, hasAbsolute }: PointedFinding) {
  return html`<article class="finding" data-class=${name} data-direction=${direction}>
    <h4>${glyph(name)} ${one.term}</h4>
    <p class="hint">${text(`findings.pointed.${direction}`, { name: className(name) })}</p>
    ${finding(one, hasAbsolute)}
  </article>`;
}

/** White cell counts that are telephoned, where one was entered and a class is pointed to. */
function whiteCount(pointed: readonly PointedFinding[]): TemplateResult | null {
  if (!pointed.some(({ hasAbsolute }) => hasAbsolute)) return null;
  const { telephoned } = findingsIn(locale()).whiteCount;
  const cited = sourcesOf(telephoned);
  return html`<details class="finding-telephoned">
    <summary>${text('findings.white_count')}</summary>
    <p class="hint">${text('findings.telephoned.note')}</p>
    ${list(telephoned, cited)} ${bibliography(cited)}
  </details>`;
}

function introduction(): TemplateResult {
  const date = formatMonth(findingsIn(locale()).review.checked);
  return html`<p>${text('findings.note')}</p>
    <p class="hint">${text('findings.compiled', { date })}</p>`;
}

/** What the differential points to; nothing where it points nowhere. */
export function findings(made: Differential): TemplateResult | null {
  const { findings: pointed, others, isWaiting } = pointedBy(made, findingsIn(locale()));
  if (pointed.length === 0 && others.length === 0) {
    return isWaiting ? html`<p class="hint findings-wait">${text('findings.waiting')}</p>` : null;
  }
  return html`<section
    class="findings"
    lang=${findingsIn(locale()).language}
    aria-labelledby="findings-title"
  >
    <h3 id="findings-title">${text('findings.title')}</h3>
    ${introduction()} ${others.filter((one) => one.class === 'blast').map(other)}
    ${pointed.map(flagged)} ${others.filter((one) => one.class !== 'blast').map(other)}
    ${whiteCount(pointed)}
    ${isWaiting ? html`<p class="hint">${text('findings.waiting')}</p>` : null}
  </section>`;
}

function ofClass([name, both]: [string, ClassFindings]): TemplateResult {
  const directions: readonly Direction[] = ['high', 'low'];
  return html`<details class="finding" data-class=${name}>
    <summary>${glyph(name)} ${className(name)}</summary>
    ${directions.map(
      (direction) =>
        html`<h4>${both[direction].term}</h4>
          ${finding(both[direction], true)}`,
    )}
  </details>`;
}

/** All of it, for reading: beside no sample. */
export function allFindings(): TemplateResult {
  return html`<div class="findings-all" lang=${findingsIn(locale()).language}>
    ${introduction()} ${Object.entries(findingsIn(locale()).classes).map(ofClass)}
  </div>`;
}
