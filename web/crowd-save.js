// Many people become one ZIP: painted here, packed in crowd-worker.js, with progress, pause and cancel.

import { asFault, Fault, unwrap } from './fault.js';
import { WorkerDoor } from './worker-door.js';

const MOST = 50000; // pictures in one archive
const AHEAD = 2; // painted pictures that wait to be packed
const TELL_MS = 250;

/**
 * @typedef {object} ManyWish
 * @property {string} [crowd] a crowd's text: its people 0 … count-1
 * @property {number} [count]
 * @property {string[]} [recipes] these people instead
 * @property {number} size @property {boolean} [transparent] @property {boolean} [withRecipe] @property {string} [lang]
 *
 * @typedef {{running: boolean, paused: boolean, done: number, total: number, megabytes: number, secondsLeft: number}} Progress
 */

/** A recipe as it goes into the archive. @param {string} text @param {ManyWish} wish */
export function prepared(text, wish) {
  const recipe = JSON.parse(text);
  recipe.frame = { ...recipe.frame, size: wish.size };
  if (wish.transparent) recipe.backdrop = { kind: 'transparent' };
  return recipe;
}

export class Archives {
  /**
   * @param {object} parts
   * @param {import('./types').StudioCore} parts.core @param {WebAssembly.Module} parts.app
   * @param {import('./painter.js').Painter} parts.painter
   * @param {() => import('./pack.js').Pack | null} parts.pack @param {string} parts.version
   * @param {(progress: Progress) => void} parts.onProgress
   */
  constructor(parts) {
    this.parts = parts;
    const worker = new Worker(new URL('./crowd-worker.js', import.meta.url), { type: 'module', name: 'limner archives' });
    this.door = new WorkerDoor(worker, 'save.worker', 'Saving stopped: the browser ended its worker. Try fewer or smaller pictures.');
    this.running = false;
    this.cancelled = false;
    this.paused = false;
    this.goOn = () => {};
  }

  /** @param {boolean} on */
  pause(on) {
    this.paused = on;
    if (!on) this.goOn();
  }

  cancel() {
    this.cancelled = true;
    this.pause(false);
  }

  /**
   * The archive, or null where it went into the chosen file or was cancelled.
   * @param {ManyWish} wish @param {{sink: 'file' | 'opfs' | 'blob', handle?: FileSystemFileHandle}} to
   * @returns {Promise<Blob | null>}
   */
  async save(wish, to) {
    const { core, app, pack, version } = this.parts;
    const known = pack();
    const total = wish.recipes ? wish.recipes.length : Number(wish.count);
    if (!known) throw new Fault('pack.none', 'There is no generator on this page yet, so nothing can be painted.');
    if (this.running) throw new Fault('save.busy', 'An archive is being written already. Wait for it or cancel it.');
    if (!Number.isInteger(total) || total < 1 || total > MOST) throw new Fault('save.count', `An archive has 1 to ${MOST} pictures.`);
    if (!Number.isInteger(wish.size) || wish.size < 64 || wish.size > 1024) throw new Fault('save.size', 'Pictures of an archive have 64 to 1024 pixels on a side.');
    const crowd = wish.recipes ? '' : unwrap(core.checkCrowd(String(wish.crowd ?? '{}')));
    this.running = true;
    this.cancelled = false;
    this.paused = false;
    this.started = performance.now();
    let bytes = 0;
    let done = 0;
    let idle = 0; // spent paused
    let told = 0;
    const tell = (/** @type {boolean} */ last) => {
      const now = performance.now();
      if (!last && now - told < TELL_MS) return;
      told = now;
      const each = done ? (now - /** @type {number} */ (this.started) - idle) / done : 0;
      this.parts.onProgress({
        running: !last, paused: this.paused, done, total, megabytes: bytes / 1e6, secondsLeft: done > 2 ? (each * (total - done)) / 1000 : 0,
      });
    };
    tell(false);
    try {
      await this.door.ask({
        do: 'begin', app, ...to, schema: { attributes: JSON.parse(core.schemaText()).attributes.map((/** @type {any} */ a) => ({ id: a.id, type: a.type })) },
        about: {
          limner: 1, creator: `Limner ${version}`, pack: `${known.name} ${known.version}`, created: new Date().toISOString(),
          size: wish.size, transparent: Boolean(wish.transparent), ...(crowd ? { crowd: JSON.parse(crowd) } : {}),
        },
      });
      /** @type {Promise<void>[]} */
      const packing = [];
      for (let i = 0; i < total; ++i) {
        if (this.paused) {
          const since = performance.now();
          told = 0;
          tell(false);
          await new Promise((resolve) => { this.goOn = () => resolve(undefined); });
          idle += performance.now() - since;
          told = 0;
        }
        if (this.cancelled) throw new Fault('save.cancelled', 'Cancelled; nothing was saved.');
        const person = wish.recipes ? unwrap(core.checkRecipe(wish.recipes[i])) : unwrap(core.crowdRecipe(crowd, i));
        const recipe = unwrap(core.checkRecipe(JSON.stringify(prepared(person, wish))));
        const { rgba, width, height } = await this.parts.painter.pixels(recipe);
        const name = `${String(i + 1).padStart(Math.max(4, String(total).length), '0')}.png`;
        const options = {
          withRecipe: wish.withRecipe ?? true, creatorTool: `Limner ${version}`, aiSystem: `Limner ${known.name}`, aiVersion: known.version,
          created: new Date().toISOString().replace(/\.\d+Z$/, 'Z'), uniqueId: crypto.randomUUID?.() ?? '',
          altText: unwrap(core.describe(recipe, wish.lang ?? 'en')), // here, where all languages are
        };
        packing.push(this.door.ask({ do: 'add', name, rgba, width, height, recipe, options }, { transfer: [rgba.buffer] })
          .then((written) => {
            bytes = written;
            done += 1;
            tell(false);
          }));
        packing[packing.length - 1].catch(() => undefined); // told below, when its turn comes
        if (packing.length > AHEAD) await packing.shift();
      }
      await Promise.all(packing);
      if (this.cancelled) throw new Fault('save.cancelled', 'Cancelled; nothing was saved.');
      return await this.door.ask({ do: 'finish' });
    } catch (thrown) {
      await this.door.ask({ do: 'abort' }).catch(() => undefined);
      throw asFault(thrown, 'save.write', 'The archive could not be written.');
    } finally {
      this.running = false;
      tell(true);
    }
  }
}
