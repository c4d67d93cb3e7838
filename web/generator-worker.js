// Without WebGPU: the network (ONNX Runtime's wasm) and the finish (the core's C++), off the page's thread.

import { asFault, unwrap } from './fault.js';
import { checkNetwork, goldenDifference } from './pack.js';

/** @type {import('./types').Core} */
let core;
/** @type {any} */
let ort;
/** @type {any} */
let session;
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

/** @param {{app: WebAssembly.Module, entry: string, network: Uint8Array, file: any, ortBinary: Uint8Array, pack: any}} parts */
async function open(parts) {
  pack = parts.pack;
  const [{ default: createCore }, runtime] = await Promise.all([
    import(new URL(`../app/${parts.entry}.mjs`, import.meta.url).href),
    import(new URL('../ort/ort.wasm.min.mjs', import.meta.url).href),
    checkNetwork(parts.network, parts.file),
  ]);
  ort = runtime;
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmPaths = new URL('../ort/', import.meta.url).href;
  ort.env.wasm.wasmBinary = parts.ortBinary;
  [core, session] = await Promise.all([
    createCore({
      instantiateWasm: (/** @type {WebAssembly.Imports} */ imports, /** @type {Function} */ done) => {
        WebAssembly.instantiate(parts.app, imports).then((instance) => done(instance, parts.app));
        return {};
      },
    }),
    ort.InferenceSession.create(parts.network, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' }),
  ]);
  ort.env.wasm.wasmBinary = undefined;
  const off = goldenDifference(await generate(Float32Array.from(pack.golden.input)), pack);
  if (off > pack.golden.tolerance.wasm) throw new Error(`off by ${off.toFixed(0)} of 255`);
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

self.onmessage = async ({ data }) => {
  try {
    if (data.do === 'example') core.setExample(data.rgba, data.width, data.height);
    const value = data.do === 'open' ? await open(data) : data.do === 'paint' ? await paint(data) : undefined;
    const transfer = value ? [/** @type {ArrayBuffer} */ (value.rgba.buffer)] : [];
    self.postMessage({ id: data.id, value }, { transfer });
  } catch (thrown) {
    console.error(thrown);
    const fault = asFault(thrown, 'backend.wasm', 'The painting engine did not work in this browser.');
    self.postMessage({ id: data.id, error: { code: fault.code, sentence: fault.sentence } });
  }
};
