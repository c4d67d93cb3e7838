// Fetching the parts with one progress bar over all of them. Sizes come from files.json (tools/assemble.mjs).

import { Fault } from './fault.js';

/** @typedef {{path: string, sha256: string, bytes: number, brotli: number}} ListedFile */

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
    /** @type {Promise<boolean>[]} */
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
    await this.ready;
    const listed = this.listed.get(path);
    const size = listed?.bytes ?? bytes;
    const weight = listed?.brotli ?? bytes;
    this.total += weight;
    const answer = await fetch(this.base + path).catch(() => null);
    if (!answer?.ok || !answer.body) {
      throw new Fault('load.fetch', `A part of Limner (${path}) could not be fetched. Check the connection and reload the page.`);
    }
    const parts = [];
    let got = 0;
    let counted = 0;
    const reader = answer.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      got += value.length;
      const now = size ? Math.min(1, got / size) * weight : weight;
      this.done += now - counted;
      counted = now;
      this.onProgress(this.done, this.total);
    }
    this.done += weight - counted;
    this.onProgress(this.done, this.total);
    const whole = new Uint8Array(got);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    // A copy, made now: the bytes may be handed to a worker at once, and then are gone from here.
    const copy = new Response(/** @type {BodyInit} */ (whole), { headers: { 'content-type': answer.headers.get('content-type') ?? 'application/octet-stream' } });
    this.keeping.push(this.#keep(path, copy));
    return whole;
  }

  /** For the next visit, where the service worker looks. @param {string} path @param {Response} copy */
  async #keep(path, copy) {
    if (!this.version || !('caches' in globalThis)) return false;
    try {
      const cache = await caches.open(`limner-${this.version}`);
      if (await cache.match(this.base + path)) return true;
      await cache.put(this.base + path, copy);
      return true;
    } catch {
      return false; // no room, or not allowed: the page needs the network next time
    }
  }

  /** Whether everything fetched so far is kept for the next visit. */
  async kept() {
    return (await Promise.all(this.keeping)).every(Boolean);
  }
}
