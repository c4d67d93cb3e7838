// The next backend takes over by itself; the recipe stays.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { ask, makeSite, open, picture, until } from './session.mjs';

/** Runs in the page before its own scripts: keeps hold of the devices it makes. */
function rememberDevices() {
  const made = /** @type {GPUDevice[]} */ ([]);
  Object.assign(globalThis, { devices: made });
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (/** @type {GPUDeviceDescriptor | undefined} */ descriptor) {
    const device = await request.call(this, descriptor);
    made.push(device);
    return device;
  };
}

test('a lost graphics device: one line, the same portrait, painted by WebAssembly', async () => {
  const visit = await open({ webgpu: true, address: '?backend=webgpu', size: [640, 480], before: rememberDevices });
  try {
    const { page } = visit;
    assert.equal(await ask(page, 'limner.backend'), 'WebGPU');
    const before = await ask(page, 'limner.get()');
    await page.evaluate(() => /** @type {any} */ (globalThis).devices.forEach((/** @type {GPUDevice} */ device) => device.destroy()));
    await until(page, "limner.backend === 'WebAssembly'");
    await until(page, "/lost.*goes on with WebAssembly/.test(document.getElementById('said')?.textContent ?? '')");
    assert.deepEqual(await ask(page, 'limner.get()'), before);
    const made = await ask(page, `limner.generate({limner: 1, seed: 'after', frame: {size: 64}}).then((r) => r.backend)`);
    assert.equal(made, 'WebAssembly');
    await picture(page, 'after-device-loss');
  } finally {
    await visit.close();
  }
});

test('a device that paints the test portrait wrong is not used', async () => {
  const site = await makeSite(undefined, async (folder) => {
    const file = path.join(folder, 'models/portrait/pack.json');
    const pack = JSON.parse(await readFile(file, 'utf8'));
    const golden = Buffer.from(Buffer.from(pack.golden.rgb, 'base64').map((byte) => 255 - byte));
    pack.golden.rgb = golden.toString('base64');
    pack.golden.tolerance.wasm = 255;
    await writeFile(file, JSON.stringify(pack));
  });
  const visit = await open({ webgpu: true, address: '?backend=webgpu', size: [640, 480], site });
  try {
    assert.equal(await ask(visit.page, 'limner.backend'), 'WebAssembly');
  } finally {
    await visit.close();
  }
});

test('a graphics process that never answers: WebAssembly paints after a while', async () => {
  const visit = await open({ size: [640, 480], before: () => {
    Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: () => new Promise(() => undefined) } });
  } });
  try {
    assert.equal(await ask(visit.page, 'limner.backend'), 'WebAssembly');
  } finally {
    await visit.close();
  }
});
