// Recipes in, labelled pictures out, one after another: what embed.html, the npm package in browsers and Node have in common.
// Nothing here knows a page.

import { asFault, Fault, unwrap } from './fault.js';
import { encode, uuid } from './files.js';

/** @typedef {import('./types').Backend} Backend @typedef {import('./types').ToolCore} Core */

const MOST_SEED = 128;
const MOST_PARTS = 20000; // of what somebody calls a recipe
const DEEPEST = 24;
const MOST_TEXT = 65536 + 1; // the core refuses what is longer than 64 KiB; it need not see all of it

/**
 * @typedef {object} PictureWish
 * @property {'png' | 'jpeg'} [kind]
 * @property {number} [size] instead of the recipe's
 * @property {boolean} [withRecipe] in the file; true if absent
 * @property {string} [lang] of the alternative text
 * @property {AbortSignal} [signal]
 * @property {() => void} [onStart] its turn has come
 *
 * @typedef {object} Picture
 * @property {any} recipe
 * @property {Blob} blob
 * @property {number} width
 * @property {number} height
 * @property {string} alt
 * @property {{generate: number, finish: number}} timing milliseconds
 * @property {string} backend
 */

/**
 * Values from elsewhere may be cyclic, huge, or no data at all; this looks before anybody walks them.
 * @param {unknown} value @param {number} [depth] @param {{parts: number}} [left]
 */
function checkPlain(value, depth = 0, left = { parts: MOST_PARTS }) {
  const bad = () => new Fault('recipe.json', 'A recipe is an object of plain numbers, texts and lists, or its JSON text.');
  if (depth > DEEPEST || --left.parts < 0) throw bad();
  if (value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value)) return;
  if (Array.isArray(value)) {
    for (const part of value) checkPlain(part, depth + 1, left);
    return;
  }
  if (typeof value !== 'object' || ![Object.prototype, null].includes(Object.getPrototypeOf(value))) throw bad();
  for (const part of Object.values(value)) checkPlain(part, depth + 1, left);
}

/** A recipe as text; whether it is a good one the core says. @param {unknown} recipe @returns {string} */
export function recipeText(recipe) {
  if (typeof recipe === 'string') return recipe.slice(0, MOST_TEXT);
  checkPlain(recipe);
  if (typeof recipe !== 'object' || recipe === null) throw new Fault('recipe.json', 'A recipe is an object or its JSON text.');
  return JSON.stringify(recipe).slice(0, MOST_TEXT);
}

export const cancelled = () => new Fault('cancelled', 'This was called off.');

export class Portraits {
  /** @param {{core: Core, pack: import('./pack.js').Pack | null, backend: Backend | null, version: string}} parts */
  constructor({ core, pack, backend, version }) {
    this.core = core;
    this.pack = pack;
    this.backend = backend;
    this.version = version;
    this.schema = JSON.parse(core.schemaText());
    /** @type {string[]} */
    this.styles = JSON.parse(core.styleNames());
    /** What a crowd's "mix" may be. @type {{id: string, label: string, help: string}[]} */
    this.mixes = JSON.parse(core.crowdMixes());
    /** Why nothing can be painted. @type {Fault | null} */
    this.trouble = null;
    /** While another backend takes over. @type {Promise<void> | null} */
    this.opening = null;
    /** @type {{run: () => Promise<void>, fail: (fault: Fault) => void}[]} */
    this.queue = [];
    this.running = false;
    /** Gives up on what is being painted: what runs on a lost device may never end. */
    this.leave = () => {};
    this.painted = 0;
  }

  /** Canonical text of a recipe, or a Fault. @param {unknown} recipe @param {number} [size] @returns {string} */
  check(recipe, size) {
    const text = unwrap(this.core.checkRecipe(recipeText(recipe)));
    const told = JSON.parse(text);
    const name = told.style?.name;
    if (name && !this.styles.includes(name)) throw new Fault('style.unknown', `There is no style "${name.slice(0, 40)}".`);
    if (size === undefined) return text;
    return unwrap(this.core.checkRecipe(JSON.stringify({ ...told, frame: { ...told.frame, size } })));
  }

  /** A recipe of somebody; the same seed gives the same person. @param {string | number} [seed] */
  random(seed) {
    const text = seed === undefined ? Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(36)).join('') : String(seed);
    if (new TextEncoder().encode(text).length > MOST_SEED) throw new Fault('recipe.seed', `A seed has at most ${MOST_SEED} bytes.`);
    return JSON.parse(unwrap(this.core.checkRecipe(JSON.stringify({ limner: 1, seed: text }))));
  }

  /** Words to a recipe: {recipe, understood, unused, refused, lang}. @param {string} text @param {{base?: unknown, lang?: string}} [options] */
  words(text, { base = { limner: 1 }, lang = '' } = {}) {
    return JSON.parse(unwrap(this.core.words(String(text), this.check(base), String(lang))));
  }

  /** A recipe in words, for alternative texts. @param {unknown} recipe @param {string} [lang] @returns {string} */
  describe(recipe, lang = 'en') {
    return unwrap(this.core.describe(this.check(recipe), String(lang)));
  }

  /** Somebody near. @param {unknown} recipe @param {number} radius 0 the same, 1 a stranger @param {string} seed */
  variation(recipe, radius, seed) {
    return JSON.parse(unwrap(this.core.variation(this.check(recipe), radius, seed)));
  }

  /** A link's fragment of a recipe, without '#'. @param {unknown} recipe */
  fragment(recipe) {
    return unwrap(this.core.fragmentOf(this.check(recipe)));
  }

  /** Pixels, when its turn has come. @param {string} text canonical @param {PictureWish} wish @returns {Promise<import('./types').Painted & {rgba: Uint8Array, backend: string}>} */
  pixels(text, { signal, onStart } = {}) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled());
      const job = {
        fail: reject,
        run: async () => {
          if (signal?.aborted) return;
          onStart?.();
          for (;;) {
            await this.opening;
            const { backend } = this;
            if (!backend) return reject(this.trouble ?? new Fault('pack.none', 'There is no generator here, so nothing can be painted.'));
            try {
              /** @type {Promise<never>} */
              const left = new Promise((_, leave) => {
                this.leave = () => leave(new Fault('backend.gone', 'The painting engine was replaced.'));
              });
              left.catch(() => undefined);
              const painted = await Promise.race([backend.paint(text, false), left]);
              const rgba = await Promise.race([backend.pixels(painted), left]);
              this.painted += 1;
              return resolve({ ...painted, rgba, backend: backend.name });
            } catch (thrown) {
              if (this.opening || this.backend !== backend) continue; // it went away below us: once more on the next
              return reject(asFault(thrown, 'backend.paint', 'This portrait could not be painted.'));
            }
          }
        },
      };
      this.queue.push(job);
      signal?.addEventListener('abort', () => {
        this.queue = this.queue.filter((other) => other !== job);
        reject(cancelled());
      }, { once: true });
      this.#next();
    });
  }

  async #next() {
    if (this.running) return;
    this.running = true;
    for (let job = this.queue.shift(); job; job = this.queue.shift()) await job.run();
    this.running = false;
  }

  /** Paints a recipe. @param {unknown} recipe @param {PictureWish} [wish] @returns {Promise<Picture>} */
  async generate(recipe, wish = {}) {
    const text = this.check(recipe, wish.size);
    if (!this.pack) throw this.trouble ?? new Fault('pack.none', 'There is no generator here, so nothing can be painted.');
    const alt = unwrap(this.core.describe(text, wish.lang ?? 'en'));
    const picture = await this.pixels(text, wish);
    if (wish.signal?.aborted) throw cancelled();
    const kind = wish.kind ?? 'png';
    const blob = await encode(this.core, picture, { recipe: text, size: 0, kind, withRecipe: wish.withRecipe ?? true, lang: wish.lang }, this.pack, this.version);
    return {
      recipe: JSON.parse(text), blob, width: picture.width, height: picture.height, alt,
      timing: { generate: picture.generateMs, finish: picture.finishMs }, backend: picture.backend,
    };
  }

  /** The recipe with every attribute in it: what there is to know about the person. @param {unknown} recipe */
  settled(recipe) {
    const text = this.check(recipe);
    return { ...JSON.parse(text), set: JSON.parse(unwrap(this.core.valuesOf(text))) };
  }

  /** A crowd (src/sitter/crowd.h) in its canonical text. @param {unknown} crowd @returns {string} */
  checkCrowd(crowd) {
    if (typeof crowd !== 'string') checkPlain(crowd);
    return unwrap(this.core.checkCrowd(typeof crowd === 'string' ? crowd : JSON.stringify(crowd) ?? ''));
  }

  /** Person `index` of a crowd, a recipe. @param {unknown} crowd @param {number} index */
  member(crowd, index) {
    return JSON.parse(unwrap(this.core.crowdRecipe(this.checkCrowd(crowd), index)));
  }

  /** What a picture file says about itself. @param {Uint8Array} file */
  read(file) {
    const told = JSON.parse(unwrap(this.core.labelsOf(file)));
    let recipe = null;
    try {
      recipe = told.recipe ? JSON.parse(this.check(told.recipe)) : null;
    } catch { /* not one of ours: as good as none */ }
    return { ...told, recipe };
  }

  /**
   * A photo under a recipe's style, grade and retouching; its own credentials stay, its place is left out.
   * @param {Uint8Array} file PNG or JPEG @param {unknown} recipe @param {{keepPlace?: boolean}} [options]
   */
  style(file, recipe, { keepPlace = false } = {}) {
    const text = this.check(recipe);
    const photo = unwrap(this.core.decodePicture(file));
    unwrap(this.core.keepPhoto(photo.rgba, photo.width, photo.height));
    const { rgba, width, height } = unwrap(this.core.finishPhoto(text, () => true));
    const label = JSON.stringify({
      source: 'filtered', creatorTool: `Limner ${this.version}`, withRecipe: false, uniqueId: uuid(),
      created: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    });
    const bytes = unwrap(this.core.labelPhoto(unwrap(this.core.encodePng(rgba, width, height, label)), label, file, keepPlace));
    return { blob: new Blob([/** @type {BlobPart} */ (bytes)], { type: 'image/png' }), width, height };
  }

  close() {
    const waiting = this.queue;
    this.queue = [];
    for (const job of waiting) job.fail(new Fault('closed', 'Limner was closed.'));
    this.backend?.close();
    this.backend = null;
    this.trouble = new Fault('closed', 'Limner was closed.');
  }
}
