// The page's side of generator-worker.js.

import { Fault } from './fault.js';

/** @typedef {import('./types').Painted} Painted */

export class WorkerBackend {
  /**
   * @param {object} parts
   * @param {WebAssembly.Module} parts.app compiled once for the page and its worker
   * @param {'app' | 'core'} [parts.entry] which of the two it is: with the panel, or the core alone
   * @param {import('./pack.js').Pack} parts.pack
   * @param {import('./download.js').Downloads} parts.downloads
   * @param {WorkerBackend} [parts.begun] one that was started already
   */
  static async open({ app, entry = 'app', pack, downloads, begun = new WorkerBackend() }) {
    const file = pack.files.find((known) => known.precision === 'fp32');
    if (!file) throw new Fault('pack.precision', 'The pack has no network for this device.');
    try {
      await begun.start(pack.folder + file.name, downloads);
      await begun.#ask({ do: 'open', app, entry, pack, file });
      return begun;
    } catch (thrown) {
      begun.close();
      throw thrown;
    }
  }

  /**
   * Begins before anybody has looked properly at the pack: most likely it will be this network.
   * @param {Promise<string | null>} packText @param {string} folder of the pack @param {import('./download.js').Downloads} downloads
   * @returns {Promise<WorkerBackend | undefined>}
   */
  static async begin(packText, folder, downloads) {
    const text = await packText;
    /** @type {{files?: {name?: unknown, precision?: unknown}[]} | null} */
    const told = text === null ? null : JSON.parse(text); // looked at properly by readPack
    const name = told?.files?.find((file) => file.precision === 'fp32')?.name;
    if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) return undefined;
    const begun = new WorkerBackend();
    begun.start(folder + name, downloads).catch(() => undefined); // said by open()
    return begun;
  }

  /**
   * Fetches the runtime and a network, and gets them going while the page does other things. Whether it is the right
   * network is for open() to say. @param {string} path @param {import('./download.js').Downloads} downloads
   */
  start(path, downloads) {
    this.started ??= (async () => {
      const [network, ortBinary] = await Promise.all([downloads.get(path), downloads.get('ort/ort-wasm-simd-threaded.wasm')]);
      await this.#ask({ do: 'start', network, ortBinary }, [network.buffer, ortBinary.buffer]);
    })();
    return this.started;
  }

  constructor() {
    this.name = 'WebAssembly';
    this.worker = new Worker(new URL('./generator-worker.js', import.meta.url), { type: 'module', name: 'limner generator' });
    this.asked = 0;
    /** @type {Promise<void> | undefined} */
    this.started = undefined;
    /** @type {Map<number, {resolve: (value: any) => void, reject: (why: Fault) => void}>} */
    this.waiting = new Map();
    this.worker.onmessage = ({ data }) => {
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.error) waiting?.reject(new Fault(data.error.code, data.error.sentence));
      else waiting?.resolve(data.value);
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      const fault = new Fault('backend.worker', 'The painting engine stopped. Reload the page to go on.');
      for (const waiting of this.waiting.values()) waiting.reject(fault);
      this.waiting.clear();
    };
  }

  /** @param {object} what @param {ArrayBufferLike[]} [transfer] @returns {Promise<any>} */
  #ask(what, transfer = []) {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ ...what, id }, /** @type {Transferable[]} */ (transfer));
    });
  }

  /** @param {string} recipe @param {boolean} keep @returns {Promise<Painted>} */
  paint(recipe, keep) {
    return this.#ask({ do: 'paint', recipe, keep });
  }

  /** @param {Painted} painted */
  async pixels(painted) {
    if (!painted.rgba) throw new Fault('backend.read', 'There is no picture to read.');
    return painted.rgba;
  }

  /** @param {{rgba: Uint8Array, width: number, height: number}} picture */
  setExample(picture) {
    return this.#ask({ do: 'example', ...picture });
  }

  /** The pack's test portrait: rejects where it comes out wrong. Takes as long as a portrait. */
  async selfTest() {
    await this.#ask({ do: 'test' });
  }

  close() {
    this.worker.terminate();
  }
}
