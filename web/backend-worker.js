// The page's side of generator-worker.js.

import { Fault } from './fault.js';
import { WorkerDoor } from './worker-door.js';

/** @typedef {import('./types').Painted} Painted */

export class WorkerBackend {
  /**
   * @param {object} parts
   * @param {Promise<WebAssembly.Module>} parts.app compiled once for the page and its worker
   * @param {'app' | 'core'} [parts.entry] which of the two it is: with the panel, or the core alone
   * @param {import('./pack.js').Pack} parts.pack
   * @param {import('./download.js').Downloads} parts.downloads
   * @param {WorkerBackend} [parts.begun] one that was started already
   */
  static async open({ app, entry = 'app', pack, downloads, begun = new WorkerBackend() }) {
    const file = pack.files.find((known) => known.precision === 'fp32');
    if (!file) throw new Fault('pack.precision', 'The pack has no network for this device.');
    try {
      await begun.start(app, entry, pack.folder + file.name, downloads);
      await begun.door.ask({ do: 'open', pack, file });
      return begun;
    } catch (thrown) {
      begun.close();
      throw thrown;
    }
  }

  /**
   * Begins before anybody has looked properly at the pack: most likely it will be this network.
   * @param {Promise<WebAssembly.Module>} app @param {'app' | 'core'} entry @param {Promise<string | null>} packText
   * @param {string} folder of the pack @param {import('./download.js').Downloads} downloads
   * @returns {Promise<WorkerBackend | undefined>} itself, if there is anything to begin with
   */
  async begin(app, entry, packText, folder, downloads) {
    /** @type {{files?: {name?: unknown, precision?: unknown}[]} | null} */
    let told = null;
    try {
      told = JSON.parse((await packText) ?? 'null');
    } catch { /* readPack looks at it properly */ }
    const name = told?.files?.find((file) => file.precision === 'fp32')?.name;
    if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) {
      this.close();
      return undefined;
    }
    this.start(app, entry, folder + name, downloads).catch(() => undefined); // said by open()
    return this;
  }

  /**
   * Fetches a network and gets it going while the page does other things. Whether it is the right one is for open() to say.
   * @param {Promise<WebAssembly.Module>} app @param {'app' | 'core'} entry @param {string} path @param {import('./download.js').Downloads} downloads
   */
  start(app, entry, path, downloads) {
    this.started ??= (async () => {
      // Fetched over there: here it would wait for whatever else the page does.
      await downloads.getBy(async (part, progress) => {
        this.requests = await this.door.ask({ do: 'fetch', part, entry }, { progress });
        return { kept: () => this.door.ask({ do: 'kept' }).catch(() => false) };
      }, path);
      await this.door.ask({ do: 'start', app: await app });
    })();
    return this.started;
  }

  constructor() {
    this.name = 'WebAssembly';
    const worker = new Worker(new URL('./generator-worker.js', import.meta.url), { type: 'module', name: 'limner generator' });
    this.door = new WorkerDoor(worker, 'backend.worker', 'The painting engine stopped. Reload the page to go on.');
    /** @type {Promise<void> | undefined} */
    this.started = undefined;
    this.requests = 0; // the worker's own
  }

  /** @param {string} recipe @param {boolean} keep @returns {Promise<Painted>} */
  paint(recipe, keep) {
    return this.door.ask({ do: 'paint', recipe, keep });
  }

  /** @param {Painted} painted */
  async pixels(painted) {
    if (!painted.rgba) throw new Fault('backend.read', 'There is no picture to read.');
    return painted.rgba;
  }

  /** @param {{rgba: Uint8Array, width: number, height: number}} picture */
  setExample(picture) {
    return this.door.ask({ do: 'example', ...picture });
  }

  /** The pack's test portrait: rejects where it comes out wrong. Takes as long as a portrait. */
  async selfTest() {
    await this.door.ask({ do: 'test' });
  }

  close() {
    this.door.close(new Fault('backend.closed', 'The painting engine was closed.'));
  }
}
