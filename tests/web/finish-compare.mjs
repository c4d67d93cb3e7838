// Runs plans on WebGPU (Dawn on SwiftShader) and compares with what finish_tool painted. A process of its own, because the loader of
// Vulkan looks at its environment only when a process starts. See finish-gpu.test.mjs.
//
//   node finish-compare.mjs SOURCE FOLDER…      prints one line of JSON a folder
//   node finish-compare.mjs --kept SOURCE A B   runs plan A, then B: what B cost
import { existsSync, readFileSync } from 'node:fs';
import { create, globals } from 'webgpu';
import { shaders } from '../../tools/site/shaders.mjs';
import { FinishMatch } from './finish-match.js';

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
const made = await shaders(); // as the page gets them
const match = new FinishMatch(device, async (name) => made[name], readFileSync(source));
const plans = folders.map((folder) => JSON.parse(readFileSync(`${folder}/plan.json`, 'utf8')));

if (kept) {
  const { finish } = match;
  const texture = device.createTexture({ size: [plans[0].width, plans[0].height], format: 'rgba8unorm', usage: 0x8 });
  for (const plan of plans) await finish.prepare(plan);
  const reports = plans.map((plan) => finish.run(plan, match.source, texture));
  await device.queue.onSubmittedWorkDone();
  console.log(JSON.stringify(reports));
} else {
  for (const [index, folder] of folders.entries()) {
    const read = (/** @type {string} */ name) => (existsSync(`${folder}/${name}`) ? new Uint8Array(readFileSync(`${folder}/${name}`)) : null);
    const picture = /** @type {Uint8Array} */ (read('picture.raw'));
    console.log(JSON.stringify({ folder, ...(await match.match(plans[index], picture, read('images.raw'), read('example.raw'))) }));
  }
}
process.exit();
