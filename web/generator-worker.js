// Without WebGPU: generator.js off the page's thread.

import { asFault } from './fault.js';
import { Generator } from './generator.js';
import { openCore } from './open-core.js';
import { checkNetwork } from './pack.js';

/** @type {import('./types').Core} */
let core;
/** @type {Generator} */
let generator;
/** @type {{network: Uint8Array, ort: Promise<any>, session: Promise<any>} | null} */
let started = null;

/** What needs no core. @param {{network: Uint8Array, ortBinary: Uint8Array}} parts */
function start({ network, ortBinary }) {
  const ort = import(new URL('../ort/ort.wasm.min.mjs', import.meta.url).href);
  const session = (async () => {
    const { env, InferenceSession } = await ort;
    env.wasm.numThreads = 1;
    env.wasm.proxy = false;
    env.wasm.wasmPaths = new URL('../ort/', import.meta.url).href;
    env.wasm.wasmBinary = ortBinary;
    const made = await InferenceSession.create(network, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
    env.wasm.wasmBinary = undefined;
    return made;
  })();
  session.catch(() => undefined); // open() tells, after it has looked at the network's bytes
  started = { network, ort, session };
}

/** @param {{app: WebAssembly.Module, entry: string, file: any, pack: any}} parts */
async function open({ app, entry, file, pack }) {
  if (!started) throw new Error('not started');
  const { default: createCore } = await import(new URL(`../app/${entry}.mjs`, import.meta.url).href);
  await checkNetwork(started.network, file);
  core = await openCore(createCore, app);
  generator = new Generator(core, await started.ort, await started.session, pack);
  started = null;
}

/** @param {any} data @returns {Promise<any>} */
async function answer(data) {
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
      const transfer = value ? [/** @type {ArrayBuffer} */ (value.rgba.buffer)] : [];
      self.postMessage({ id: data.id, value }, { transfer });
    } catch (thrown) {
      console.error(thrown);
      const fault = asFault(thrown, 'backend.wasm', 'The painting engine did not work in this browser.');
      self.postMessage({ id: data.id, error: { code: fault.code, sentence: fault.sentence } });
    }
  });
};
