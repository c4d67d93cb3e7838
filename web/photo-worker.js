// Restyles photos with the core's C++, off the page's thread. It has an instance of the core for itself: ending the worker
// stops what it is doing and gives all its memory back.

import { asFault, unwrap } from './fault.js';
import { openCore } from './open-core.js';

/** @type {import('./types').Core} */
let core;
/** @type {Map<string, {rgba: Uint8Array, width: number, height: number}>} small copies, by name */
const copies = new Map();
let inCore = '';

/** @param {WebAssembly.Module} app */
async function open(app) {
  const { default: createCore } = await import(new URL('../app/app.mjs', import.meta.url).href);
  core = await openCore(createCore, app);
}

/** @type {Record<string, (job: any) => any>} */
const jobs = {
  open: ({ app }) => open(app),
  facts: ({ bytes }) => JSON.parse(unwrap(core.photoFacts(bytes))),
  size: ({ width, height }) => unwrap(core.checkPhotoSize(width, height)),
  /** A small copy to try styles on. */
  copy: ({ name, rgba, width, height }) => {
    copies.set(name, { rgba, width, height });
    inCore = '';
  },
  /** The recipe on a copy, or on the pixels that come along, which are not kept. */
  finish: ({ id, copy, rgba, width, height, recipe }) => {
    if (rgba || inCore !== copy) {
      const photo = rgba ? { rgba, width, height } : copies.get(copy);
      if (!photo) throw new Error(`there is no copy "${copy}"`);
      unwrap(core.keepPhoto(photo.rgba, photo.width, photo.height));
      inCore = rgba ? '' : copy;
    }
    return unwrap(core.finishPhoto(recipe, (/** @type {number} */ done) => {
      self.postMessage({ id, done });
      return true;
    }));
  },
  label: ({ bytes, options, original, keepPlace }) => unwrap(core.labelPhoto(bytes, options, original, keepPlace)),
};

self.onmessage = async ({ data }) => {
  try {
    const value = await jobs[data.do](data);
    const transfer = value instanceof Uint8Array ? [value.buffer] : value?.rgba ? [value.rgba.buffer] : [];
    self.postMessage({ id: data.id, value }, { transfer: /** @type {Transferable[]} */ (transfer) });
  } catch (thrown) {
    console.error(thrown);
    const fault = asFault(thrown, 'photo.stopped', 'This photo could not be painted; there may not be enough memory for it.');
    self.postMessage({ id: data.id, error: { code: fault.code, sentence: fault.sentence } });
  }
};
