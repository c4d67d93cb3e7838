// Hundreds of portraits in a row, and what the heaps do meanwhile.

import { heapReader } from '../../tests/browser/session.mjs';
import { withPage } from './page.mjs';

const PORTRAITS = Number(process.env.LIMNER_BENCH_PORTRAITS ?? 500);

export const what = 'memory over hundreds of portraits (Chromium, WebAssembly)';

/** @returns {Promise<import('../bench.mjs').Row[]>} */
export function measure() {
  return withPage(async ({ visit }) => {
    /** @type {import('../bench.mjs').Row[]} */
    const rows = [];
    const warm = await visit();
    const heaps = await heapReader(warm);
    const paint = (/** @type {number} */ from, /** @type {number} */ to) => warm.evaluate(async ([a, b]) => {
      const limner = /** @type {any} */ (globalThis).limner;
      for (let i = a; i < b; ++i) {
        const before = limner.timing().portraits;
        await limner.set({ limner: 1, seed: `bench ${i}` });
        while (limner.timing().portraits === before) await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }, [from, to]);
    await paint(0, 100); // the first 50, and until the history of 80 is full
    const before = await heaps();
    await paint(100, PORTRAITS);
    const after = await heaps();
    rows.push({ name: `wasm heap growth, portraits 100 to ${PORTRAITS}`, value: 100 * (after.wasm / before.wasm - 1), unit: '%', aim: 5 });
    rows.push({ name: `JavaScript heap growth, portraits 100 to ${PORTRAITS}`, value: 100 * (after.js / before.js - 1), unit: '%', aim: 5 });
    return rows;
  });
}
