// globalThis.limner: the interface for programs. docs/API.md describes it.

import { asFault, Fault, unwrap } from './fault.js';
import { encode } from './files.js';

const MOST_SEED = 128;

/** @param {unknown} recipe @returns {string} */
function textOf(recipe) {
  if (typeof recipe === 'string') return recipe;
  try {
    const text = JSON.stringify(recipe);
    if (typeof text === 'string') return text;
  } catch { /* told below */ }
  throw new Fault('recipe.json', 'A recipe is an object or its JSON text.');
}

/**
 * @param {object} parts
 * @param {import('./types').StudioCore} parts.core
 * @param {import('./painter.js').Painter} parts.painter
 * @param {() => import('./pack.js').Pack | null} parts.pack
 * @param {string} parts.version
 * @param {Promise<void>} parts.ready
 * @param {() => void} parts.changed
 * @param {() => object} parts.timing
 * @param {() => string} parts.trouble
 * @param {(file: Blob, recipe: string, wish: {kind?: 'png' | 'jpeg', keepPlace?: boolean, progress?: (done: number) => void, signal?: AbortSignal}) => Promise<{blob: Blob, width: number, height: number}>} parts.style
 * @param {(text: string, base: string, lang: string) => Promise<string>} parts.words
 * @param {object} parts.crowd what web/crowd.js offers
 */
export function makeApi({ core, painter, pack, version, ready, changed, timing, trouble, crowd, style, words }) {
  const checked = (/** @type {unknown} */ recipe) => unwrap(core.checkRecipe(textOf(recipe)));
  const api = {
    version,
    /** Resolves when the first portrait is on screen and nothing more will be fetched. */
    ready,
    schema: JSON.parse(core.schemaText()),
    /** "WebGPU", "WebAssembly" … */
    get backend() {
      return painter.backend?.name ?? 'none';
    },
    /** Why nothing can be painted, as a sentence; empty while all is well. */
    get trouble() {
      return trouble();
    },
    /** Names of the styles a recipe may ask for. @type {string[]} */
    styles: JSON.parse(core.styleNames()),
    /** Paints a recipe beside the panel: {recipe, blob, width, height, timing, backend}. @param {unknown} recipe @param {{kind?: 'png' | 'jpeg', withRecipe?: boolean, lang?: string}} [options] */
    async generate(recipe, options = {}) {
      const text = checked(recipe);
      const known = pack();
      if (!known || !painter.backend) throw new Fault('pack.none', 'There is no generator on this page yet, so nothing can be painted.');
      const picture = await painter.pixels(text);
      const wish = { recipe: text, size: 0, kind: options.kind ?? 'png', withRecipe: options.withRecipe ?? true, lang: options.lang };
      const blob = await encode(core, picture, wish, known, version);
      return {
        recipe: JSON.parse(text), blob, width: picture.width, height: picture.height,
        timing: { generate: picture.generateMs, finish: picture.finishMs }, backend: picture.backend,
      };
    },
    /**
     * A photo under a recipe's style and grade, at its full size: {blob, width, height}.
     * @param {Blob} photo @param {unknown} recipe @param {{kind?: 'png' | 'jpeg', keepPlace?: boolean, progress?: (done: number) => void, signal?: AbortSignal}} [options]
     */
    async style(photo, recipe, options = {}) {
      if (!(photo instanceof Blob)) throw new Fault('photo.none', 'A photo is a file: a Blob.');
      return style(photo, checked(recipe), options);
    },
    /** Puts a recipe on the stage, one step in its history. @param {unknown} recipe */
    async set(recipe) {
      const answer = JSON.parse(core.setRecipe(checked(recipe), 'From a program', true));
      if (answer.error) throw new Fault(answer.error.code, answer.error.sentence);
      changed();
    },
    /** The recipe on the stage. */
    get() {
      return JSON.parse(core.getRecipe());
    },
    /**
     * A recipe of somebody; the same seed gives the same person. Without one, nobody whose portrait is foretold to fail.
     * @param {string | number} [seed]
     */
    random(seed) {
      if (seed !== undefined && new TextEncoder().encode(String(seed)).length > MOST_SEED) throw new Fault('recipe.seed', `A seed has at most ${MOST_SEED} bytes.`);
      let recipe = '';
      for (let left = 8; left > 0 && (recipe === '' || (seed === undefined && core.doubtful(recipe))); --left) {
        const text = seed === undefined ? Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(36)).join('') : String(seed);
        recipe = unwrap(core.checkRecipe(JSON.stringify({ limner: 1, seed: text })));
      }
      return JSON.parse(recipe);
    },
    /** Words to a recipe: {recipe, understood, unused, refused}. @param {string} text @param {{base?: unknown, lang?: string}} [options] */
    async words(text, options = {}) {
      const base = options.base === undefined ? core.getRecipe() : checked(options.base);
      return JSON.parse(await words(String(text), base, String(options.lang ?? '')));
    },
    /** A recipe in words, for alternative texts. @param {unknown} recipe @param {string} [lang] */
    describe(recipe, lang = 'en') {
      return unwrap(core.describe(checked(recipe), lang));
    },
    /** Crowds: check, recipe, state, do, save, pause, cancel. */
    crowd,
    /** What the page measured of itself: milliseconds, counts, bytes. */
    timing,
  };
  for (const name of /** @type {const} */ (['generate', 'set', 'style', 'words'])) {
    const inner = /** @type {(...args: any[]) => Promise<any>} */ (api[name]);
    /** @type {any} */ (api)[name] = (/** @type {any[]} */ ...args) =>
      inner(...args).catch((thrown) => { throw asFault(thrown, 'internal', 'Limner stumbled over this. Please report it.'); });
  }
  return Object.freeze(Object.defineProperties(api, Object.getOwnPropertyDescriptors(api)));
}
