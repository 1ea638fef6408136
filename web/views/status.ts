// Two quiet words in the header, engine and offline, and a clear one where the engine can't run.
import { text } from '../i18n';
import type { State } from '../state';
import { button, element } from './element';
import type { Door, View } from './view';

export function createStatus(door: Door): View {
  const engine = element('span', { class: 'pill' });
  const offline = element('span', { class: 'pill', 'data-offline': '' });
  const useUpdate = button(text('offline.update.action'), 'pill pill-button', () =>
    door.useUpdate(),
  );
  const root = element('div', { class: 'status', role: 'status' }, engine, offline, useUpdate);
  return {
    root,
    update(state: State) {
      engine.hidden = state.engine.kind === 'unavailable';
      engine.dataset['state'] = state.engine.kind;
      engine.textContent = text(state.engine.kind === 'ready' ? 'engine.ready' : 'engine.loading');
      offline.dataset['state'] = state.offline;
      const isHeldBack = state.isPinned && state.offline === 'update';
      const isHeld = state.isPinned && state.offline === 'ready';
      offline.textContent = isHeldBack
        ? text('offline.pinned_update')
        : text(isHeld ? 'offline.pinned' : `offline.${state.offline}`);
      useUpdate.hidden = state.offline !== 'update' || state.isPinned;
    },
  };
}

export function createTrouble(door: Door): View {
  const title = element('h2', { id: 'trouble-title' });
  const help = element('p');
  const retry = button(text('engine.retry'), 'button button-main', () => door.retryEngine());
  const root = element(
    'section',
    { class: 'trouble', role: 'alert', 'aria-labelledby': 'trouble-title' },
    title,
    help,
    retry,
  );
  return {
    root,
    update({ engine }: State) {
      root.hidden = engine.kind !== 'unavailable';
      if (engine.kind !== 'unavailable') return;
      title.textContent = text(`engine.${engine.reason}.title`);
      help.textContent = text(`engine.${engine.reason}.help`, { what: engine.what });
      retry.hidden = engine.reason === 'no_simd';
    },
  };
}
