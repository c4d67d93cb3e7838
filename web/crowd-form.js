// The gallery without a canvas: the same crowd as a list of people in words, with facets, selection and saving.

import { make, press } from './dom.js';
import { unwrap } from './fault.js';
import { sized } from './files.js';

const PAGE = 12;
const THUMB = 128;

/** @typedef {import('./form.js').Attribute} Attribute */

export class CrowdForm {
  /** @param {HTMLElement} root @param {import('./crowd.js').CrowdRoom} room */
  constructor(root, room) {
    this.room = room;
    this.shown = 0; // people in the list
    this.timer = 0;
    this.crowd = '';
    /** @type {Map<string, () => void>} by facet: shows what it is */
    this.facets = new Map();
    this.details = make('details', { id: 'twin-crowd' }, make('summary', { textContent: 'A crowd of people' }));
    this.details.addEventListener('toggle', () => this.details.open && this.#build(), { once: true });
    root.append(this.details);
    this.built = false;
  }

  /** @param {() => void | Promise<void>} act */
  #attempt(act) {
    return this.room.parts.attempt(async () => act());
  }

  #build() {
    const { core } = this.room.parts;
    if (!this.room.state().crowd) this.room.command('preset', 'anybody');
    const state = this.room.state();
    const schema = JSON.parse(core.schemaText());
    this.built = true;
    this.about = make('p', { className: 'note', role: 'status' });
    this.list = make('ol', { className: 'people', start: 1 });
    this.bar = make('progress', { max: 1, value: 0, hidden: true });
    this.bar.setAttribute('aria-label', 'Saving many');
    this.pauseButton = press('Pause saving', () => this.room.archives.pause(!this.room.archives.paused));
    this.cancelButton = press('Cancel saving', () => this.room.archives.cancel());
    this.pauseButton.hidden = this.cancelButton.hidden = true;

    const command = (/** @type {string} */ verb, /** @type {string} */ what) => () => this.#attempt(() => this.room.command(verb, what));
    const presets = make('div', { className: 'row', role: 'group' },
      ...state.presets.map((/** @type {any} */ preset) => Object.assign(press(preset.label, command('preset', preset.id)), { title: preset.help })));
    presets.setAttribute('aria-label', 'Crowds to start from');
    const groups = schema.groups.map((/** @type {any} */ group) => {
      const inner = make('details', {}, make('summary', { textContent: `Facets: ${group.label}` }));
      inner.addEventListener('toggle', () => {
        if (!inner.open) return;
        for (const attribute of schema.attributes) {
          if (attribute.group === group.id && attribute.type !== 'vector') inner.append(this.#facet(attribute));
        }
      }, { once: true });
      return inner;
    });
    this.details.append(
      make('p', { className: 'note', textContent: 'As many people as you like, described in words. Narrow the crowd with facets, select people, save many at once.' }),
      presets,
      make('div', { className: 'row' },
        press('Other people', () => this.#change((crowd) => { crowd.seed = `crowd-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`; })),
        press('Everybody again', () => this.#change((crowd) => { delete crowd.facets; delete crowd.kin; })),
        press('Undo in the crowd', command('undo', '')),
        press('Show in the drawn gallery', () => this.#attempt(() => {
          this.room.command('open');
          this.room.parts.form.classList.remove('shown');
          document.getElementById('view')?.focus();
        }))),
      this.#mix(),
      ...groups,
      this.about, this.list,
      make('div', { className: 'row' }, press(`${PAGE} more people`, () => this.#more())),
      this.#saving(),
    );
    this.#restart();
  }

  /** @param {(crowd: any) => void} edit */
  #change(edit) {
    this.#attempt(() => {
      const { crowd } = this.room.state();
      edit(crowd);
      this.room.command('crowd', JSON.stringify(crowd));
    });
  }

  /** @param {Attribute} attribute @param {any} value undefined: everybody */
  #narrow(attribute, value) {
    this.#change((crowd) => {
      crowd.facets = { ...crowd.facets, [attribute.id]: value };
      delete crowd.kin; // relatives have no facets: strangers again
    });
  }

  #mix() {
    const mixes = JSON.parse(this.room.parts.core.crowdMixes());
    const choice = make('select', { id: 'twin-crowd-mix' }, ...mixes.map((/** @type {any} */ mix) => make('option', { value: mix.id, textContent: mix.label })));
    const about = make('p', { className: 'note', id: 'twin-crowd-mix-about' });
    choice.setAttribute('aria-describedby', about.id);
    choice.addEventListener('change', () => this.#change((crowd) => {
      crowd.mix = choice.value;
      delete crowd.kin; // relatives are nobody's mix: strangers again
    }));
    const show = () => {
      choice.value = this.room.state().crowd.mix ?? 'balanced';
      about.textContent = mixes.find((/** @type {any} */ mix) => mix.id === choice.value)?.help ?? '';
    };
    show();
    this.facets.set('mix', show);
    return make('div', {}, make('label', { htmlFor: choice.id, textContent: 'Mix of people' }), choice, about);
  }

  /** @param {Attribute} attribute */
  #facet(attribute) {
    const id = `facet-${attribute.id}`;
    const now = () => this.room.state().crowd.facets?.[attribute.id];
    const fields = make('fieldset', {}, make('legend', { textContent: attribute.label }));
    if (attribute.type === 'choice') {
      const boxes = (attribute.options ?? []).map((option) => {
        const box = make('input', { type: 'checkbox', id: `${id}-${option.id}`, value: option.id });
        box.addEventListener('change', () => {
          const chosen = boxes.filter((one) => one.checked).map((one) => one.value);
          this.#narrow(attribute, chosen.length && chosen.length < boxes.length ? chosen : undefined);
        });
        fields.append(make('span', { className: 'choice' }, box, make('label', { htmlFor: box.id, textContent: option.label })));
        return box;
      });
      const show = () => boxes.forEach((box) => { box.checked = now()?.includes(box.value) ?? false; });
      show();
      this.facets.set(attribute.id, show);
      return fields;
    }
    const { min = 0, max = 1, low, high } = attribute;
    const ends = [['from', min], ['to', max]].map(([word, end]) => {
      const input = make('input', { type: 'number', id: `${id}-${word}`, min: String(min), max: String(max), step: 'any', value: String(end) });
      input.addEventListener('change', () => {
        const [from, to] = ends.map((one) => Math.min(max, Math.max(min, Number(one.value))));
        this.#narrow(attribute, from <= min && to >= max ? undefined : [Math.min(from, to), Math.max(from, to)]);
      });
      fields.append(make('label', { htmlFor: input.id, textContent: `${attribute.label} ${word}` }), input);
      return input;
    });
    if (low && high) fields.append(make('span', { className: 'note', textContent: `${min} is ${low}, ${max} is ${high}` }));
    const show = () => {
      const [from, to] = now() ?? [min, max];
      ends[0].value = String(from);
      ends[1].value = String(to);
    };
    show();
    this.facets.set(attribute.id, show);
    return fields;
  }

  #saving() {
    const count = make('input', { type: 'number', id: 'twin-crowd-count', min: '1', max: '50000', value: '100' });
    const size = make('input', { type: 'number', id: 'twin-crowd-size', min: '64', max: '1024', value: '512' });
    const bare = make('input', { type: 'checkbox', id: 'twin-crowd-bare' });
    const wish = () => ({ size: Number(size.value), transparent: bare.checked, crowd: JSON.stringify(this.room.state().crowd) });
    this.selected = press('Save the selected as a ZIP', () => {
      const { picked } = this.room.state();
      if (!picked.length) this.room.parts.say('Select somebody first.', true);
      else this.#attempt(() => this.room.saveAs({ ...wish(), recipes: picked.map((/** @type {any} */ one) => JSON.stringify(one)) }));
    }, true);
    return make('fieldset', {}, make('legend', { textContent: 'Save many' }),
      make('label', { htmlFor: size.id, textContent: 'Pixels on a side' }), size,
      make('span', { className: 'choice' }, bare, make('label', { htmlFor: bare.id, textContent: 'Without backdrop' })),
      make('div', { className: 'row' }, this.selected, press('Select nobody', () => this.#attempt(() => this.room.command('clear')))),
      make('label', { htmlFor: count.id, textContent: 'How many from the first' }), count,
      make('div', { className: 'row' }, press('Save the first of the crowd as a ZIP', () => this.#attempt(() => this.room.saveAs({ ...wish(), count: Number(count.value) })))),
      /** @type {Node} */ (this.bar), make('div', { className: 'row' }, /** @type {Node} */ (this.pauseButton), /** @type {Node} */ (this.cancelButton)));
  }

  /** Something about the crowd is different; many things at once are shown once. */
  changed() {
    if (!this.built) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const state = this.room.state();
      if (JSON.stringify(state.crowd) !== this.crowd) this.#restart();
      const picked = new Set(state.picked.map((/** @type {any} */ one) => JSON.stringify(one)));
      for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.list?.querySelectorAll('input.pick'))) box.checked = picked.has(box.value);
      if (this.selected) this.selected.textContent = picked.size ? `Save the ${picked.size} selected as a ZIP` : 'Save the selected as a ZIP';
    }, 150);
  }

  #restart() {
    const { crowd, what } = this.room.state();
    this.crowd = JSON.stringify(crowd);
    this.shown = 0;
    this.list?.replaceChildren();
    for (const show of this.facets.values()) show();
    const narrowed = Object.keys(crowd.facets ?? {}).length;
    if (this.about) this.about.textContent = `${narrowed ? `${narrowed} facet${narrowed > 1 ? 's' : ''}` : what}. Here are the first ${PAGE}.`;
    this.#more();
  }

  #more() {
    for (let i = 0; i < PAGE; ++i) this.list?.append(this.#person(this.shown++));
  }

  /** @param {number} number */
  #person(number) {
    const { core, painter } = this.room.parts;
    const recipe = unwrap(core.crowdRecipe(this.crowd, number));
    const words = unwrap(core.describe(recipe, 'en'));
    const box = make('input', { type: 'checkbox', id: `twin-person-${number}`, className: 'pick', value: recipe });
    box.addEventListener('change', () => this.#attempt(() => this.room.command(box.checked ? 'pick' : 'unpick', recipe)));
    const canvas = make('canvas', { width: THUMB, height: THUMB });
    canvas.setAttribute('aria-hidden', 'true'); // the label says it in words
    const crowd = this.crowd;
    painter.pixels(sized(recipe, THUMB)).then(({ rgba, width, height }) => {
      if (crowd === this.crowd) canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
    }, () => undefined);
    const studio = press('Open in the studio', () => this.#attempt(async () => {
      JSON.parse(core.setRecipe(recipe, 'From the crowd', true));
      this.room.command('close');
      this.room.parts.announce('Opened in the studio.');
    }));
    const alike = press('People like this', () => this.#attempt(() => this.room.command('similar', `[${recipe}]`)));
    const keep = press('Keep', () => this.#attempt(() => {
      this.room.command('keep', recipe);
      this.room.parts.announce('Kept among your favourites.');
    }));
    for (const [button, verb] of /** @type {[HTMLElement, string][]} */ ([[studio, 'Open in the studio'], [alike, 'People like this'], [keep, 'Keep']])) {
      button.setAttribute('aria-label', `${verb}: person ${number + 1}`);
    }
    return make('li', {}, canvas, make('div', {}, box, make('label', { htmlFor: box.id, textContent: words }), make('div', { className: 'row' }, studio, alike, keep)));
  }

  /** @param {import('./crowd-save.js').Progress} progress */
  progress(progress) {
    if (!this.bar || !this.pauseButton || !this.cancelButton) return;
    this.bar.hidden = this.pauseButton.hidden = this.cancelButton.hidden = !progress.running;
    this.bar.value = progress.total ? progress.done / progress.total : 0;
    this.bar.setAttribute('aria-valuetext', `${progress.done} of ${progress.total}`);
    this.pauseButton.textContent = progress.paused ? 'Go on saving' : 'Pause saving';
  }
}
