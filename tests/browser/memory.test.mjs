// Painting many people must not fill the memory. (`./limner bench page` paints 500.)

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, heapReader, open } from './session.mjs';

test('wasm and JavaScript heaps stay flat over sixty portraits', async () => {
  const visit = await open({ size: [640, 480] });
  try {
    const { page } = visit;
    const heaps = await heapReader(page);
    const paint = (/** @type {number} */ from, /** @type {number} */ to) => page.evaluate(async ([a, b]) => {
      const limner = /** @type {any} */ (globalThis).limner;
      for (let i = a; i < b; ++i) {
        await limner.set({ limner: 1, seed: `flat ${i}`, frame: { size: 64 } });
        await limner.generate({ limner: 1, seed: `flat ${i}`, frame: { size: 64 } });
      }
    }, [from, to]);
    await paint(0, 90); // the history is full after 80
    const before = await heaps();
    await paint(90, 150);
    const after = await heaps();
    assert.ok(after.wasm <= before.wasm * 1.05, `wasm heap grew from ${before.wasm} to ${after.wasm}`);
    assert.ok(after.js <= before.js * 1.05 + 200e3, `JavaScript heap grew from ${before.js} to ${after.js}`);
  } finally {
    await visit.close();
  }
});
