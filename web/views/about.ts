// What this is, what it can't do, which model answers, and that nothing is sent.
import { formatNumber, formatShare, text } from '../i18n';
import type { EngineIdentity } from '../messages';
import { kIsOneFile, partAddress } from '../parts';
import type { State } from '../state';
import { element } from './element';
import { facts, type Fact } from './facts';
import type { View } from './view';

const kLimits = ['names', 'blasts', 'one', 'sites', 'review'] as const;

function modelFacts({ model, programVersion, variant }: EngineIdentity): HTMLElement {
  const size = {
    parameters: formatNumber(model.parameters),
    operations: formatNumber(model.multiplyAdds / 1e6),
  };
  const threshold = { percent: formatShare(model.classifiedThreshold) };
  const pairs: Fact[] = [
    [text('about.model.name'), model.name],
    [text('about.model.version'), model.version],
    [text('about.model.size'), text('about.model.size.value', size)],
    [text('about.model.threshold'), text('about.model.threshold.value', threshold)],
    [text('about.model.training'), model.trainingSet],
    [text('about.model.hash'), element('code', {}, model.sha256)],
    [text('about.model.program'), `LeukoLens ${programVersion}`],
    [text('about.model.engine'), text(`about.model.engine.${variant}`)],
  ];
  return facts(pairs);
}

/** A page of its own beside this one; out of one file it opens in a tab of its own. */
function card(): HTMLElement {
  const href = partAddress('model/card.html');
  const place = kIsOneFile ? { target: '_blank' } : {};
  return element('a', { href, ...place }, text('about.model.card'));
}

export function createAbout(): View {
  const model = element('div');
  const limits = kLimits.map((limit) => element('li', {}, text(`about.limits.${limit}`)));
  const root = element(
    'footer',
    { class: 'about', 'aria-labelledby': 'about-title' },
    element('h2', { id: 'about-title' }, text('about.title')),
    element(
      'div',
      { class: 'about-columns' },
      element(
        'section',
        {},
        element('h3', {}, text('about.privacy.title')),
        element('p', {}, text('about.privacy.text')),
      ),
      element(
        'section',
        {},
        element('h3', {}, text('about.limits.title')),
        element('ul', {}, ...limits),
      ),
      element(
        'section',
        {},
        element('h3', {}, text('about.model.title')),
        model,
        element('p', {}, card()),
      ),
    ),
  );
  let drawn: EngineIdentity | null = null;
  return {
    root,
    update({ engine }: State) {
      const identity = engine.kind === 'ready' ? engine.identity : null;
      if (identity === drawn) return;
      drawn = identity;
      model.replaceChildren(
        identity === null ? element('p', {}, text('engine.loading')) : modelFacts(identity),
      );
    },
  };
}
