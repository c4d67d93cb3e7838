// What a person sees of embed.html: a picture and a few controls. `compact` has a picture, a new person and a style; `picker`
// also words, similar people, and the button that hands the portrait to the page around.

import { Fault } from './fault.js';

const NEAR = 6;
const NEAR_RADIUS = 0.35;
const NEAR_SIZE = 128;

/** @param {string} id */
const element = (id) => /** @type {any} */ (document.getElementById(id));

/** "red_chalk" as people write it. @param {string} name */
const readable = (name) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ');

export class View {
  /**
   * @param {object} parts
   * @param {'compact' | 'picker'} parts.mode
   * @param {import('./embed-words.js').Sayings} parts.sayings
   * @param {string} parts.lang
   * @param {object} calls
   * @param {(recipe: any) => void} calls.changed a person chose another recipe
   * @param {() => Promise<void>} calls.use
   */
  constructor({ mode, sayings, lang }, calls) {
    this.mode = mode;
    this.sayings = sayings;
    this.lang = lang;
    this.calls = calls;
    /** @type {import('./portraits.js').Portraits | null} */
    this.portraits = null;
    this.recipe = null;
    this.painting = new AbortController();
    this.url = '';
    this.said = ''; // the words that are done
    /** @type {string[]} */
    this.nearUrls = [];
    this.#label();
  }

  #label() {
    const say = this.sayings;
    const picker = this.mode === 'picker';
    element('embed').hidden = false;
    element('person').textContent = say.person;
    element('use').textContent = say.use;
    element('style').labels[0].textContent = say.style;
    element('text').labels[0].textContent = say.words;
    element('text').placeholder = say.example;
    element('near').querySelector('h2').textContent = say.near;
    for (const id of ['words', 'near', 'use']) element(id).hidden = !picker;
    for (const id of ['person', 'style', 'use', 'text']) element(id).disabled = true;
    this.say(say.loading);
  }

  /** @param {string} sentence @param {boolean} [alarm] */
  say(sentence, alarm = false) {
    element('veil').textContent = sentence;
    element('veil').classList.toggle('alarm', alarm);
  }

  /** The painter is there: controls come to life. @param {import('./portraits.js').Portraits} portraits */
  open(portraits) {
    this.portraits = portraits;
    const select = element('style');
    select.append(new Option(this.sayings.plain, ''), ...portraits.styles.filter((name) => name !== 'example').map((name) => new Option(readable(name), name)));
    for (const id of ['person', 'style', 'use', 'text']) element(id).disabled = false;
    element('person').addEventListener('click', () => {
      const { seed } = portraits.random();
      const { style, light, backdrop, frame } = /** @type {any} */ (this.recipe ?? {});
      this.#choose({ limner: 1, seed, style, light, backdrop, frame });
    });
    select.addEventListener('change', () => this.#choose({ ...this.recipe, style: select.value ? { name: select.value } : undefined }));
    // Not a form: a sandboxed frame may not submit one.
    element('text').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && !event.isComposing && this.#words());
    element('text').addEventListener('change', () => this.#words());
    element('use').addEventListener('click', async () => {
      element('use').disabled = true;
      await this.calls.use().then(() => this.say(this.sayings.taken), (fault) => this.say(fault.sentence, true));
      element('use').disabled = false;
    });
  }

  #words() {
    const text = element('text').value.trim();
    const note = element('unused');
    if (!text || text === this.said || !this.portraits) return;
    this.said = text;
    note.hidden = true;
    try {
      const { recipe, refused, unused } = this.portraits.words(text, { base: this.recipe ?? undefined, lang: '' });
      if (refused) throw new Fault(refused.code, refused.sentence);
      note.textContent = this.sayings.unused + unused.map((/** @type {{text: string}} */ part) => part.text).join(', ');
      note.hidden = unused.length === 0;
      this.#choose(recipe);
    } catch (thrown) {
      this.say(thrown instanceof Fault ? thrown.sentence : String(thrown), true);
    }
  }

  /** @param {any} recipe */
  #choose(recipe) {
    if (!this.portraits) return;
    const whole = JSON.parse(this.portraits.check(JSON.parse(JSON.stringify(recipe))));
    this.calls.changed(whole);
    this.show(whole);
  }

  /** Paints it, and gives up on what was being painted. @param {any} recipe */
  async show(recipe) {
    this.recipe = recipe;
    element('style').value = recipe.style?.name ?? '';
    this.painting.abort();
    this.painting = new AbortController();
    const { signal } = this.painting;
    if (!this.portraits) return;
    this.say(this.sayings.painting);
    try {
      const { blob, alt } = await this.portraits.generate(recipe, { size: this.mode === 'picker' ? 512 : 256, lang: this.lang, signal, withRecipe: false });
      const image = element('picture');
      URL.revokeObjectURL(this.url);
      this.url = URL.createObjectURL(blob);
      image.src = this.url;
      image.alt = alt;
      image.classList.add('shown');
      // What was said in the meantime, a refusal say, stays.
      if (element('veil').textContent === this.sayings.painting) this.say('');
      if (this.mode === 'picker') await this.#showNear(recipe, signal);
    } catch (thrown) {
      if (thrown instanceof Fault && thrown.code === 'cancelled') return;
      this.say(thrown instanceof Fault ? thrown.sentence : String(thrown), true);
    }
  }

  /** @param {any} recipe @param {AbortSignal} signal */
  async #showNear(recipe, signal) {
    const { portraits } = this;
    if (!portraits) return;
    const others = element('others');
    for (const url of this.nearUrls.splice(0)) URL.revokeObjectURL(url);
    others.replaceChildren();
    const cells = Array.from({ length: NEAR }, (_, i) => {
      const near = portraits.variation(recipe, NEAR_RADIUS, `${recipe.seed}/near ${i}`);
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-label', portraits.describe(near, this.lang));
      button.addEventListener('click', () => this.#choose(near));
      others.append(button);
      return { near, button };
    });
    for (const { near, button } of cells) {
      const { blob } = await portraits.generate(near, { size: NEAR_SIZE, signal, withRecipe: false });
      const image = new Image();
      const url = URL.createObjectURL(blob);
      this.nearUrls.push(url);
      image.src = url;
      image.alt = '';
      button.replaceChildren(image);
    }
  }
}
