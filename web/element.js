// <limner-portrait seed="ada" style="ink" size="256"></limner-portrait>: portraits on any page, with one script tag:
//
//   <script src="https://…/web/element.js" async></script>
//
// A hundred of them share one hidden frame (embed.html?mode=headless on this script's own site), are painted when they come
// near the screen, and once for each recipe. A plain script, so that a page needs nothing but the tag. docs/EMBED.md.

(() => {
  const TAG = 'limner-portrait';
  const ATTRIBUTES = ['seed', 'style', 'look', 'size', 'words', 'recipe', 'shape', 'lang', 'alt', 'engine'];
  const AT_ONCE = 4; // messages on the way; the rest waits here, where what is on screen may overtake
  const KEPT = 300; // pictures nobody shows any more
  const NEAR = '300px';
  if (customElements.get(TAG)) return;
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);

  /** @typedef {{code: string, sentence: string}} Trouble */
  /** @typedef {{url: string, alt: string, recipe: any}} Shown */

  /** One hidden frame, and the promises of those who asked it. */
  class Engine {
    /** @param {string} address of embed.html */
    constructor(address) {
      const url = new URL(address, document.baseURI);
      url.searchParams.set('mode', 'headless');
      if (location.origin !== 'null') url.searchParams.set('origin', location.origin);
      this.origin = url.origin;
      /** @type {Map<string, {resolve: (value: any) => void, reject: (why: Trouble) => void}>} */
      this.waiting = new Map();
      this.asked = 0;
      /** When it could paint, for measurements. */
      this.readyAt = 0;
      this.frame = document.createElement('iframe');
      this.frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
      this.frame.setAttribute('aria-hidden', 'true');
      this.frame.tabIndex = -1;
      this.frame.title = 'Limner';
      // One clear pixel on screen: browsers give frames that cannot be seen the processor last.
      this.frame.style.cssText = 'position:fixed;left:0;top:0;width:1px;height:1px;border:0;opacity:0;pointer-events:none;z-index:-1';
      this.ready = new Promise((resolve, reject) => {
        this.settle = { resolve, reject };
      });
      this.ready.catch(() => undefined);
      /** Somebody listens in the frame, long before it can paint: what is asked now is answered at the first chance. */
      this.listens = new Promise((resolve) => {
        this.heard = resolve;
      });
      addEventListener('message', (event) => this.#receive(event));
      this.frame.src = url.href;
      (document.body ?? document.documentElement).append(this.frame);
      const late = setTimeout(() => this.settle.reject({ code: 'load.frame', sentence: `Limner at ${url.origin} does not answer.` }), 120000);
      this.ready.then(() => clearTimeout(late), () => clearTimeout(late));
    }

    /** @param {MessageEvent} event */
    #receive(event) {
      if (event.source !== this.frame.contentWindow || event.origin !== this.origin) return;
      const { data } = event;
      if (data?.ns !== 'limner') return;
      this.heard?.(null);
      if (data.type === 'listening') this.#post({ id: 'hello', type: 'hello' });
      if (data.type === 'ready') {
        this.readyAt = performance.now();
        if (data.trouble) this.settle.reject(data.trouble);
        else this.settle.resolve(data);
      }
      const waiting = this.waiting.get(data.id);
      if (data.type === 'error' && !waiting && data.id === null) this.settle.reject(data);
      if (!waiting || (data.type !== 'result' && data.type !== 'error')) return;
      this.waiting.delete(data.id);
      if (data.type === 'result') waiting.resolve(data);
      else waiting.reject({ code: data.code, sentence: data.sentence });
    }

    /** @param {object} message */
    #post(message) {
      this.frame.contentWindow?.postMessage({ ns: 'limner', v: 1, ...message }, this.origin);
    }

    /** @param {string} type @param {object} fields @returns {Promise<any>} */
    async ask(type, fields) {
      await Promise.race([this.listens, this.ready]);
      const id = `e${++this.asked}`;
      return new Promise((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        this.ready.catch((why) => {
          this.waiting.delete(id);
          reject(why);
        });
        this.#post({ id, type, ...fields });
      });
    }
  }

  /** Pictures by wish: each is painted once, kept while somebody shows it, and then while there is room. */
  class Gallery {
    /** @param {Engine} engine */
    constructor(engine) {
      this.engine = engine;
      /** @type {Map<string, {made: Promise<Shown>, users: Set<object>}>} least recently used first */
      this.known = new Map();
      /** @type {(() => Promise<void>)[]} */
      this.queue = [];
      this.busy = 0;
    }

    /** @param {object} user @param {Wish} wish @returns {Promise<Shown>} */
    take(user, wish) {
      const key = JSON.stringify(wish);
      let one = this.known.get(key);
      if (!one) {
        const users = /** @type {Set<object>} */ (new Set());
        /** @type {Promise<Shown>} */
        const made = new Promise((resolve, reject) => {
          this.queue.push(async () => {
            const failed = (/** @type {Trouble} */ why) => {
              this.known.delete(key); // the next one who asks tries again
              reject(why);
            };
            if (users.size) await this.#paint(wish).then(resolve, failed);
            else failed({ code: 'cancelled', sentence: 'Nobody shows this portrait any more.' }); // gone before its turn
          });
        });
        made.catch(() => undefined);
        one = { made, users };
      }
      this.known.delete(key);
      this.known.set(key, one);
      one.users.add(user);
      this.#next();
      return one.made;
    }

    /** @param {object} user */
    leave(user) {
      for (const one of this.known.values()) one.users.delete(user);
      for (const [key, one] of this.known) {
        if (this.known.size <= KEPT) break;
        if (one.users.size) continue;
        this.known.delete(key);
        one.made.then(({ url }) => URL.revokeObjectURL(url), () => undefined);
      }
    }

    #next() {
      while (this.busy < AT_ONCE && this.queue.length) {
        const job = /** @type {() => Promise<void>} */ (this.queue.shift());
        this.busy += 1;
        job().finally(() => {
          this.busy -= 1;
          this.#next();
        });
      }
    }

    /** @param {Wish} wish @returns {Promise<Shown>} */
    async #paint(wish) {
      let { recipe } = wish;
      if (wish.words) {
        const read = await this.engine.ask('words', { text: wish.words, base: recipe, ...(wish.lang ? { lang: wish.lang } : {}) });
        if (read.refused) throw read.refused;
        recipe = read.recipe;
      }
      const made = await this.engine.ask('generate', { recipe, size: wish.size, ...(wish.lang ? { lang: wish.lang } : {}) });
      return { url: URL.createObjectURL(new Blob([made.bytes], { type: made.mime })), alt: made.alt, recipe: made.recipe };
    }
  }

  /** @typedef {{recipe: any, words: string, size: number, lang: string}} Wish */

  /** @type {Map<string, Gallery>} one for each engine's address; nearly always one */
  const galleries = new Map();
  const galleryAt = (/** @type {string} */ address) => {
    let gallery = galleries.get(address);
    if (!gallery) galleries.set(address, gallery = new Gallery(new Engine(address)));
    return gallery;
  };

  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) /** @type {LimnerPortrait} */ (target).near(isIntersecting);
  }, { rootMargin: NEAR });

  const SHEET = `
    :host { display: inline-block; position: relative; overflow: hidden; vertical-align: middle; background: rgb(128 118 110 / .16); border-radius: var(--limner-radius, 0); }
    :host([shape=circle]) { border-radius: 50%; }
    :host([hidden]) { display: none; }
    img { display: block; width: 100%; height: 100%; object-fit: cover; opacity: 0; transition: opacity .2s; }
    img.shown { opacity: 1; }
    p { position: absolute; inset: 0; margin: 0; padding: 6px; overflow: hidden; font: 11px/1.3 system-ui, sans-serif; color: inherit; }
    @media (prefers-reduced-motion: reduce) { img { transition: none; } }`;

  class LimnerPortrait extends HTMLElement {
    static observedAttributes = ATTRIBUTES;

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet(); // no <style>: pages whose policy forbids inline styles
      sheet.replaceSync(SHEET);
      // Not this.style: the attribute "style" names the manner.
      this.sizes = new CSSStyleSheet();
      root.adoptedStyleSheets = [sheet, this.sizes];
      this.image = document.createElement('img');
      this.image.alt = '';
      this.note = document.createElement('p');
      this.note.hidden = true;
      root.append(this.image, this.note);
      this.isNear = false;
      this.soon = 0;
      this.turn = 0;
      /** The recipe that is shown. @type {any} */
      this.shown = null;
    }

    connectedCallback() {
      this.#measure();
      near.observe(this);
    }

    disconnectedCallback() {
      near.unobserve(this);
      this.isNear = false;
      this.turn += 1;
      for (const gallery of galleries.values()) gallery.leave(this);
    }

    attributeChangedCallback() {
      this.#measure();
      if (this.isNear) this.#paintSoon();
    }

    /** @param {boolean} isNear the screen */
    near(isNear) {
      const was = this.isNear;
      this.isNear = isNear;
      if (this.shown || isNear === was) return;
      if (isNear) return this.#paintSoon();
      this.turn += 1; // scrolled past: others first
      for (const gallery of galleries.values()) gallery.leave(this);
    }

    get pixels() {
      const size = Math.round(Number(this.getAttribute('size') ?? 256));
      return Number.isFinite(size) ? Math.min(2048, Math.max(16, size)) : 256;
    }

    #measure() {
      this.sizes.replaceSync(`:host { width: ${this.pixels}px; height: ${this.pixels}px; }`);
    }

    #paintSoon() { // several attributes often change together
      if (this.soon) return;
      this.soon = 1;
      queueMicrotask(() => {
        this.soon = 0;
        if (this.isConnected) this.#paint();
      });
    }

    /** @returns {Wish} */
    #wish() {
      const given = this.getAttribute('recipe');
      let recipe;
      try {
        recipe = given ? JSON.parse(given) : { limner: 1 };
      } catch {
        throw { code: 'recipe.json', sentence: 'The attribute "recipe" is not JSON.' };
      }
      if (typeof recipe !== 'object' || recipe === null) throw { code: 'recipe.json', sentence: 'The attribute "recipe" is not an object.' };
      const seed = this.getAttribute('seed');
      const style = this.getAttribute('look') ?? this.getAttribute('style');
      const shape = this.getAttribute('shape');
      // A style="…" that is CSS is left to CSS: names of styles are one word.
      if (style && /^[a-z0-9_]+$/.test(style)) recipe = { ...recipe, style: { ...recipe.style, name: style } };
      if (seed !== null) recipe = { ...recipe, seed };
      if (shape) recipe = { ...recipe, frame: { ...recipe.frame, shape } };
      const size = Math.min(2048, Math.max(64, Math.round(this.pixels * Math.min(2, devicePixelRatio || 1))));
      const lang = this.getAttribute('lang') ?? document.documentElement.lang;
      return { recipe, words: this.getAttribute('words') ?? '', size, lang: lang.slice(0, 2) };
    }

    async #paint() {
      const turn = ++this.turn;
      try {
        const address = this.getAttribute('engine') ?? (script ? new URL('../embed.html', script.src).href : '');
        if (!address) throw { code: 'load.engine', sentence: 'Say where embed.html is: engine="https://…/embed.html".' };
        const wish = this.#wish();
        const gallery = galleryAt(address);
        gallery.leave(this);
        const { url, alt, recipe } = await gallery.take(this, wish);
        if (turn !== this.turn) return;
        this.shown = recipe;
        this.note.hidden = true;
        this.image.alt = this.getAttribute('alt') ?? alt;
        this.image.src = url;
        await this.image.decode().catch(() => undefined);
        this.image.classList.add('shown');
        this.dispatchEvent(new CustomEvent('limner-painted', { bubbles: true, detail: { recipe, alt } }));
      } catch (thrown) {
        if (turn !== this.turn) return;
        const { code = 'internal', sentence = String(thrown) } = /** @type {any} */ (thrown);
        this.note.textContent = sentence;
        this.note.hidden = false;
        this.title = sentence;
        this.dispatchEvent(new CustomEvent('limner-error', { bubbles: true, detail: { code, sentence } }));
      }
    }
  }

  customElements.define(TAG, LimnerPortrait);
})();
