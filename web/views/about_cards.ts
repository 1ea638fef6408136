// A net as its card tells it: who it is, what was aimed at and reached, how it did on each set.
import { html, type TemplateResult } from 'lit-html';
import {
  type About,
  type Aim,
  type Card,
  type CardField,
  type CardSet,
  plotOf,
  type Refusal,
  type Share,
  stateOf,
} from '../about/cards';
import { formatFine, formatNumber, formatPercentage, isTextKey, text } from '../i18n';
import { kIsOneFile, partAddress } from '../parts';

const kSizes = new Set(['int8_bytes', 'multiply_adds']);
const kNotShares = new Set(['ece', 'auroc']);

function measuredAs(measure: string, value: number): string {
  if (kSizes.has(measure)) return formatNumber(value);
  return kNotShares.has(measure) ? formatFine(value) : formatPercentage(value * 100);
}

function bound({ measure, at_least: least, at_most: most }: Aim): string {
  if (least !== undefined) return text('card.at_least', { value: measuredAs(measure, least) });
  return most === undefined ? '' : text('card.at_most', { value: measuredAs(measure, most) });
}

function aim(one: Aim): TemplateResult {
  const state = stateOf(one);
  const value = one.value === null ? '–' : measuredAs(one.measure, one.value);
  return html`<tr data-aim=${state}>
    <th scope="row" lang="en">${one.title}</th>
    <td><span class="aim-state">${text(`card.aim.${state}`)}</span></td>
    <td>${value}</td>
    <td>${bound(one)}</td>
  </tr>`;
}

function table(heads: readonly string[], rows: readonly TemplateResult[]): TemplateResult {
  return html`<div class="about-scroll" tabindex="0">
    <table class="about-table">
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function aims({ gates = [] }: Card): TemplateResult | null {
  if (gates.length === 0) return null;
  const count = (state: string): string =>
    formatNumber(gates.filter((one) => stateOf(one) === state).length);
  const gaps = { met: count('met'), not_met: count('not_met'), rest: count('not_measured') };
  const heads = [text('card.aim'), text('card.outcome'), text('card.measured'), text('card.bound')];
  return html`<h5>${text('card.aims')}</h5>
    <p>${text('card.aims.summary', gaps)}</p>
    ${table(heads, gates.map(aim))}`;
}

function withInterval({ share, lower, upper }: Share): string {
  if (share === null) return '–';
  const middle = formatPercentage(share * 100);
  if (lower === null || upper === null) return middle;
  // A bootstrapped limit can pass 1 by rounding.
  const limits = [lower, Math.min(1, upper)].map((one) => formatPercentage(one * 100));
  return `${middle} (${limits.join(' – ')})`;
}

function setRow({ title, views }: CardSet): TemplateResult | null {
  const measured = views[0]?.per_picture;
  if (measured === undefined) return null;
  const ece = measured.expected_calibration_error;
  return html`<tr>
    <th scope="row" lang="en">${title}</th>
    <td>${formatNumber(measured.pictures)}</td>
    <td>${withInterval(measured.accuracy)}</td>
    <td>${withInterval(measured.mean_recall)}</td>
    <td>${ece === null ? '–' : formatFine(ece)}</td>
  </tr>`;
}

function sets(card: Card): TemplateResult | null {
  const rows = card.sets.map(setRow).filter((row) => row !== null);
  if (rows.length === 0) return null;
  const heads = [text('card.set'), 'n', text('card.accuracy'), text('card.recall'), 'ECE'];
  return html`<h5>${text('card.sets')}</h5>
    <p>${text('card.sets.note')}</p>
    ${table(heads, rows)}`;
}

function kindName(kind: string): string {
  const key = `card.kind.${kind}`;
  return isTextKey(key) ? text(key) : kind.replaceAll('_', ' ');
}

function fieldRows({ title, kinds }: CardField): TemplateResult[] {
  return kinds.map(
    ({ kind, given, ap50 }) =>
      html`<tr>
        <th scope="row"><span lang="en">${title}</span>: ${kindName(kind)}</th>
        <td>${formatNumber(given)}</td>
        <td>${withInterval(ap50)}</td>
      </tr>`,
  );
}

function fields({ fields: found = [] }: Card): TemplateResult | null {
  if (found.length === 0) return null;
  const heads = [text('card.set'), 'n', text('card.ap50')];
  return html`<h5>${text('card.fields')}</h5>
    ${table(heads, found.flatMap(fieldRows))}`;
}

function refusalRows({ kinds }: Refusal): TemplateResult[] {
  return kinds.map(
    ({ kind, pictures, refused }) =>
      html`<tr>
        <th scope="row">${kindName(kind)}</th>
        <td>${formatNumber(pictures)}</td>
        <td>${formatNumber(refused)}</td>
      </tr>`,
  );
}

/** The price: said once for each set of white cells that it was measured beside, by the worst net. */
function refusedWrongly(all: readonly Refusal[]): TemplateResult[] {
  const sets = new Map<number, number>();
  for (const { white, white_refused: refused } of all) {
    sets.set(white, Math.max(refused, sets.get(white) ?? 0));
  }
  return [...sets].map(
    ([white, refused]) =>
      html`<p>
        ${text('card.refused.wrongly', { white: formatNumber(white), refused: formatNumber(refused) })}
      </p>`,
  );
}

function refusalsOf(all: readonly Refusal[], title: string): TemplateResult | null {
  if (all.length === 0) return null;
  const heads = [text('card.refused.what'), 'n', text('card.refused')];
  return html`<h5>${title}</h5>
    ${table(heads, all.flatMap(refusalRows))} ${refusedWrongly(all)}`;
}

function refusals({ refusals: all = [] }: Card): TemplateResult {
  const [known, unseen] = [false, true].map((is) =>
    all.filter((one) => (one.unseen ?? false) === is),
  );
  return html`${refusalsOf(known ?? [], text('card.refusals'))}
  ${refusalsOf(unseen ?? [], text('card.refusals.unseen'))}`;
}

function plots(about: About, card: Card): TemplateResult | null {
  const drawn = card.sets.flatMap((set) => {
    const path = plotOf(about, card, set);
    return path === null ? [] : [{ path, title: set.title }];
  });
  if (drawn.length === 0) return null;
  return html`<details class="about-plots">
    <summary>${text('card.plots')}</summary>
    <p class="hint">${text('card.plots.note')}</p>
    ${drawn.map(
      ({ path, title }) =>
        html`<figure>
          <div class="about-scroll" tabindex="0">
            <img
              src=${partAddress(path)}
              alt=${text('card.plot', { title })}
              width="856"
              height="322"
              loading="lazy"
            />
          </div>
        </figure>`,
    )}
  </details>`;
}

function facts({ model }: Card): TemplateResult {
  const size = {
    parameters: formatNumber(model.parameters),
    operations: formatNumber(model.multiply_adds / 1e6),
  };
  return html`<dl class="facts">
    <div>
      <dt>${text('about.model.size')}</dt>
      <dd>${text('about.model.size.value', size)}</dd>
    </div>
    <div>
      <dt>${text('about.model.training')}</dt>
      <dd lang="en">${model.training_set}</dd>
    </div>
    <div>
      <dt>${text('about.model.hash')}</dt>
      <dd><code>${model.sha256}</code></dd>
    </div>
  </dl>`;
}

export function modelCard(about: About, card: Card): TemplateResult {
  const { name, version } = card.model;
  const place = kIsOneFile ? '_blank' : '_self';
  const key = `card.what.${name}`;
  return html`<article class="model-card" data-model=${name} aria-labelledby="card-${name}">
    <h4 id="card-${name}">${name} ${version}</h4>
    <p>${isTextKey(key) ? text(key) : null}</p>
    ${facts(card)} ${aims(card)} ${sets(card)} ${fields(card)} ${refusals(card)}
    ${plots(about, card)}
    <p>
      <a href=${partAddress(`model/${name}_card.html`)} target=${place}>${text('card.whole')}</a>
    </p>
  </article>`;
}
