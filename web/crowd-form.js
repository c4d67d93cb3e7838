// The gallery without a canvas: the same crowd as a list of people in words, with facets, selection and saving.

import { make, press } from './dom.js';
import { unwrap } from './fault.js';
import { sized } from './files.js';

const PAGE = 12;
const THUMB = 128;
const COUNT_MS = 40; // between slices of counting

/** @typedef {import('./form.js').Attribute} Attribute */

export class CrowdForm {
  /** @param {HTMLElement} root @param {import('./crowd.js').CrowdRoom} room */
  constructor(root, room) {
    this.room = room;
    this.shown = 0; // people in the list
    this.timer = 0;
    this.counting = 0;
    this.favourites = false; // whether the list is of those
    this.crowd = '';
    this.people = Infinity; // there are to be listed
    /** @type {Map<string, () => void>} by facet: shows what it is */
    this.facets = new Map();
    /** @type {Map<string, (of: number, counts: number[]) => void>} by facet: shows how many have what */
    this.counts = new Map();
    /** @type {Map<string, (of: number, options: import('./crowd.js').Option[]) => void>} light, backdrop and style: the same */
    this.options = new Map();
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
    this.about = make('p', { className: 'note', id: 'twin-crowd-about', role: 'status' });
    this.lineage = make('nav', { className: 'row' });
    this.lineage.setAttribute('aria-label', 'Where these people come from');
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
    const options = [['light', 'Light: each person gets one of those you choose'], ['backdrop', 'Backdrop'],
      ['style', 'Style: each person gets one of those you choose; without any, all are photographs']].map(([kind, text]) => this.#options(kind, text));
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
        this.undo = press('Undo in the crowd', command('undo', '')),
        this.redo = press('Redo in the crowd', command('redo', '')),
        press('Show in the drawn gallery', () => this.#attempt(() => {
          this.room.command('open');
          this.room.parts.form.classList.remove('shown');
          document.getElementById('view')?.focus();
        }))),
      this.#mix(),
      ...groups, ...options,
      this.#family(schema),
      this.#favourites(),
      this.lineage, this.about, this.list,
      make('div', { className: 'row' }, this.further = press(`${PAGE} more people`, () => this.#more())),
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

  /** What people have in common with whom they come from. @param {import('./form.js').Schema} schema */
  #family({ groups }) {
    const amount = (/** @type {string} */ verb, /** @type {string} */ label) => {
      const input = make('input', { type: 'range', id: `twin-crowd-${verb}`, min: '0', max: '1', step: '0.01' });
      const output = make('output', { htmlFor: input.id });
      const show = () => {
        output.value = `${Math.round(Number(input.value) * 100)} percent`;
        input.setAttribute('aria-valuetext', output.value);
      };
      input.addEventListener('input', show);
      input.addEventListener('change', () => this.#attempt(() => this.room.command(verb, input.value)));
      this.facets.set(verb, () => {
        input.value = String(this.room.state()[verb]);
        show();
      });
      this.facets.get(verb)?.();
      return make('div', { className: 'field' }, make('label', { htmlFor: input.id, textContent: label }), output, input);
    };
    const locks = make('fieldset', {}, make('legend', { textContent: 'What relatives keep, of children the first parent’s' }),
      ...groups.map((group) => {
        const box = make('input', { type: 'checkbox', id: `twin-crowd-lock-${group.id}` });
        box.addEventListener('change', () => this.#attempt(() => this.room.command(box.checked ? 'lock' : 'unlock', group.id)));
        const show = () => { box.checked = this.room.state().locks.includes(group.id); };
        show();
        this.facets.set(box.id, show);
        return make('span', { className: 'choice' }, box, make('label', { htmlFor: box.id, textContent: group.label }));
      }));
    const of = (/** @type {string} */ verb) => () => this.#attempt(() => this.room.command(verb, JSON.stringify(this.room.state().picked.slice(0, 16))));
    return make('details', {}, make('summary', { textContent: 'Family: mixtures and children' }),
      make('p', { className: 'note', textContent: 'Select two people or more, up to 16. Children inherit each group of traits mostly from one parent; mixtures lie between everybody.' }),
      amount('near', 'How different people like one, and mixtures, are'), amount('mutation', 'Mutation of children'), locks,
      make('div', { className: 'row' }, press('Mixtures of the selected', of('mix')), press('Children of the selected', of('breed'))));
  }

  #favourites() {
    this.gathering = press('Show your favourites', () => this.#attempt(() => this.room.command('favourites', this.favourites ? 'off' : 'on')));
    return make('div', { className: 'row', role: 'group', ariaLabel: 'Favourites' },
      this.gathering,
      press('Save favourites as a file', () => this.#attempt(() => {
        const all = Array.from({ length: this.room.state().favourites }, (_, i) => this.room.favourite(i));
        if (all.length) this.room.favouritesFile(all);
        else this.room.parts.say('Keep somebody first.', true);
      })),
      press('Open a file of favourites', () => this.room.openFavourites()));
  }

  /** Counts a slice at a time while the form is looked at, and shows it. */
  #count() {
    clearTimeout(this.counting);
    const told = this.room.count(this.favourites ? 0 : this.shown);
    for (const [id, { of, counts }] of Object.entries(told.facets)) this.counts.get(id)?.(of, counts);
    for (const [kind, options] of Object.entries(told.options)) this.options.get(kind)?.(told.of, options);
    if (told.more && this.details.open && this.room.parts.form.classList.contains('shown')) this.counting = window.setTimeout(() => this.#count(), COUNT_MS);
  }

  /** @param {string} kind light, backdrop or style @param {string} text */
  #options(kind, text) {
    const legend = make('legend', { textContent: text });
    const fields = make('fieldset', {}, legend);
    /** @type {Map<string, {box: HTMLInputElement, label: HTMLLabelElement}>} */
    const known = new Map();
    this.options.set(kind, (people, options) => {
      legend.textContent = `${text}, of ${people.toLocaleString('en')} people`;
      for (const { id, label, people: have, on } of options) {
        if (!known.has(id)) {
          const box = make('input', { type: kind === 'backdrop' ? 'radio' : 'checkbox', name: `facet-${kind}`, id: `facet-${kind}-${id || 'none'}` });
          box.addEventListener('change', () => this.#attempt(() => this.room.command(kind, id)));
          known.set(id, { box, label: make('label', { htmlFor: box.id }) });
          fields.append(make('span', { className: 'choice' }, box, /** @type {Node} */ (known.get(id)?.label)));
        }
        const field = known.get(id);
        if (!field) continue;
        field.box.checked = on;
        field.label.textContent = `${label}: ${have.toLocaleString('en')}`;
      }
    });
    return make('details', {}, make('summary', { textContent: `Facets: ${kind}` }), fields);
  }

  /** @param {Attribute} attribute */
  #facet(attribute) {
    const id = `facet-${attribute.id}`;
    const now = () => this.room.state().crowd.facets?.[attribute.id];
    const legend = make('legend', { textContent: attribute.label });
    const fields = make('fieldset', {}, legend);
    if (attribute.type === 'choice') {
      /** @type {HTMLLabelElement[]} */
      const labels = [];
      const boxes = (attribute.options ?? []).map((option) => {
        const box = make('input', { type: 'checkbox', id: `${id}-${option.id}`, value: option.id });
        box.addEventListener('change', () => {
          const chosen = boxes.filter((one) => one.checked).map((one) => one.value);
          this.#narrow(attribute, chosen.length && chosen.length < boxes.length ? chosen : undefined);
        });
        const label = make('label', { htmlFor: box.id, textContent: option.label });
        labels.push(label);
        fields.append(make('span', { className: 'choice' }, box, label));
        return box;
      });
      this.counts.set(attribute.id, (people, counts) => {
        legend.textContent = `${attribute.label}, of ${people.toLocaleString('en')} people`;
        labels.forEach((label, i) => { label.textContent = `${attribute.options?.[i].label}: ${counts[i].toLocaleString('en')}`; });
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
    const within = make('span', { className: 'note' });
    fields.append(within);
    this.counts.set(attribute.id, (people, counts) => {
      const [from, to] = now() ?? [min, max];
      const wide = (max - min) / counts.length;
      const inside = counts.filter((_, i) => min + (i + 0.5) * wide >= from && min + (i + 0.5) * wide <= to).reduce((a, b) => a + b, 0);
      within.textContent = `About ${inside.toLocaleString('en')} of ${people.toLocaleString('en')} people`;
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
      const favourites = state.shows === 'favourites';
      if (JSON.stringify(state.crowd) !== this.crowd || favourites !== this.favourites || (favourites && state.favourites !== this.people)) this.#restart();
      this.#ways(state);
      const picked = new Set(state.picked.map((/** @type {any} */ one) => JSON.stringify(one)));
      for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.list?.querySelectorAll('input.pick'))) box.checked = picked.has(box.value);
      if (this.selected) this.selected.textContent = picked.size ? `Save the ${picked.size} selected as a ZIP` : 'Save the selected as a ZIP';
    }, 150);
  }

  /** Where one can go from here. @param {any} state */
  #ways({ lineage, canUndo, canRedo }) {
    if (this.undo) this.undo.disabled = !canUndo;
    if (this.redo) this.redo.disabled = !canRedo;
    const generations = this.favourites || lineage.length < 2 ? [] : lineage;
    this.lineage?.replaceChildren(...generations.map((/** @type {any} */ one, /** @type {number} */ i) => {
      if (i + 1 < generations.length) return press(`Back to: ${one.what}`, () => this.#attempt(() => this.room.command('visit', String(one.step))));
      const here = make('span', { className: 'note', textContent: `Here: ${one.what}` });
      here.setAttribute('aria-current', 'step');
      return here;
    }));
  }

  #restart() {
    const state = this.room.state();
    const { crowd, what } = state;
    this.crowd = JSON.stringify(crowd);
    this.favourites = state.shows === 'favourites';
    this.people = this.favourites ? state.favourites : state.count || Infinity;
    if (this.gathering) this.gathering.textContent = this.favourites ? 'Back to the crowd' : 'Show your favourites';
    this.#ways(state);
    this.shown = 0;
    this.list?.replaceChildren();
    for (const show of this.facets.values()) show();
    const narrowed = Object.keys(crowd.facets ?? {}).length;
    const first = Math.min(PAGE, this.people);
    const whom = this.favourites ? 'Your favourites' : narrowed ? `${narrowed} facet${narrowed > 1 ? 's' : ''}` : what;
    const many = this.people === Infinity ? `Here are the first ${first}` : `Here are ${first} of ${this.people}`;
    if (this.about) this.about.textContent = first ? `${whom}. ${many}.` : `${whom}. Nobody is kept yet.`;
    this.#more();
  }

  #more() {
    for (let i = 0; i < PAGE && this.shown < this.people; ++i) this.list?.append(this.#person(this.shown++));
    if (this.further) this.further.hidden = this.shown >= this.people;
    this.#count();
  }

  /** @param {number} number */
  #person(number) {
    const { core, painter } = this.room.parts;
    const recipe = this.favourites ? this.room.favourite(number) : unwrap(core.crowdRecipe(this.crowd, number));
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
    const kept = this.favourites;
    const keeping = kept ? 'No longer keep' : 'Keep';
    const keep = press(keeping, () => this.#attempt(() => {
      this.room.command(kept ? 'unkeep' : 'keep', recipe);
      this.room.parts.announce(kept ? 'No longer among your favourites.' : 'Kept among your favourites.');
    }));
    for (const [button, verb] of /** @type {[HTMLElement, string][]} */ ([[studio, 'Open in the studio'], [alike, 'People like this'], [keep, keeping]])) {
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
