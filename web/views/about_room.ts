// The room About: what this is for, what it can't do, that nothing is sent, which nets answer and how
// well they did, how to read what is shown, where it all comes from.
import { html, type TemplateResult } from 'lit-html';
import type { About, Part } from '../about/cards';
import { formatShare, locale, text, type TextKey } from '../i18n';
import { kIsOneFile, partAddress } from '../parts';
import type { State } from '../state';
import sources from '../text/sources.json';
import { modelCard } from './about_cards';
import { element } from './element';
import { allFindings } from './findings';
import { templateView } from './lit';
import { selfTest } from './self_test';
import type { Door, View } from './view';

const kLimits = ['names', 'blasts', 'one', 'sites', 'counts', 'review'] as const;
const kHelp = ['n', 'interval', 'wilson', 'second', 'flags', 'unsure', 'evidence'] as const;
const kSections = ['use', 'limits', 'privacy', 'models', 'help', 'reference', 'sources'] as const;
type Section = (typeof kSections)[number];

function section(name: Section, content: TemplateResult): TemplateResult {
  return html`<section
    class="about-section"
    id="about-${name}"
    aria-labelledby="about-${name}-title"
  >
    <h3 id="about-${name}-title">${text(`about.${name}.title`)}</h3>
    ${content}
  </section>`;
}

/** Not by a link: the address names the room. */
function goTo(name: Section): void {
  const title = document.getElementById(`about-${name}-title`);
  title?.setAttribute('tabindex', '-1');
  title?.focus({ preventScroll: true });
  title?.scrollIntoView();
}

function contents(): TemplateResult {
  return html`<nav class="about-contents" aria-label=${text('about.contents')}>
    ${kSections.map(
      (name) =>
        html`<button type="button" class="button button-small" @click=${() => goTo(name)}>
          ${text(`about.${name}.title`)}
        </button>`,
    )}
  </nav>`;
}

function use(): TemplateResult {
  return html`<p class="about-lead">${text('about.use.text')}</p>
    <p>${text('about.use.person')}</p>`;
}

function limits(): TemplateResult {
  return html`<ul class="about-list">
      ${kLimits.map((limit) => html`<li>${text(`about.limits.${limit}`)}</li>`)}
    </ul>
    <p>
      <a href=${partAddress('model/quality_card.html')} target=${kIsOneFile ? '_blank' : '_self'}
        >${text('about.limits.warnings')}</a
      >
    </p>`;
}

function privacy(state: State, door: Door): TemplateResult {
  return html`<p>${text('about.privacy.text')}</p>
    <p>${text('about.privacy.policy')}</p>
    ${selfTest(state.about.selfTest, door)}
    <h4>${text('about.privacy.rest.title')}</h4>
    <p>${text('about.privacy.rest')}</p>`;
}

function running({ engine }: State): TemplateResult | null {
  if (engine.kind !== 'ready') return null;
  const { programVersion, variant, model } = engine.identity;
  return html`<p>
    LeukoLens ${programVersion}, ${text(`about.model.engine.${variant}`)}.
    ${text('about.model.threshold')}
    ${text('about.model.threshold.value', { percent: formatShare(model.classifiedThreshold) })}.
  </p>`;
}

function models(state: State): TemplateResult {
  const { about } = state.about;
  if (about === null) return html`<p role="status">${text('about.models.loading')}</p>`;
  if (typeof about === 'string') {
    return html`<p class="notice">${text('about.models.fault', { what: about })}</p>`;
  }
  return html`${running(state)}
    <div class="model-cards">${about.cards.map((card) => modelCard(about, card))}</div>`;
}

function help(): TemplateResult {
  const one = (name: (typeof kHelp)[number]): TemplateResult =>
    html`<div class="about-help">
      <h4>${text(`help.${name}.title` as TextKey)}</h4>
      <p>${text(`help.${name}` as TextKey)}</p>
    </div>`;
  return html`<div class="about-columns">${kHelp.map(one)}</div>`;
}

function reference(): TemplateResult {
  return html`<p class="about-lead">${text('findings.title')}</p>
    ${allFindings()}`;
}

function parts(title: TextKey, all: readonly Part[]): TemplateResult {
  const what = (part: Part): string =>
    part.what[locale().split('-')[0] ?? ''] ?? part.what['en'] ?? '';
  return html`<h4>${text(title)}</h4>
    <ul class="about-parts">
      ${all.map(
        (part) => html`<li><strong>${part.name}</strong> (${part.licence}): ${what(part)}</li>`,
      )}
    </ul>`;
}

function origins({ about }: State['about']): TemplateResult {
  const isHere = (loaded: State['about']['about']): loaded is About =>
    loaded !== null && typeof loaded !== 'string';
  return html`<p>${text('about.sources.licence')}</p>
    ${isHere(about) ? [parts('about.sources.code', about.code), parts('about.sources.data', about.data)] : null}
    <h4>${text('about.sources.medical')}</h4>
    <p>${text('about.sources.medical.note')}</p>
    <ul class="about-parts">
      ${Object.values(sources).map(
        ({ title, date }) => html`<li>${title}, ${date ?? text('findings.undated')}</li>`,
      )}
    </ul>`;
}

function room(state: State, door: Door): TemplateResult {
  return html`${contents()} ${section('use', use())} ${section('limits', limits())}
  ${section('privacy', privacy(state, door))} ${section('models', models(state))}
  ${section('help', help())} ${section('reference', reference())}
  ${section('sources', origins(state.about))}`;
}

export function createAboutRoom(door: Door): View {
  const content = element('div', { class: 'about-content' });
  const root = element(
    'section',
    { class: 'about-room', 'aria-labelledby': 'about-title' },
    element('h2', { id: 'about-title' }, text('about.title')),
    content,
  );
  const view = templateView(
    content,
    ({ about, engine }) => [about, engine],
    (state) => room(state, door),
  );
  return {
    root,
    update(state: State) {
      root.hidden = state.room !== 'about';
      if (!root.hidden) view.update(state);
    },
  };
}
