// Without WebGPU: the network (ONNX Runtime's wasm) and the finish (the core's C++), off the page's thread.

import { asFault, Fault, unwrap } from './fault.js';
import { checkNetwork, goldenDifference } from './pack.js';

/** @type {import('./types').Core} */
let core;
/** @type {any} */
let ort;
/** @type {any} */
let session;
/** @type {{network: Uint8Array, session: Promise<any>} | null} */
let started = null;
/** @type {import('./pack.js').Pack} */
let pack;
/** @type {(Float32Array | null)[]} inputs of the layers the core keeps */
const kept = [null, null];

/** @param {Float32Array} input @returns {Promise<Float32Array>} [planes * side * side] */
async function generate(input) {
  const split = pack.inputCount;
  const out = await session.run({
    sitter: new ort.Tensor('float32', input.slice(0, split), [1, split]),
    noise: new ort.Tensor('float32', input.slice(split), [1, pack.noiseCount]),
  });
  const planes = out.layers.data;
  out.layers.dispose();
  return planes;
}

/** What needs no core. @param {{network: Uint8Array, ortBinary: Uint8Array}} parts */
function start({ network, ortBinary }) {
  const opening = (async () => {
    ort = await import(new URL('../ort/ort.wasm.min.mjs', import.meta.url).href);
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.proxy = false;
    ort.env.wasm.wasmPaths = new URL('../ort/', import.meta.url).href;
    ort.env.wasm.wasmBinary = ortBinary;
    const made = await ort.InferenceSession.create(network, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
    ort.env.wasm.wasmBinary = undefined;
    return made;
  })();
  opening.catch(() => undefined); // open() tells, after it has looked at the network's bytes
  started = { network, session: opening };
}

/** @param {{app: WebAssembly.Module, file: any, pack: any}} parts */
async function open(parts) {
  if (!started) throw new Error('not started');
  const { default: createCore } = await import(new URL('../app/app.mjs', import.meta.url).href);
  pack = parts.pack;
  await checkNetwork(started.network, parts.file);
  [core, session] = await Promise.all([
    createCore({
      instantiateWasm: (/** @type {WebAssembly.Imports} */ imports, /** @type {Function} */ done) => {
        WebAssembly.instantiate(parts.app, imports).then((instance) => done(instance, parts.app));
        return {};
      },
    }),
    started.session,
  ]);
  started = null;
}

async function test() {
  const off = goldenDifference(await generate(Float32Array.from(pack.golden.input)), pack);
  if (off > pack.golden.tolerance.wasm) throw new Fault('backend.golden', `The test portrait came out wrong here (off by ${off.toFixed(0)} of 255).`);
}

/** @param {{recipe: string, keep: boolean}} job */
async function paint({ recipe, keep }) {
  const input = unwrap(core.inputOf(recipe));
  let slot = kept.findIndex((known) => known && known.every((number, i) => number === input[i]));
  let generateMs = 0;
  if (slot < 0 || (keep && slot !== 0)) {
    const started = performance.now();
    slot = keep ? 0 : 1;
    kept[slot] = null;
    core.keepLayers(slot, await generate(input), pack.side, pack.side);
    kept[slot] = input;
    generateMs = performance.now() - started;
  }
  const started = performance.now();
  const { rgba, width, height } = unwrap(core.finishKept(slot, recipe));
  return { rgba, width, height, generateMs, finishMs: performance.now() - started };
}

/** @param {any} data @returns {Promise<any>} */
async function answer(data) {
  if (data.do === 'start') return start(data);
  if (data.do === 'open') return open(data);
  if (data.do === 'test') return test();
  if (data.do === 'example') return core.setExample(data.rgba, data.width, data.height);
  return paint(data);
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
