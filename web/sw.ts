// Keeps the whole page for offline use. A new version is fetched beside the old one and kept unused
// until a person asks for it on the page, also when all its tabs were closed in between.
export {};

declare const self: ServiceWorkerGlobalScope;

/** Written by build.mjs: every file of the page, and a hash over their contents. */
declare const kPrecache: { readonly version: string; readonly paths: readonly string[] };

const kPrefix = 'leukolens-';
const kCache = kPrefix + kPrecache.version;
/** Holds which version is used, and which came last; the page reads and chooses by it. */
const kNotes = 'leukolens-notes';

async function noted(what: 'chosen' | 'newest'): Promise<string | null> {
  const note = await caches.match(what, { cacheName: kNotes });
  return note === undefined ? null : note.text();
}

async function install(): Promise<void> {
  const cache = await caches.open(kCache);
  await cache.addAll(kPrecache.paths.map((path) => new Request(path, { cache: 'no-cache' })));
  const notes = await caches.open(kNotes);
  await notes.put('newest', new Response(kCache));
  const chosen = await noted('chosen');
  const isThere = chosen !== null && (await caches.has(chosen));
  if (!isThere) await notes.put('chosen', new Response(kCache));
}

/** Browsers put a new worker in the old one's place once no page is open: the version stays. */
async function activate(): Promise<void> {
  const wanted = new Set([kNotes, await noted('chosen'), await noted('newest')]);
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(kPrefix) && !wanted.has(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const chosen = (await noted('chosen')) ?? kCache;
  for (const cacheName of [chosen, kCache]) {
    const kept = await caches.match(request, { cacheName, ignoreSearch: true });
    if (kept !== undefined) return kept;
  }
  return fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});
