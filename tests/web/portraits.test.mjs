// Limner without a stage, on a core and backends that do as they are told: order, calling off, a backend that goes away.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Portraits, recipeText } from '../../web/portraits.js';

/** @param {Partial<import('../../web/types').Backend>} backend */
function makePortraits(backend) {
  const core = /** @type {any} */ ({
    schemaText: () => '{"attributes":[]}', styleNames: () => '["ink"]', crowdMixes: () => '[]', checkRecipe: (/** @type {string} */ text) => ({ value: text }),
    describe: () => ({ value: 'Somebody.' }), encodePng: () => ({ value: new Uint8Array([1]) }),
  });
  const whole = /** @type {any} */ ({ name: 'test', pixels: async () => new Uint8Array(4), close: () => undefined, ...backend });
  return new Portraits({ core, pack: /** @type {any} */ ({ name: 'test', version: '1' }), backend: whole, version: '0' });
}

const painted = { width: 1, height: 1, generateMs: 0, finishMs: 0 };

test('one after another, in the order of asking; what is called off is not painted', async () => {
  /** @type {string[]} */
  const order = [];
  const portraits = makePortraits({ paint: async (recipe) => { order.push(JSON.parse(recipe).seed); await new Promise((resolve) => setTimeout(resolve, 2)); return painted; } });
  const stop = new AbortController();
  const all = ['a', 'b', 'c'].map((seed) => portraits.generate({ limner: 1, seed }, seed === 'b' ? { signal: stop.signal } : {}).then((made) => made.recipe.seed, (fault) => fault.code));
  stop.abort();
  assert.deepEqual(await Promise.all(all), ['a', 'cancelled', 'c']);
  assert.deepEqual(order, ['a', 'c']);
});

test('a backend that is lost in the middle: the next one paints it', async () => {
  const portraits = makePortraits({ paint: () => new Promise(() => undefined) }); // never ends
  const made = portraits.generate({ limner: 1, seed: 'a' });
  await new Promise((resolve) => setTimeout(resolve, 5));
  portraits.backend = null;
  portraits.opening = new Promise((resolve) => setTimeout(resolve, 5)).then(() => {
    portraits.backend = /** @type {any} */ ({ name: 'next', paint: async () => painted, pixels: async () => new Uint8Array(4), close: () => undefined });
    portraits.opening = null;
  });
  portraits.leave();
  assert.equal((await made).backend, 'next');
});

test('what is no style, no recipe, too deep, too wide', async () => {
  const portraits = makePortraits({ paint: async () => painted });
  await assert.rejects(portraits.generate({ limner: 1, style: { name: 'nobody' } }), { code: 'style.unknown' });
  /** @type {any} */
  const cyclic = { limner: 1 };
  cyclic.set = cyclic;
  for (const value of [undefined, null, 1, () => 1, cyclic, new Map(), { at: new Date() }, { list: Array(30000).fill(0) }, { big: 1n }]) {
    assert.throws(() => recipeText(value), { code: 'recipe.json' });
  }
  assert.ok(recipeText({ seed: 'x'.repeat(1e6) }).length < 70000, 'the core need not see all of it');
});

test('closing: what waits is told, and nothing is painted any more', async () => {
  const portraits = makePortraits({ paint: () => new Promise(() => undefined) });
  void portraits.generate({ limner: 1 }).catch(() => undefined);
  const waiting = portraits.generate({ limner: 1, seed: 'b' });
  portraits.close();
  await assert.rejects(waiting, { code: 'closed' });
  await assert.rejects(portraits.generate({ limner: 1 }), { code: 'closed' });
});
