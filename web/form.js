// The accessible twin: the schema as a real form, driving the same state as the drawn panel, both ways.

import { make, press } from './dom.js';

/**
 * @typedef {{id: string, label: string, group: string, type: string, min?: number, max?: number, length?: number,
 *   unit?: string, help?: string, low?: string, high?: string, options?: {id: string, label: string}[]}} Attribute
 * @typedef {{groups: {id: string, label: string}[], attributes: Attribute[]}} Schema
 * @typedef {Attribute & {words: string, means: string, value: any}} Chip what words were understood as, turned like an attribute
 */

const WAIT_MS = 700; // so that a dragged range is told once

export class Form {
  /**
   * @param {HTMLElement} root @param {HTMLElement} said live region
   * @param {Schema} schema @param {import('./types').StudioCore} core
   * @param {{changed: () => void, save: () => void, copyLink: () => void, say: (text: string) => Promise<void>, photo: () => void}} actions
   */
  constructor(root, said, schema, core, actions) {
    this.root = root;
    this.said = said;
    this.schema = schema;
    this.core = core;
    this.actions = actions;
    /** @type {Map<string, {show: (value: any) => void}>} */
    this.fields = new Map();
    this.saying = 0;
    this.understood = make('p', { className: 'note', id: 'twin-understood', role: 'status' });
    /** A hand on each of them. */
    this.chips = make('div');
    /** @type {((value: any) => void)[]} */
    this.chipShows = [];
    this.heardWords = '[]';
    this.words = make('input', { type: 'text', id: 'twin-words', maxLength: 2000 });
    this.#build();
  }

  #build() {
    const command = (/** @type {string} */ verb, what = '') => {
      this.core.command(verb, what);
      this.actions.changed();
    };
    this.picture = make('img', { alt: '', hidden: true });
    const { words } = this;
    words.setAttribute('aria-describedby', 'twin-understood');
    const paint = async () => {
      await this.actions.say(words.value);
      this.#hear();
    };
    words.addEventListener('keydown', (event) => event.key === 'Enter' && paint());
    this.root.append(
      make('div', { className: 'row' }, press('Close the form', () => this.hide())),
      make('h2', { textContent: 'Controls' }),
      make('p', { className: 'note', textContent: 'The person, one control at a time, and everything at once in words. Changes are painted at once.' }),
      this.picture,
      make('div', { className: 'row' },
        press('New person', () => command('roll'), true),
        press('Undo', () => command('undo')),
        press('Redo', () => command('redo')),
        press('Save picture', () => this.actions.save()),
        press('Copy link', () => this.actions.copyLink()),
        press('Restyle a photo', () => this.actions.photo())),
      make('div', { className: 'field' }, make('label', { htmlFor: words.id, textContent: 'Describe the portrait in words: person, light, backdrop, style' }), words),
      make('div', { className: 'row' }, press('Paint what the words say', paint)),
      this.understood,
      this.chips,
    );
    this.root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
      event.stopPropagation();
    });
    for (const group of this.schema.groups) {
      const fields = this.schema.attributes.filter((attribute) => attribute.group === group.id).map((attribute) => this.#field(attribute));
      const details = make('details', {}, make('summary', { textContent: group.label }),
        make('div', { className: 'row' }, press(`New ${group.label.toLowerCase()} by dice`, () => command('roll-group', group.id))), ...fields);
      this.root.append(details);
    }
  }

  /** @param {Attribute} attribute @param {any} value @param {boolean} keep */
  #set(attribute, value, keep) {
    const recipe = JSON.parse(this.core.getRecipe());
    recipe.set = { ...recipe.set, [attribute.id]: value };
    const answer = JSON.parse(this.core.setRecipe(JSON.stringify(recipe), attribute.label, keep));
    if (answer.error) this.announce(answer.error.sentence);
    this.actions.changed();
  }

  /** @param {Attribute} attribute @param {number} value */
  static spoken(attribute, value) {
    const { min = 0, max = 1, unit = '' } = attribute;
    if (unit === 'deg') return `${Math.round(value)} degrees`;
    if (unit === 'Monk') return `${value.toFixed(1)} on the Monk scale`;
    if (unit && unit !== 'sd') return `${Math.round(value)} ${unit}`;
    return `${Math.round((100 * value) / Math.max(Math.abs(min), Math.abs(max)))} percent`;
  }

  /** @param {Attribute} attribute @param {string} id @param {string} label @param {(value: number, keep: boolean) => void} set */
  #range(attribute, id, label, set) {
    const { min = 0, max = 1, low, high } = attribute;
    const whole = attribute.unit === 'years' || attribute.unit === 'deg';
    const input = make('input', { type: 'range', id, min: String(min), max: String(max), step: whole ? '1' : String((max - min) / 100) });
    const output = make('output', { htmlFor: id });
    const show = (/** @type {number} */ value) => {
      input.value = String(value);
      output.value = Form.spoken(attribute, value);
      input.setAttribute('aria-valuetext', output.value + (low && high ? ` (from ${low} to ${high})` : ''));
    };
    input.addEventListener('input', () => {
      show(Number(input.value));
      set(Number(input.value), false);
    });
    input.addEventListener('change', () => {
      this.core.command('settle', '');
      this.announce(`${label}: ${output.value}`);
    });
    return { node: make('div', { className: 'field' }, make('label', { htmlFor: id, textContent: label }), output, input), show };
  }

  /** @param {Attribute} attribute @param {string} id @param {string} label @param {(value: string) => void} set */
  #choice(attribute, id, label, set) {
    const select = make('select', { id });
    for (const option of attribute.options ?? []) select.append(make('option', { value: option.id, textContent: option.label }));
    select.addEventListener('change', () => {
      set(select.value);
      this.announce(`${label}: ${select.selectedOptions[0].textContent}`);
    });
    const show = (/** @type {string} */ value) => { select.value = value; };
    return { node: make('div', { className: 'field' }, make('label', { htmlFor: id, textContent: label }), select), show };
  }

  /** @param {Attribute} attribute @returns {HTMLElement} */
  #field(attribute) {
    const id = `twin-${attribute.id}`;
    if (attribute.type === 'choice') {
      const field = this.#choice(attribute, id, attribute.label, (value) => this.#set(attribute, value, true));
      this.fields.set(attribute.id, { show: field.show });
      return field.node;
    }
    if (attribute.type === 'vector') {
      /** @type {number[]} */
      let now = [];
      const ranges = Array.from({ length: attribute.length ?? 0 }, (_, i) =>
        this.#range(attribute, `${id}-${i}`, `${attribute.label} ${i + 1}`, (value, keep) =>
          this.#set(attribute, now.map((old, k) => (k === i ? value : old)), keep)));
      this.fields.set(attribute.id, { show: (value) => {
        now = value;
        ranges.forEach((range, i) => range.show(value[i]));
      } });
      return make('details', {}, make('summary', { textContent: `${attribute.label}: ${ranges.length} numbers` }), ...ranges.map((range) => range.node));
    }
    const range = this.#range(attribute, id, attribute.label, (value, keep) => this.#set(attribute, value, keep));
    this.fields.set(attribute.id, { show: range.show });
    return range.node;
  }

  /** Shows what the sitter is now. */
  refresh() {
    const values = JSON.parse(this.core.values());
    for (const [id, field] of this.fields) field.show(values[id]);
    this.#hear();
  }

  /** Which words were understood as what, and which were not used: here, in the panel or by a program. */
  #hear() {
    /** @type {{refused: string, understood: Chip[], unused: string[]}} */
    const { refused, understood, unused } = JSON.parse(this.core.wordsState());
    const told = understood.map(({ words, means }) => `“${words}”: ${means}`);
    const text = refused || [...told, ...unused.map((words) => `“${words}”: not used`)].join('. ');
    const heard = JSON.stringify(understood.map(({ words }) => words));
    if (heard !== this.heardWords) {
      this.heardWords = heard;
      this.chipShows = [];
      this.chips.replaceChildren(...understood.map((chip, i) => this.#chip(i, chip)));
      this.understood.textContent = text;
    } else if (!understood.length) this.understood.textContent = text; // a hand on a control says itself what it does
    understood.forEach(({ value }, i) => this.chipShows[i](value));
  }

  /** @param {number} i @param {Chip} chip */
  #chip(i, chip) {
    const { words } = chip;
    const turn = (/** @type {any} */ value) => {
      this.core.turnChip(i, JSON.stringify(value));
      this.actions.changed();
    };
    const label = `“${words}”: ${chip.label}`;
    const field = chip.type === 'number' ? this.#range(chip, `twin-chip-${i}`, label, turn)
      : chip.type === 'choice' ? this.#choice(chip, `twin-chip-${i}`, label, (value) => {
        turn(value);
        this.core.command('settle', '');
      }) : null;
    this.chipShows.push(field?.show ?? (() => {}));
    const back = press(`Take back “${words}”`, () => {
      this.core.command('take-back', String(i));
      this.#hear();
      this.words.focus();
      this.actions.changed();
    });
    return make('div', {}, ...(field ? [field.node] : []), make('div', { className: 'row' }, back));
  }

  /** @param {string} text */
  announce(text) {
    clearTimeout(this.saying);
    this.saying = window.setTimeout(() => { this.said.textContent = text; }, WAIT_MS);
  }

  /** The portrait beside the controls, where the canvas is hidden or missing. @param {Blob} blob @param {string} alt */
  showPicture(blob, alt) {
    const { picture } = this;
    if (!picture) return;
    if (picture.src) URL.revokeObjectURL(picture.src);
    picture.src = URL.createObjectURL(blob);
    picture.alt = alt;
    picture.hidden = false;
  }

  get shown() {
    return this.root.classList.contains('shown');
  }

  show() {
    this.root.classList.add('shown');
    this.root.focus();
  }

  hide() {
    this.root.classList.remove('shown');
    document.getElementById('view')?.focus();
  }
}
