// The page's end of the service worker: says when everything is kept for offline use, and changes
// to a new version only when asked.
import { kIsOneFile } from './parts';
import type { OfflineState } from './state';

export interface Offline {
  /** Lets a waiting version take over; the page loads again with it. */
  useUpdate(): void;
}

function watch(worker: ServiceWorker, changed: () => void): void {
  worker.addEventListener('statechange', changed);
}

async function register(
  report: (offline: OfflineState) => void,
): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register('sw.js');
  const tell = (): void => {
    if (registration.waiting !== null && registration.active !== null) report('update');
    else if (registration.active !== null) report('ready');
    else if (registration.installing === null) report('unavailable');
  };
  if (registration.installing !== null) watch(registration.installing, tell);
  registration.addEventListener('updatefound', () => {
    if (registration.installing !== null) watch(registration.installing, tell);
  });
  tell();
  return registration;
}

export function startOffline(report: (offline: OfflineState) => void): Offline {
  if (kIsOneFile) {
    report('one_file');
    return { useUpdate: () => {} };
  }
  if (!('serviceWorker' in navigator)) {
    report('unavailable');
    return { useUpdate: () => {} };
  }
  let isAsked = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isAsked) location.reload();
  });
  const registered = register(report).catch(() => {
    report('unavailable');
    return null;
  });
  return {
    useUpdate() {
      isAsked = true;
      void registered.then((registration) => registration?.waiting?.postMessage('use'));
    },
  };
}
