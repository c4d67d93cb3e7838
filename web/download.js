// Fetching the parts with one progress bar over all of them. Sizes come from files.json (tools/assemble.mjs).

import { Fault } from './fault.js';

/**
 * @typedef {{path: string, sha256: string, bytes: number, brotli: number}} ListedFile
 * @typedef {{url: string, cache: string}} Part where it is, and in which cache the next visit looks for it ('': none)
 * @typedef {{whole: Uint8Array, kept: () => Promise<boolean>}} Taken
 */

/** @param {ReadableStream<Uint8Array>} body @param {(got: number) => void} onBytes @returns {Promise<Uint8Array>} */
async function inPieces(body, onBytes) {
  const parts = [];
  let got = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    got += value.length;
    onBytes(got);
  }
  const whole = new Uint8Array(got);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** For the next visit, where the service worker looks. @param {Part} part @param {Response} copy */
async function keep({ url, cache: name }, copy) {
  if (!name || !('caches' in globalThis)) return false;
  try {
    const cache = await caches.open(name);
    if (await cache.match(url)) return true;
    await cache.put(url, copy);
    return true;
  } catch {
    return false; // no room, or not allowed: the page needs the network next time
  }
}

/** In a page or a worker. @param {Part} part @param {(got: number) => void} onBytes @returns {Promise<Taken>} */
export async function take(part, onBytes) {
  const answer = await fetch(part.url).catch(() => null);
  if (!answer?.ok || !answer.body) {
    throw new Fault('load.fetch', `A part of Limner (${part.url.split('/').at(-1)}) could not be fetched. Check the connection and reload the page.`);
  }
  const whole = await inPieces(answer.body, onBytes);
  // A copy, made now: the bytes may be handed on at once, and then are gone from here.
  const copy = new Response(/** @type {BodyInit} */ (whole), { headers: { 'content-type': answer.headers.get('content-type') ?? 'application/octet-stream' } });
  const keeping = keep(part, copy);
  return { whole, kept: () => keeping };
}

export class Downloads {
  /** @param {(done: number, total: number) => void} onProgress compressed bytes @param {string} [base] where the parts are, if not beside the page */
  constructor(onProgress, base = '') {
    this.onProgress = onProgress;
    this.base = base;
    /** @type {Map<string, ListedFile>} */
    this.listed = new Map();
    this.done = 0;
    this.total = 0;
    this.version = '';
    /** @type {(() => Promise<boolean>)[]} */
    this.keeping = [];
    /** @type {Promise<void>} */
    this.ready = this.#readList();
  }

  async #readList() {
    const answer = await fetch(`${this.base}files.json`).catch(() => null);
    if (!answer?.ok) return; // sizes are a courtesy; the page works without them
    /** @type {{version: string, files: ListedFile[]}} */
    const list = await answer.json();
    this.version = list.version;
    for (const file of list.files) this.listed.set(file.path, file);
  }

  /**
   * @param {string} path relative to the page
   * @param {number} [bytes] its size where the list does not say
   * @returns {Promise<Uint8Array>}
   */
  async get(path, bytes = 0) {
    return (await this.getBy(take, path, bytes)).whole;
  }

  /**
   * The same by somebody else's hands, a worker's for example.
   * @template {{kept: () => Promise<boolean>}} Got
   * @param {(part: Part, onBytes: (got: number) => void) => Promise<Got>} hands @param {string} path @param {number} [bytes]
   * @returns {Promise<Got>}
   */
  async getBy(hands, path, bytes = 0) {
    await this.ready;
    const listed = this.listed.get(path);
    const size = listed?.bytes ?? bytes;
    const weight = listed?.brotli ?? bytes;
    this.total += weight;
    let counted = 0;
    const count = (/** @type {number} */ share) => {
      this.done += share * weight - counted;
      counted = share * weight;
      this.onProgress(this.done, this.total);
    };
    const part = { url: new URL(this.base + path, document.baseURI).href, cache: this.version ? `limner-${this.version}` : '' };
    const got = await hands(part, (done) => count(size ? Math.min(1, done / size) : 0));
    count(1);
    this.keeping.push(got.kept);
    return got;
  }

  /** Whether everything fetched so far is kept for the next visit. */
  async kept() {
    return (await Promise.all(this.keeping.map((kept) => kept()))).every(Boolean);
  }
}
