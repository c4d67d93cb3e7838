// The pack's network on one processor core: the core's own (src/generator/network.h) beside ONNX Runtime's wasm, in one run.
import { readFile } from 'node:fs/promises';

export const what = 'the network on one thread: the core beside ONNX Runtime, both in WebAssembly in Node';

const ROOT = new URL('../../', import.meta.url);
const RUNS = 12;

/** @param {() => any} act @returns {Promise<[number, any]>} milliseconds, and what it gave */
async function timed(act) {
  const started = performance.now();
  const value = await act();
  return [performance.now() - started, value];
}

/** @returns {Promise<import('../bench.mjs').Row[]>} */
export async function measure() {
  const pack = JSON.parse(await readFile(new URL('models/portrait/pack.json', ROOT), 'utf8'));
  const name = pack.files.find((/** @type {any} */ file) => file.precision === 'fp32').name;
  const network = await readFile(new URL(`models/portrait/${name}`, ROOT));
  const input = Float32Array.from(pack.golden.input);
  const split = pack.inputs[0].shape[1];
  const side = pack.outputs[0].shape[3];

  const { default: create } = await import(new URL('build/site/app/core.mjs', ROOT).href);
  const core = await create();
  const [opened] = await timed(() => core.openNetwork(network));
  const own = () => core.runNetwork(input).value;
  const [first, planes] = await timed(own);

  const dist = new URL('node_modules/onnxruntime-web/dist/', ROOT);
  const ort = await import(new URL('ort.wasm.min.mjs', dist).href);
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = dist.href;
  ort.env.wasm.wasmBinary = await readFile(new URL('ort-wasm-simd-threaded.wasm', dist));
  const [ortOpened, session] = await timed(() => ort.InferenceSession.create(network, { executionProviders: ['wasm'], graphOptimizationLevel: 'all', logSeverityLevel: 3 }));
  const theirs = async () => {
    const maps = core.bustMaps(input, side).value;
    const near = pack.inputs[2].shape, lit = pack.inputs[3].shape;
    const count = near.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b);
    const out = await session.run({
      sitter: new ort.Tensor('float32', input.slice(0, split), [1, split]),
      noise: new ort.Tensor('float32', input.slice(split), [1, input.length - split]),
      bust: new ort.Tensor('float32', maps.slice(0, count), near),
      lit: new ort.Tensor('float32', maps.slice(count), lit),
    });
    return out.layers.data;
  };
  const [ortFirst, ortPlanes] = await timed(theirs);

  // Turn by turn, so that both have the machine as it happens to be.
  const mine = [], other = [], plans = [], maps = [];
  for (let i = 0; i < RUNS; ++i) {
    mine.push((await timed(own))[0]);
    other.push((await timed(theirs))[0]);
    maps.push((await timed(() => core.bustMaps(input, side)))[0]);
    plans.push((await timed(() => core.planOf(JSON.stringify({ limner: 1, seed: `plan/${i}`, set: { 'glasses.style': 'round' } }), 256, 256)))[0]);
  }
  const median = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b)[values.length >> 1];
  let apart = 0;
  for (let i = 0; i < planes.length; ++i) apart = Math.max(apart, Math.abs(planes[i] - ortPlanes[i]));
  return [
    { name: 'a portrait\'s layers, the core', value: median(mine), unit: 'ms', note: `the first ${first.toFixed(0)} ms, opening ${opened.toFixed(0)} ms` },
    { name: 'a portrait\'s layers, ONNX Runtime', value: median(other), unit: 'ms', note: `the first ${ortFirst.toFixed(0)} ms, opening ${ortOpened.toFixed(0)} ms` },
    { name: '  the core\'s time as a share of it', value: median(mine) / median(other), unit: '', aim: 0.5 },
    { name: '  from nothing to the first, likewise', value: (opened + first) / (ortOpened + ortFirst), unit: '', aim: 0.5 },
    { name: '  largest difference', value: apart, unit: '', aim: 1e-4 },
    { name: 'of both, the maps of the bust', value: median(maps), unit: 'ms' },
    { name: 'where a sitter\'s parts are, and the plan', value: median(plans), unit: 'ms' },
  ];
}
