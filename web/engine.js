// Limner without its panel, in a browser: fetches the parts and takes the fastest backend that passes the pack's test portrait.

import { GpuBackend } from './backend-gpu.js';
import { WorkerBackend } from './backend-worker.js';
import { openDevice } from './device.js';
import { Downloads } from './download.js';
import { asFault, Fault } from './fault.js';
import { openCore } from './open-core.js';
import { readPack } from './pack.js';
import { Portraits } from './portraits.js';

export const VERSION = '0.1.0';
const PACK = 'models/portrait/';

/**
 * Without a working generator it still opens: words and recipes work, and painting says what is wrong.
 * @param {object} [options]
 * @param {string} [options.base] where the parts are ("https://…/"); beside the page if absent
 * @param {string | null} [options.backend] "wasm" leaves the graphics card alone, "webgpu" also takes a software one
 * @param {(done: number, total: number) => void} [options.onProgress] compressed bytes
 * @returns {Promise<Portraits>}
 */
export async function openEngine({ base = '', backend = null, onProgress = () => {} } = {}) {
  const downloads = new Downloads(onProgress, base);
  const packText = downloads.get(`${PACK}pack.json`).then((bytes) => new TextDecoder().decode(bytes)).catch(() => null);
  const device = backend === 'wasm' ? null : openDevice(backend === 'webgpu');
  const module = downloads.get('app/core.wasm').then((bytes) => WebAssembly.compile(/** @type {BufferSource} */ (bytes)));
  // Without a graphics card the network is on its way while the core is.
  const worker = backend === 'webgpu' ? null : new WorkerBackend();
  const begun = Promise.resolve(device).then((found) => {
    if (!found) return worker?.begin(module, 'core', packText, PACK, downloads);
    worker?.close();
    return undefined;
  }).catch(() => undefined);
  const [{ default: create }, app, gpu] = await Promise.all([import(new URL('../app/core.mjs', import.meta.url).href), module, device]);
  /** @type {import('./types').ToolCore} */
  const core = await openCore(create, app);
  const portraits = new Portraits({ core, pack: null, backend: null, version: VERSION });
  const text = await packText;
  if (text === null) {
    portraits.trouble = new Fault('pack.none', 'This copy of Limner came without a trained generator, so it cannot paint.');
    return portraits;
  }
  try {
    portraits.pack = readPack(core, text, PACK);
  } catch (thrown) {
    (await begun)?.close();
    portraits.trouble = asFault(thrown, 'pack.form', 'The generator’s pack is damaged.');
    return portraits;
  }

  const { pack } = portraits;
  /** @type {(() => Promise<import('./types').Backend>)[]} */
  const chain = [];
  if (gpu) {
    const shaders = downloads.get('made/shaders.json').then((file) => JSON.parse(new TextDecoder().decode(file)));
    shaders.catch(() => undefined); // told by whoever needs them
    const onGpu = (/** @type {'fp16' | 'fp32'} */ precision) => async () => GpuBackend.open({ core, device: gpu.device, pack, precision, shaders: await shaders, downloads });
    if (gpu.half && pack.files.some((file) => file.precision === 'fp16')) chain.push(onGpu('fp16'));
    chain.push(onGpu('fp32'));
  }
  chain.push(async () => {
    const worker = await WorkerBackend.open({ app: module, entry: 'core', pack, downloads, begun: await begun });
    await worker.selfTest();
    return worker;
  });
  const takeNext = async () => {
    for (let open = chain.shift(); open; open = chain.shift()) {
      try {
        portraits.backend = await open();
        return;
      } catch (thrown) {
        console.warn('Limner:', thrown);
        portraits.trouble = asFault(thrown, 'backend.open', 'The painting engine did not start in this browser.');
      }
    }
  };
  gpu?.device.lost.then(async () => {
    const lost = portraits.backend;
    if (!(lost instanceof GpuBackend)) return;
    chain.splice(0, Math.max(0, chain.length - 1)); // whatever is left for the graphics card is lost as well
    portraits.backend = null;
    portraits.opening = takeNext().finally(() => { portraits.opening = null; });
    portraits.leave();
    try {
      lost.close();
    } catch (thrown) { // what is left of a lost device may throw when it is put away
      console.warn('Limner:', thrown);
    }
  });
  await takeNext();
  return portraits;
}
