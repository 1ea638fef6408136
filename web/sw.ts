// Keeps the whole page for offline use. A new version is fetched beside the old one and waits until
// the page asks for it, so nothing changes under a person's hands.
export {};

declare const self: ServiceWorkerGlobalScope;

/** Written by build.mjs: every file of the page, and a hash over their contents. */
declare const kPrecache: { readonly version: string; readonly paths: readonly string[] };

const kPrefix = 'leukolens-';
const kCache = kPrefix + kPrecache.version;

async function install(): Promise<void> {
  const cache = await caches.open(kCache);
  await cache.addAll(kPrecache.paths.map((path) => new Request(path, { cache: 'no-cache' })));
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(kPrefix) && name !== kCache);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(kCache);
  const kept = await cache.match(request, { ignoreSearch: true });
  return kept ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  if (event.data === 'use') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});
