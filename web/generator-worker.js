// Without WebGPU: generator.js off the page's thread.

import { asFault } from './fault.js';
import { Generator } from './generator.js';
import { checkNetwork } from './pack.js';

/** @type {import('./types').Core} */
let core;
/** @type {Generator} */
let generator;

/** @param {{app: WebAssembly.Module, entry: string, network: Uint8Array, file: any, ortBinary: Uint8Array, pack: any}} parts */
async function open({ app, entry, network, file, ortBinary, pack }) {
  const [{ default: createCore }, ort] = await Promise.all([
    import(new URL(`../app/${entry}.mjs`, import.meta.url).href),
    import(new URL('../ort/ort.wasm.min.mjs', import.meta.url).href),
    checkNetwork(network, file),
  ]);
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmPaths = new URL('../ort/', import.meta.url).href;
  ort.env.wasm.wasmBinary = ortBinary;
  core = await createCore({
    instantiateWasm: (/** @type {WebAssembly.Imports} */ imports, /** @type {Function} */ done) => {
      WebAssembly.instantiate(app, imports).then((instance) => done(instance, app));
      return {};
    },
  });
  generator = await Generator.open({ core, ort, network, pack });
  ort.env.wasm.wasmBinary = undefined;
}

self.onmessage = async ({ data }) => {
  try {
    if (data.do === 'example') core.setExample(data.rgba, data.width, data.height);
    const value = data.do === 'open' ? await open(data) : data.do === 'paint' ? await generator.paint(data.recipe, data.keep) : undefined;
    const transfer = value ? [/** @type {ArrayBuffer} */ (value.rgba.buffer)] : [];
    self.postMessage({ id: data.id, value }, { transfer });
  } catch (thrown) {
    console.error(thrown);
    const fault = asFault(thrown, 'backend.wasm', 'The painting engine did not work in this browser.');
    self.postMessage({ id: data.id, error: { code: fault.code, sentence: fault.sentence } });
  }
};
