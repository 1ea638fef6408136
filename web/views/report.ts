// What is printed in the room of the differential: the result with all that belongs to it, and over
// it that it is unverified until a person has looked at every counted cell. Seen on paper only.
import { html, type TemplateResult } from 'lit-html';
import { sourceOf } from '../counted';
import type { Differential } from '../differential/differential';
import { sourceWords } from '../export/provenance';
import { className, formatDate, formatNumber, plural, text } from '../i18n';
import { provenanceOf } from '../export/told';
import { groupsOf } from '../review/groups';
import type { State } from '../state';
import { table } from './differential_table';
import { element } from './element';
import { templateView } from './lit';
import { noteWords } from './notes';
import type { View } from './view';

function mark({ unreviewed }: Differential): TemplateResult | null {
  if (unreviewed === 0) return null;
  return html`<p class="report-mark">${text('report.unverified')}</p>
    <p class="report-unverified">${plural('export.unverified', unreviewed)}</p>`;
}

function pictures({ review }: State): TemplateResult {
  const groups = groupsOf(review).filter(({ cells }) => cells.length > 0);
  return html`${groups.map(
    ({ bin, cells }) =>
      html`<section class="report-group">
        <h3>${bin.ownName ?? className(bin.id)}, ${formatNumber(cells.length)}</h3>
        <ul>
          ${cells.map(
            ({ id, person }) =>
              html`<li>
                <img src=${review.crops.get(id) ?? ''} alt="" />
                ${id}${person === null ? '*' : ''}
              </li>`,
          )}
        </ul>
      </section>`,
  )}`;
}

function paper(state: State, made: Differential): TemplateResult {
  const { createdMs, id } = state.caseFile;
  const from = provenanceOf(state);
  const isReviewed = sourceOf(state) === 'review';
  return html`${mark(made)}
    <h1>${text('report.title')}</h1>
    <p>
      ${text('report.of', { created: formatDate(createdMs, 0), printed: formatDate(Date.now(), 0) })}
    </p>
    <p class="report-use">${text('report.use')} ${from.intendedUse}</p>
    <p>
      <strong>${text(`differential.status.${made.status}`)}</strong>
      ${text('review.n', { n: formatNumber(made.n) })}
    </p>
    ${table(made)}
    <ul>
      ${made.notes.map((note) => html`<li>${noteWords(note)}</li>`)}
    </ul>
    <p class="report-sign">${text('report.looked_at')}</p>
    ${isReviewed ? pictures(state) : null}
    ${isReviewed ? html`<p class="report-small">${text('report.star')}</p>` : null}
    <p class="report-small">${sourceWords(from)}. ${text('report.case', { id })}</p>`;
}

export function createReport(): View {
  const root = element('article', { class: 'report' });
  const view = templateView(
    root,
    ({ differential, review, caseFile }) => [differential, review.cells, caseFile.id],
    (state) => {
      const { result } = state.differential;
      return result === null ? html`` : paper(state, result);
    },
  );
  return {
    root,
    update(state: State) {
      const isReady = state.room === 'differential' && state.differential.result !== null;
      root.toggleAttribute('data-ready', isReady);
      if (isReady) view.update(state);
    },
  };
}
