// Offline: the shell is kept at install; the heavy parts (ONNX Runtime's wasm, the pack) are put into the same cache by
// web/download.js when they are first used. Version @LIMNER_VERSION@.
// Answers from the cache first, so that a visit after the first asks the network for nothing.

const VERSION = '@LIMNER_VERSION@';
const CACHE = `limner-${VERSION}`;
const HEAVY = /^(ort\/.*\.wasm|models\/.*)$/;
const NOT_SERVED = /^(service-worker\.js|licences\/|LICENSE|THIRD_PARTY|shaders\/)/;
/** What only embedding sites ask for; it is kept when it is first used. */
const ELSEWHERE = /^(embed\.html|app\/core\.|web\/(embed|element|engine|portraits))/;

/** @typedef {{path: string, sha256: string}} Listed */

self.addEventListener('install', (event) => {
  /** @type {any} */ (event).waitUntil((async () => {
    const answer = await fetch('files.json', { cache: 'no-cache' });
    /** @type {{version: string, files: Listed[]}} */
    const list = await answer.clone().json();
    const cache = await caches.open(CACHE);
    const shell = list.files.map((file) => file.path).filter((path) => !HEAVY.test(path) && !NOT_SERVED.test(path) && !ELSEWHERE.test(path));
    await cache.put('files.json', answer);
    await cache.addAll(['./', ...shell]);
    await /** @type {any} */ (self).skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  /** @type {any} */ (event).waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('limner-') && name !== CACHE) await caches.delete(name);
    }
    await /** @type {any} */ (self).clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = /** @type {any} */ (event);
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  /** @type {any} */ (event).respondWith((async () => {
    const cache = await caches.open(CACHE);
    const found = await cache.match(request, { ignoreSearch: request.mode === 'navigate' });
    return found ?? fetch(request);
  })());
});
