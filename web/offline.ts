// The page's end of the service worker: says when everything is kept for offline use, and changes
// to a new version only when asked.
import { kIsOneFile } from './parts';
import type { OfflineState } from './state';

export interface Offline {
  /** The page loads again with the version that came last. */
  useUpdate(): void;
}

function watch(worker: ServiceWorker, changed: () => void): void {
  worker.addEventListener('statechange', changed);
}

/** As sw.ts writes them. */
const kNotes = 'leukolens-notes';

async function noted(what: 'chosen' | 'newest'): Promise<string | null> {
  const note = await caches.match(what, { cacheName: kNotes });
  return note === undefined ? null : note.text();
}

async function stateOf(registration: ServiceWorkerRegistration): Promise<OfflineState> {
  if (registration.active === null) {
    return registration.installing === null ? 'unavailable' : 'preparing';
  }
  const [chosen, newest] = [await noted('chosen'), await noted('newest')];
  return chosen === newest ? 'ready' : 'update';
}

async function register(report: (offline: OfflineState) => void): Promise<void> {
  const registration = await navigator.serviceWorker.register('sw.js');
  const tell = (): void => void stateOf(registration).then(report);
  if (registration.installing !== null) watch(registration.installing, tell);
  registration.addEventListener('updatefound', () => {
    if (registration.installing !== null) watch(registration.installing, tell);
  });
  tell();
}

/** The page loads again with the version that came last. */
async function chooseNewest(): Promise<void> {
  const newest = await noted('newest');
  if (newest === null) return;
  await (await caches.open(kNotes)).put('chosen', new Response(newest));
  location.reload();
}

export function startOffline(report: (offline: OfflineState) => void): Offline {
  if (kIsOneFile || !('serviceWorker' in navigator)) {
    report(kIsOneFile ? 'one_file' : 'unavailable');
    return { useUpdate: () => {} };
  }
  register(report).catch(() => report('unavailable'));
  return { useUpdate: () => void chooseNewest() };
}
