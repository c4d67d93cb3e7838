// The gallery's side of the page: favourites, archives, and what programs and the form may ask of it.

import { CrowdForm } from './crowd-form.js';
import { Archives } from './crowd-save.js';
import { keepCrowd, keepFavourite, keptCrowd, keptFavourites } from './favourites.js';
import { asFault, Fault, unwrap } from './fault.js';

const MOST_FILE = 8e6; // bytes of a file of favourites
const KEEP_MS = 400; // so that a dragged facet is kept once

/** @typedef {import('./crowd-save.js').ManyWish} ManyWish */
/** @typedef {{id: string, label: string, people: number, on: boolean}} Option a light, backdrop or style of the crowd's */

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export class CrowdRoom {
  /**
   * @param {object} parts
   * @param {import('./types').StudioCore} parts.core @param {WebAssembly.Module} parts.app
   * @param {import('./painter.js').Painter} parts.painter
   * @param {() => import('./pack.js').Pack | null} parts.pack @param {string} parts.version
   * @param {HTMLElement} parts.form the accessible twin
   * @param {(act: () => Promise<void>) => Promise<void>} parts.attempt
   * @param {(sentence: string, alarm?: boolean) => void} parts.say
   * @param {(text: string) => void} parts.announce @param {() => void} parts.changed
   */
  constructor(parts) {
    this.parts = parts;
    this.archives = new Archives({ ...parts, onProgress: (progress) => this.#progress(progress) });
    this.form = new CrowdForm(parts.form, this);
    this.keeping = 0;
    this.kept = '';
    this.keeps = true; // until storage refuses, which is said once
    keptCrowd().then((history) => history && parts.core.galleryCommand('restore', history));
    keptFavourites().then((all) => all.forEach((recipe) => parts.core.galleryCommand('kept', recipe)));
  }

  /** @returns {any} */
  state() {
    return JSON.parse(this.parts.core.galleryState());
  }

  /** @param {string} verb @param {string} [what] */
  command(verb, what = '') {
    const answer = JSON.parse(this.parts.core.galleryCommand(verb, what));
    this.parts.changed();
    if (answer.error) throw new Fault(answer.error.code, answer.error.sentence);
  }

  /** A favourite's recipe. @param {number} number */
  favourite(number) {
    return this.parts.core.galleryCommand('favourite', String(number));
  }

  /** Counts a few milliseconds further. @param {number} looked people looked through @returns {{more: boolean, of: number, facets: Record<string, {of: number, counts: number[]}>, options: Record<string, Option[]>}} */
  count(looked) {
    return JSON.parse(this.parts.core.galleryCommand('count', String(looked)));
  }

  /** A picture of the gallery that could not be painted. @param {number} job */
  failed(job) {
    this.parts.core.galleryCommand('failed', String(job));
  }

  /** What the drawn gallery asks of the page (src/studio/crowd*.cpp). @param {any} what */
  told(what) {
    const { attempt } = this.parts;
    if (what.do === 'changed') {
      this.form.changed();
      this.#keep();
    }
    if (what.do === 'keep') {
      this.form.changed();
      attempt(() => keepFavourite(what.recipe, what.in));
    }
    if (what.do === 'pause') this.archives.pause(what.on);
    if (what.do === 'cancel') this.archives.cancel();
    if (what.do === 'save') attempt(() => this.saveAs(what));
    if (what.do === 'favourites-file') attempt(() => this.favouritesFile(what.recipes));
    if (what.do === 'open-favourites') this.openFavourites();
  }

  #keep() {
    clearTimeout(this.keeping);
    this.keeping = window.setTimeout(() => {
      const history = this.parts.core.galleryCommand('history', '');
      if (!this.keeps || history === this.kept) return;
      this.kept = history;
      this.parts.attempt(() => keepCrowd(history).catch((fault) => {
        this.keeps = false;
        throw fault;
      }));
    }, KEEP_MS);
  }

  /** @param {import('./crowd-save.js').Progress} progress */
  #progress(progress) {
    this.parts.core.galleryCommand('saving', JSON.stringify(progress));
    this.form.progress(progress);
    this.parts.changed();
  }

  /** To where the visitor chooses, or to the downloads. @param {ManyWish} wish */
  async saveAs(wish) {
    const { say } = this.parts;
    const seed = wish.recipes ? 'people' : String(JSON.parse(wish.crowd ?? '{}').seed ?? 'crowd');
    const name = `limner-${seed.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40) || 'crowd'}.zip`;
    const picker = /** @type {any} */ (window).showSaveFilePicker;
    /** @type {FileSystemFileHandle | undefined} */
    let handle;
    if (picker && !this.archives.running) {
      try {
        handle = await picker({ suggestedName: name, types: [{ description: 'ZIP archive', accept: { 'application/zip': ['.zip'] } }] });
      } catch (thrown) {
        if (thrown instanceof DOMException && thrown.name === 'AbortError') return; // thought better of it
      }
    }
    try {
      const file = await this.archives.save({ ...wish, lang: navigator.language.slice(0, 2) }, handle ? { sink: 'file', handle } : { sink: 'opfs' });
      if (file) download(file, name);
      say('Saved. The archive says of everybody who they are, in manifest.json and manifest.csv.');
    } catch (thrown) {
      const fault = asFault(thrown, 'save.write', 'The archive could not be written.');
      say(fault.sentence, fault.code !== 'save.cancelled');
    }
  }

  /** @param {string[]} recipes */
  async favouritesFile(recipes) {
    const text = JSON.stringify({ limner: 1, favourites: recipes.map((recipe) => JSON.parse(recipe)) }, null, 1);
    download(new Blob([text], { type: 'application/json' }), 'limner-favourites.json');
  }

  openFavourites() {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.json,application/json' });
    input.addEventListener('change', () => this.parts.attempt(async () => {
      const file = input.files?.[0];
      if (file) this.parts.say(`${await this.readFavourites(file)} people are back among your favourites.`);
    }));
    input.click();
  }

  /** @param {Blob} file @returns {Promise<number>} how many there were */
  async readFavourites(file) {
    const bad = new Fault('favourites.file', 'This is not a file of favourites saved by Limner.');
    if (file.size > MOST_FILE) throw bad;
    /** @type {any} */
    let told;
    try {
      told = JSON.parse(await file.text());
    } catch {
      throw bad;
    }
    if (!Array.isArray(told?.favourites)) throw bad;
    // All or nothing: a damaged file changes nothing.
    const recipes = told.favourites.slice(0, 10000).map((/** @type {unknown} */ one) => unwrap(this.parts.core.checkRecipe(JSON.stringify(one))));
    for (const recipe of recipes) this.command('keep', recipe);
    return recipes.length;
  }

  /** For programs: globalThis.limner.crowd. */
  api() {
    const { core } = this.parts;
    const text = (/** @type {unknown} */ given) => (typeof given === 'string' ? given : JSON.stringify(given) ?? '');
    return Object.freeze({
      /** A crowd as it is understood, or an error with a sentence. @param {unknown} crowd */
      check: (crowd) => JSON.parse(unwrap(core.checkCrowd(text(crowd)))),
      /** Person `index` of a crowd. @param {unknown} crowd @param {number} index */
      recipe: (crowd, index) => JSON.parse(unwrap(core.crowdRecipe(text(crowd), Number(index)))),
      /** What a crowd's "mix" may be: {id, label, help}. */
      mixes: () => JSON.parse(core.crowdMixes()),
      /** What the gallery shows, who is selected. */
      state: () => this.state(),
      /** A favourite's recipe. @param {number} number */
      favourite: (number) => JSON.parse(this.favourite(Number(number))),
      /** How many have what, of everybody looked through; counts a few milliseconds further. @param {number} [looked] */
      count: (looked = 0) => this.count(Number(looked)),
      /** What the gallery's buttons do: open, close, crowd, preset, pick, unpick, keep, similar, mix, breed, undo, redo … @param {string} verb @param {unknown} [what] */
      do: (verb, what = '') => this.command(String(verb), text(what)),
      /** A ZIP of many. @param {any} wish {crowd, count} or {recipes}, size, transparent, withRecipe @returns {Promise<Blob>} */
      save: async (wish) => {
        const { sink = 'opfs', ...rest } = wish;
        if (rest.crowd !== undefined) rest.crowd = text(rest.crowd);
        if (rest.recipes) rest.recipes = rest.recipes.map(text);
        return /** @type {Blob} */ (await this.archives.save(rest, { sink: sink === 'blob' ? 'blob' : 'opfs' }));
      },
      pause: (/** @type {boolean} */ on) => this.archives.pause(Boolean(on)),
      cancel: () => this.archives.cancel(),
    });
  }
}
