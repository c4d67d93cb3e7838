// Without WebGPU: generator.js off the page's thread.

import { take } from './download.js';
import { asFault, unwrap } from './fault.js';
import { Generator } from './generator.js';
import { openCore } from './open-core.js';
import { checkNetwork } from './pack.js';

/** @type {import('./types').Core} */
let core;
/** @type {Generator} */
let generator;
/** @type {Uint8Array | null} */
let network = null;

/** @type {Promise<any>} app/app.mjs or app/core.mjs */
let script;
/** Whether the network will be at hand next time. */
let kept = async () => false;

/** @param {{part: import('./download.js').Part, entry: string, id: number}} what @returns {Promise<number>} how many requests this took here */
async function fetchNetwork({ part, entry, id }) {
  script = import(new URL(`../app/${entry}.mjs`, import.meta.url).href);
  script.catch(() => undefined); // said by start()
  let next = 0;
  const taken = await take(part, (done) => {
    if (done < next) return;
    next = done + 200000; // every message costs the page a moment
    self.postMessage({ id, done });
  });
  network = taken.whole;
  kept = taken.kept;
  return performance.getEntriesByType('resource').length;
}

/** Nobody has looked properly at the pack yet. @param {{app: WebAssembly.Module}} parts */
async function start({ app }) {
  if (!network) throw new Error('not fetched');
  const { default: createCore } = await script;
  core = await openCore(createCore, app);
  unwrap(core.openNetwork(network));
}

/** @param {{file: any, pack: any}} parts */
async function open({ file, pack }) {
  if (!network) throw new Error('not started');
  await checkNetwork(network, file);
  generator = new Generator(core, pack);
  network = null;
}

/** @param {any} data @returns {Promise<any>} */
async function answer(data) {
  if (data.do === 'kept') return kept();
  if (data.do === 'fetch') return fetchNetwork(data);
  if (data.do === 'start') return start(data);
  if (data.do === 'open') return open(data);
  if (data.do === 'test') return generator.selfTest();
  if (data.do === 'example') return core.setExample(data.rgba, data.width, data.height);
  return generator.paint(data.recipe, data.keep);
}

// One after the other: the runtime runs one thing at a time.
let last = Promise.resolve();
self.onmessage = ({ data }) => {
  last = last.then(async () => {
    try {
      const value = await answer(data);
      const transfer = value?.rgba ? [/** @type {ArrayBuffer} */ (value.rgba.buffer)] : [];
      self.postMessage({ id: data.id, value }, { transfer });
    } catch (thrown) {
      console.error(thrown);
      const fault = asFault(thrown, 'backend.wasm', 'The painting engine did not work in this browser.');
      self.postMessage({ id: data.id, error: { code: fault.code, sentence: fault.sentence } });
    }
  });
};
