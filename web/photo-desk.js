// The dialog in which a photo is restyled: live thumbnails of every style, its strength and numbers, before and after, saving.

import { make, press } from './dom.js';
import { asFault, Fault } from './fault.js';
import { pixelsIn } from './files.js';
import { openPhoto, PhotoEngine, stylePhoto } from './photo.js';

const PREVIEW = 720; // pixels on the longer side
const THUMBNAIL = 96;
const FAMILIES = [['paint', 'Paint'], ['ink', 'Ink and pencil'], ['print', 'Print'], ['photo', 'Photo'], ['play', 'Play']];

/**
 * @typedef {{id: string, label: string, min: number, max: number, default: number}} Parameter
 * @typedef {{name: string, label: string, family: string, help: string, parameters: Parameter[]}} StyleInfo
 * @typedef {import('./photo.js').Pixels} Pixels
 */

export class PhotoDesk {
  /**
   * @param {object} parts
   * @param {WebAssembly.Module} parts.app
   * @param {StyleInfo[]} parts.styles
   * @param {string} parts.version
   * @param {(text: string) => string} parts.checked a recipe's canonical text
   * @param {(blob: Blob, name: string) => void} parts.save
   * @param {(file: Blob) => void} parts.lend its manner to the portrait
   * @param {() => void} parts.another opens the file chooser
   * @param {(sentence: string, alarm?: boolean) => void} parts.say
   */
  constructor(parts) {
    this.parts = parts;
    this.styles = parts.styles.filter((style) => style.name !== 'example');
    /** @type {PhotoEngine | null} */
    this.engine = null;
    /** @type {File | null} */
    this.file = null;
    this.name = '';
    this.strength = 1;
    /** @type {Record<string, number>} */
    this.set = {};
    this.wipe = 0;
    /** @type {Pixels | null} */
    this.before = null;
    /** @type {Pixels | null} */
    this.after = null;
    this.wanted = false;
    this.painting = false;
    /** @type {AbortController | null} */
    this.saving = null;
    this.canvas = make('canvas', { role: 'img' });
    this.canvas.setAttribute('aria-label', 'Your photo in the chosen style');
    this.told = make('p', { className: 'note', role: 'status' });
    this.gallery = make('div', { className: 'styles' });
    this.numbers = make('div');
    this.kind = make('select', { id: 'photo-kind' }, make('option', { value: 'jpeg', textContent: 'JPEG' }), make('option', { value: 'png', textContent: 'PNG' }));
    this.place = make('input', { type: 'checkbox', id: 'photo-place' });
    this.saveButton = press('Save', () => this.#save(), true);
    this.cancelButton = press('Stop', () => this.saving?.abort());
    this.cancelButton.hidden = true;
    this.dialog = make('dialog', { className: 'photo form', id: 'photo' },
      make('div', { className: 'stage' }, this.canvas),
      make('div', { className: 'side' },
        make('div', { className: 'row' }, press('Close', () => this.dialog.close()), press('Another photo', () => this.parts.another()),
          press('Lend its manner to the portrait', () => this.#lend())),
        make('h2', { textContent: 'Your photo' }),
        make('p', { className: 'note', textContent: 'It stays on this device. Creator, copyright and camera are kept in the saved file; where it was taken is not.' }),
        this.told, this.#range('Before and after', 0, 100, 0, (value) => {
          this.wipe = value / 100;
          this.#draw();
        }), this.numbers,
        make('div', { className: 'row' }, make('label', { htmlFor: 'photo-kind', className: 'unseen', textContent: 'Kind of file' }), this.kind, this.saveButton, this.cancelButton),
        make('div', { className: 'row' }, this.place, make('label', { htmlFor: 'photo-place', textContent: 'Keep where it was taken' })),
        this.gallery));
    this.dialog.setAttribute('aria-label', 'Restyle a photo');
    this.dialog.addEventListener('close', () => this.#leave());
    for (const event of ['keydown', 'keyup', 'paste']) this.dialog.addEventListener(event, (/** @type {Event} */ happened) => happened.stopPropagation());
    document.body.append(this.dialog);
  }

  /** @param {string} label @param {number} min @param {number} max @param {number} value @param {(value: number) => void} changed */
  #range(label, min, max, value, changed) {
    const id = `photo-${label.toLowerCase().replace(/[^a-z]+/g, '-')}`;
    const input = make('input', { type: 'range', id, min: String(min), max: String(max), step: String((max - min) / 100), value: String(value) });
    input.addEventListener('input', () => changed(Number(input.value)));
    return make('div', { className: 'field' }, make('label', { htmlFor: id, textContent: label }), input);
  }

  /** @param {File} file */
  async open(file) {
    this.#leave();
    const engine = new PhotoEngine(this.parts.app);
    this.engine = engine;
    try {
      const { bitmap, credentials } = await openPhoto(engine, file);
      if (this.engine !== engine) return;
      this.file = file;
      this.before = pixelsIn(bitmap, PREVIEW);
      const small = pixelsIn(bitmap, THUMBNAIL);
      const size = `${bitmap.width} by ${bitmap.height} pixels.`;
      bitmap.close();
      this.after = this.before;
      await engine.ask({ do: 'copy', name: 'preview', ...this.before });
      await engine.ask({ do: 'copy', name: 'thumbnail', ...small });
      this.#tell(size + (credentials ? ' Its Content Credentials are bound to the original pixels and end here.' : ''));
      this.place.checked = false;
      if (!this.dialog.open) this.dialog.showModal();
      this.#choose(this.name);
      this.#thumbnails(engine, small);
    } catch (thrown) {
      if (this.engine === engine) this.#leave();
      throw thrown;
    }
  }

  #leave() {
    this.saving?.abort();
    this.engine?.close();
    this.engine = this.file = this.before = this.after = null;
    this.wanted = this.painting = false;
  }

  #lend() {
    const file = this.file;
    this.dialog.close();
    if (file) this.parts.lend(file);
  }

  /** @param {string} sentence */
  #tell(sentence) {
    this.told.textContent = sentence;
  }

  /** @param {string} name @param {number} [strength] @param {Record<string, number>} [set] */
  #recipe(name, strength = 1, set = {}) {
    return this.parts.checked(JSON.stringify({ limner: 1, ...(name ? { style: { name, strength, set } } : {}) }));
  }

  /** @param {PhotoEngine} engine @param {Pixels} plain */
  async #thumbnails(engine, plain) {
    this.gallery.replaceChildren();
    /** @type {[HTMLCanvasElement, string][]} */
    const waiting = [];
    const tile = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ help) => {
      const canvas = make('canvas', { width: plain.width, height: plain.height });
      const button = make('button', { type: 'button', title: help }, canvas, make('span', { textContent: label }));
      button.dataset.style = name;
      button.setAttribute('aria-pressed', String(name === this.name));
      button.addEventListener('click', () => this.#choose(name));
      waiting.push([canvas, name]);
      return button;
    };
    this.gallery.append(make('div', { className: 'tiles' }, tile('', 'None', 'The photo as it is.')));
    for (const [family, label] of FAMILIES) {
      const tiles = this.styles.filter((style) => style.family === family).map((style) => tile(style.name, style.label, style.help));
      this.gallery.append(make('h3', { textContent: label }), make('div', { className: 'tiles' }, ...tiles));
    }
    for (const [canvas, name] of waiting) {
      while (this.painting && this.engine === engine) await new Promise((done) => setTimeout(done, 30)); // the large one first
      if (this.engine !== engine) return;
      try {
        const made = name ? await engine.ask({ do: 'finish', copy: 'thumbnail', recipe: this.#recipe(name) }) : plain;
        show(canvas, made);
      } catch { /* the engine was closed, or this one style did not work: its tile stays empty */ }
    }
  }

  /** @param {string} name */
  #choose(name) {
    if (name !== this.name) {
      this.strength = 1;
      this.set = {};
    }
    this.name = name;
    for (const button of this.gallery.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.style === name));
    const style = this.styles.find((known) => known.name === name);
    this.numbers.replaceChildren();
    if (style) {
      this.numbers.append(make('h3', { textContent: style.label }), make('p', { className: 'note', textContent: style.help }),
        this.#range('Strength', 0, 1, this.strength, (value) => {
          this.strength = value;
          this.#paint();
        }),
        ...style.parameters.map((parameter) => this.#range(parameter.label, parameter.min, parameter.max, this.set[parameter.id] ?? parameter.default, (value) => {
          this.set[parameter.id] = value;
          this.#paint();
        })));
    }
    this.#paint();
  }

  async #paint() {
    this.wanted = true;
    if (this.painting) return;
    const engine = this.engine;
    this.painting = true;
    while (this.wanted && engine && this.engine === engine) {
      this.wanted = false;
      try {
        this.after = this.name ? await engine.ask({ do: 'finish', copy: 'preview', recipe: this.#recipe(this.name, this.strength, this.set) }) : this.before;
        if (this.engine === engine) this.#draw();
      } catch (thrown) {
        if (this.engine === engine) this.parts.say(asFault(thrown, 'photo.paint', 'This style did not work.').sentence, true);
      }
    }
    if (this.engine === engine) this.painting = false;
  }

  #draw() {
    if (!this.after || !this.before) return;
    show(this.canvas, this.after);
    const split = Math.round(this.wipe * this.before.width);
    if (split > 0) this.canvas.getContext('2d')?.putImageData(imageOf(this.before), 0, 0, 0, 0, split, this.before.height);
  }

  async #save() {
    const file = this.file;
    if (!file || this.saving) return;
    const saving = new AbortController();
    this.saving = saving;
    this.saveButton.disabled = true;
    this.cancelButton.hidden = false;
    this.#tell('Painting it at full size…');
    try {
      const kind = this.kind.value === 'png' ? 'png' : 'jpeg';
      const { blob, width, height } = await stylePhoto(this.parts.app, file, this.#recipe(this.name, this.strength, this.set), {
        kind, keepPlace: this.place.checked, version: this.parts.version, signal: saving.signal,
        progress: (done) => this.#tell(`Painting it at full size: ${Math.round(100 * done)} %`),
      });
      this.parts.save(blob, `${file.name.replace(/\.[^.]*$/, '') || 'photo'}-limner.${kind === 'png' ? 'png' : 'jpg'}`);
      this.#tell(`Saved, ${width} by ${height} pixels.`);
    } catch (thrown) {
      this.#tell(thrown instanceof Fault && thrown.code === 'photo.cancelled' ? 'Stopped; nothing was saved.' : asFault(thrown, 'photo.save', 'This photo could not be saved.').sentence);
    }
    this.saving = null;
    this.saveButton.disabled = false;
    this.cancelButton.hidden = true;
  }
}

/** @param {Pixels} pixels */
function imageOf(pixels) {
  return new ImageData(/** @type {any} */ (new Uint8ClampedArray(pixels.rgba.buffer)), pixels.width, pixels.height);
}

/** @param {HTMLCanvasElement} canvas @param {Pixels} pixels */
function show(canvas, pixels) {
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext('2d')?.putImageData(imageOf(pixels), 0, 0);
}
