// Runs plans on WebGPU (Dawn on SwiftShader) and compares with what finish_tool painted. A process of its own, because the loader of
// Vulkan looks at its environment only when a process starts. See finish-gpu.test.mjs.
//
//   node finish-compare.mjs SOURCE FOLDER…      prints one line of JSON a folder
//   node finish-compare.mjs --kept SOURCE A B   runs plan A, then B: what B cost
import { readFileSync } from 'node:fs';
import { create, globals } from 'webgpu';
import { FinishGpu } from '../../web/finish-gpu.js';

Object.assign(globalThis, globals);
const words = process.argv.slice(2);
const kept = words[0] === '--kept';
if (kept) words.shift();
const [source, ...folders] = words;

const gpu = create([]);
// Dawn goes when nobody holds it.
/** @type {any} */ (globalThis).heldGpu = gpu;
const adapter = await gpu.requestAdapter();
if (!adapter) throw new Error('There is no WebGPU adapter: is chromium (with its SwiftShader) installed?');
const device = await adapter.requestDevice();
device.addEventListener('uncapturederror', (event) => {
  console.error(/** @type {any} */ (event).error.message);
  process.exitCode = 1;
});
const shaders = new URL('../../shaders/', import.meta.url);
const finish = new FinishGpu(device, async (name) => readFileSync(new URL(`${name}.wgsl`, shaders), 'utf8'));
const raw = readFileSync(source);
const buffer = device.createBuffer({ size: raw.byteLength, usage: 0x80 | 0x8 });
device.queue.writeBuffer(buffer, 0, raw);
const plans = folders.map((folder) => JSON.parse(readFileSync(`${folder}/plan.json`, 'utf8')));

if (kept) {
  const texture = device.createTexture({ size: [plans[0].width, plans[0].height], format: 'rgba8unorm', usage: 0x8 });
  for (const plan of plans) await finish.prepare(plan);
  const reports = plans.map((plan) => finish.run(plan, { buffer, version: 1 }, texture));
  await device.queue.onSubmittedWorkDone();
  console.log(JSON.stringify(reports));
} else {
  for (const [index, folder] of folders.entries()) {
    const plan = plans[index];
    const want = readFileSync(`${folder}/picture.raw`);
    finish.clear();
    try {
      const example = readFileSync(`${folder}/example.raw`);
      const [width, height] = plan.images[2];
      finish.setExample({ width, height, rgba: example });
    } catch {
      finish.setExample(null);
    }
    await finish.prepare(plan);
    const got = await finish.pixels(plan, { buffer, version: 1 });
    let over = 0;
    let worst = 0;
    for (let i = 0; i < want.length; i += 4) {
      let difference = 0;
      for (let k = 0; k < 4; ++k) difference = Math.max(difference, Math.abs(want[i + k] - got[i + k]));
      if (difference > 2) ++over;
      worst = Math.max(worst, difference);
    }
    console.log(JSON.stringify({ folder, over: over / (want.length / 4), worst, dispatches: plan.passes.length }));
  }
}
process.exit();
